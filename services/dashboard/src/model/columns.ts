import { COLUMN_NAMES, type ColumnName } from '../data/view.ts';

/** Widths in rem, as in order.css. */
const WIDTHS: Readonly<Record<ColumnName, number>> = {
  state: 5.5,
  health: 14,
  media: 11,
  in: 7,
  out: 6.5,
  viewers: 5.25,
  rtt: 4.5,
  loss: 5.75,
  since: 5.5,
};
/** What a name needs at least. */
const NAME_REM = 12;
/** What goes first where there is no room: what is least needed to see where to look. */
const FIRST_TO_GO: readonly ColumnName[] = [
  'media',
  'loss',
  'rtt',
  'out',
  'state',
  'since',
  'viewers',
  'in',
  'health',
];

/** Those of the chosen columns for which there is room, from left to right. */
export function fittingColumns(chosen: readonly ColumnName[], widthRem: number): readonly ColumnName[] {
  let left = COLUMN_NAMES.filter((name) => chosen.includes(name));
  for (const name of FIRST_TO_GO) {
    const needed = left.reduce((sum, each) => sum + WIDTHS[each], NAME_REM);
    if (needed <= widthRem) break;
    left = left.filter((each) => each !== name);
  }
  return left;
}
