import {
  type Aim,
  aimText,
  type Figure,
  meets,
  numberText,
  ratioOf,
  type Reading,
  valueText,
} from './figure.ts';
import { type FigureId, FIGURES, type Readings } from './figures.ts';

/** A figure that was measured. */
interface FigureRow extends Figure {
  readonly reading: Reading;
}

/** What was measured, in the table's order. */
function foundOf(readings: Readings): FigureRow[] {
  return Object.entries<Figure>(FIGURES).flatMap(([id, figure]) => {
    const reading = readings[id as FigureId];
    return reading === undefined ? [] : [{ ...figure, reading }];
  });
}

const missedBy = ({ aims, reading }: FigureRow): readonly Aim[] => aims.filter((aim) => !meets(reading, aim));

const HEADING = ['of what', 'figure', 'here', 'beside it', 'ratio', 'aim', 'met'];

/** The cells of the table of all figures that were measured, its heading first. */
export function tableOf(readings: Readings): readonly (readonly string[])[] {
  const rows = foundOf(readings).map((found, index, all) => {
    const { subject, what, unit, beside, aims, reading } = found;
    const ratio = ratioOf(reading);
    const missed = missedBy(found).length > 0 ? '**no**' : 'yes';
    return [
      subject === all[index - 1]?.subject ? '' : subject,
      what,
      valueText(reading.value, unit),
      reading.beside === undefined ? '' : `${valueText(reading.beside, unit)} (${beside ?? ''})`,
      ratio === null ? '' : numberText(ratio),
      aims.map((aim) => aimText(aim, unit)).join(', '),
      aims.length === 0 ? '' : missed,
    ];
  });
  return [HEADING, ...rows];
}

/**
 * Which aims are missed, in a sentence, and how many nothing is known of.
 * @param isAsked of which figures that is said
 */
export function verdictOf(readings: Readings, isAsked: (id: FigureId) => boolean = () => true): string {
  const found = foundOf(readings);
  const count = countAims(found);
  const missed = found.flatMap((each) => missedBy(each).map((aim) => missText(each, aim)));
  const asked = Object.entries<Figure>(FIGURES).filter(([id]) => isAsked(id as FigureId));
  const unmeasured = countAims(asked.map(([, figure]) => figure)) - count;
  return (
    `Missed: ${missed.length === 0 ? 'none' : missed.length} of ${count} aims` +
    (missed.length === 0 ? '.' : `: ${missed.join('; ')}.`) +
    (unmeasured === 0 ? '' : ` Not measured: ${unmeasured} others.`)
  );
}

const countAims = (figures: readonly Figure[]): number =>
  figures.reduce((sum, { aims }) => sum + aims.length, 0);

/** A missed aim, as in `Collector, 1000 + 1000: memory (1.23 ×, aim ≤ 1 ×)`. */
function missText({ subject, what, unit, reading }: FigureRow, aim: Aim): string {
  const is = aim.of === 'value' ? valueText(reading.value, unit) : `${numberText(ratioOf(reading) ?? NaN)} ×`;
  return `${subject}: ${what} (${is}, aim ${aimText(aim, unit)})`;
}
