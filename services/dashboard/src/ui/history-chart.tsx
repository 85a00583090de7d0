import { useEffect, useRef } from 'preact/hooks';
import type { HistoryTexts } from '../i18n/en/history.ts';
import type { Format } from '../i18n/format.ts';
import type { ChartValue, HistoryLines } from '../model/history-lines.ts';
import type { ChartLine, Write } from './chart-options.ts';
import { useDashboard } from './context.ts';
import { type ChartBeside, historyChartOptions, showLastKnown } from './history-chart-options.ts';
import { usePlot } from './plot.ts';

interface HistoryChartProps {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly history: HistoryLines;
  readonly write: Write;
  readonly isWhole: boolean;
  readonly beside: ChartBeside;
  readonly text: HistoryTexts;
  /** Why there is nothing to be seen. */
  readonly hint: string | undefined;
  readonly onPoint: (ms: number, withinMs: number) => void;
  readonly onZoom: (fromMs: number, toMs: number) => void;
}

const DAY_MS = 86_400_000;

/** One number over a time of the past: means as lines, least and greatest values as bands, what happened as ticks. */
export function HistoryChart(props: HistoryChartProps) {
  const { title, lines, history, write, isWhole, beside, text, hint } = props;
  const { texts, format } = useDashboard();
  // What is drawn lives on while these change.
  const now = useRef(props);
  now.current = props;
  const isOfDays = beside.span.toMs - beside.span.fromMs > DAY_MS;
  const { place, plot, isOutdated } = usePlot({
    options: (element) =>
      historyChartOptions(element, {
        lines,
        write,
        isWhole,
        time: {
          label: texts.value.stream.time,
          write: isOfDays ? format.value.moment : format.value.clock,
          writeTick: (ms, stepMs) => tickText(ms, stepMs, format.value),
        },
        writeSpread: text.spread,
        beside: () => now.current.beside,
        onPoint: (...point) => {
          now.current.onPoint(...point);
        },
        onZoom: (...zoom) => {
          now.current.onZoom(...zoom);
        },
      }),
    data: [history.times, ...history.lines.flatMap(({ mean, low, high }) => [mean, low, high])],
    drawnIn: [...lines.map(({ label }) => label), String(isOfDays)].join('\n'),
    onData: showLastKnown,
  });
  useEffect(() => {
    plot.current?.redraw(false, true);
  }, [beside.marks, beside.at]);
  const said = isOutdated ? texts.value.preview.failed.outdated : hint;
  const spreads = lines.map(
    ({ label }, index) => `${label} ${spreadText(history.lines[index], write, text) ?? text.notKept}`,
  );
  return (
    <figure class="card chart" aria-label={`${title}: ${spreads.join(', ')}`}>
      <figcaption>{title}</figcaption>
      {said !== undefined && <p class="chart-hint">{said}</p>}
      <div ref={place} aria-hidden="true" />
    </figure>
  );
}

/** A time below a chart: the day where one begins, else the time of day. */
function tickText(ms: number, stepMs: number, { day, minute, clock }: Format): string {
  const time = new Date(ms);
  if (stepMs >= DAY_MS || (time.getHours() === 0 && time.getMinutes() === 0)) return day(ms);
  return stepMs < 60_000 ? clock(ms) : minute(ms);
}

/** The least and the greatest value of all; nothing where none is known. */
function spreadText(
  line: HistoryLines['lines'][number] | undefined,
  write: Write,
  text: HistoryTexts,
): string | undefined {
  const known = (values: readonly ChartValue[] = []): number[] =>
    values.filter((value) => typeof value === 'number');
  const [lows, highs] = [known(line?.low), known(line?.high)];
  if (lows.length === 0) return undefined;
  const least = lows.reduce((one, other) => Math.min(one, other));
  const greatest = highs.reduce((one, other) => Math.max(one, other), least);
  return text.spread(write(least), write(greatest));
}
