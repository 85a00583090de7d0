import { HISTORY } from '@mediamtx-monitor/types';
import { useMemo } from 'preact/hooks';
import type { Format } from '../../i18n/format.ts';
import { historyLines } from '../../model/history-lines.ts';
import { displayName } from '../../model/streams.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import type { ChartLine, Write } from '../../ui/chart-options.ts';
import { useDashboard } from '../../ui/context.ts';
import type { ChartBeside } from '../../ui/history-chart-options.ts';
import { HistoryChart } from '../../ui/history-chart.tsx';
import type { KnownPast } from './past.ts';
import { numbersOf, type PastSubject } from './subject.ts';

interface PastChartsProps {
  readonly subjects: readonly PastSubject[];
  /** What is known of each, in the same order. */
  readonly past: readonly KnownPast[];
  readonly beside: ChartBeside;
  readonly onPoint: (ms: number, withinMs: number) => void;
  readonly onZoom: (fromMs: number, toMs: number) => void;
}

/** What tells subjects apart: colour, and dashes for those who see none. */
const LOOKS = [
  { color: '--series-1', pattern: 'solid' },
  { color: '--series-2', pattern: 'dashed' },
] as const satisfies readonly Omit<ChartLine, 'label'>[];

/** Units of which there are no halves. */
const WHOLE = ['readers', 'streams'];

/** A chart for each number that is kept, with a line for each subject. */
export function PastCharts({ subjects, past, beside, onPoint, onZoom }: PastChartsProps) {
  const { hasManyServers, format } = useDashboard();
  const text = useAllTexts().history;
  const { kind } = subjects[0] ?? { kind: 'stream' };
  const answers = past.map(({ answer }) => answer);
  const untilMs = beside.span.toMs;
  const isLoaded = answers.some((answer) => answer !== undefined);
  const isRefused = past.some(({ error }) => error !== undefined);
  const charts = useMemo(
    () => numbersOf(kind).map((field) => ({ field, history: historyLines(answers, field, untilMs) })),
    [kind, untilMs, ...answers],
  );
  const isEmpty = ({ history }: (typeof charts)[number]): boolean =>
    history.lines.every(({ mean }) => mean.every((value) => value == null));
  // What nothing is known of takes no room, unless that is all.
  const empty = charts.filter(isEmpty);
  const drawn =
    !isLoaded || empty.length === charts.length ? charts : charts.filter((one) => !empty.includes(one));
  const nameOfField = (field: string): string => text.fields[field as keyof typeof text.fields];
  const hasBand = charts.some(({ history }) => history.lines.some((line) => line.hasBand));
  return (
    <>
      <p class="muted past-note">
        {isLoaded && (hasBand ? text.band : text.noBand)} <span class="zoom-hint">{text.zoomHint}</span>
      </p>
      <div class="charts">
        {drawn.map((chart) => {
          const { field, history } = chart;
          const title = nameOfField(field);
          return (
            <HistoryChart
              key={field}
              title={title}
              lines={subjects.map((subject, index) => ({
                ...(LOOKS[index] ?? LOOKS[0]),
                label: subjects.length > 1 ? nameOf(subject, hasManyServers.value) : title,
              }))}
              history={history}
              write={writeOf(unitOf(kind, field), format.value)}
              isWhole={WHOLE.includes(unitOf(kind, field))}
              beside={beside}
              text={text}
              hint={!isLoaded && !isRefused ? text.loading : isEmpty(chart) ? text.nothing : undefined}
              onPoint={onPoint}
              onZoom={onZoom}
            />
          );
        })}
        {drawn.length < charts.length && (
          <p class="charts-missing muted">
            {text.nothingOf(format.value.list(empty.map(({ field }) => nameOfField(field))))}
          </p>
        )}
      </div>
    </>
  );
}

/** What a line is called. */
export function nameOf(subject: PastSubject, hasManyServers: boolean): string {
  if (subject.kind === 'stream') return displayName(subject, hasManyServers);
  return subject.kind === 'server' ? subject.server : subject.host;
}

function unitOf(kind: PastSubject['kind'], field: string): string {
  const fields: Readonly<Record<string, { readonly unit: string }>> = HISTORY[kind].fields;
  return fields[field]?.unit ?? '';
}

/** Numbers as they are written elsewhere; of whole things a mean may be a part. */
function writeOf(unit: string, { decimal, count, ms, percent }: Format): Write {
  if (WHOLE.includes(unit)) {
    return (value, fraction) => (Number.isInteger(value) ? count(value) : decimal(value, fraction ?? 1));
  }
  return unit === 'ms' ? ms : unit === '%' ? percent : decimal;
}
