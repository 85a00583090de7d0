import { useEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import {
  chartOptions,
  type ChartLine,
  type ChartTick,
  drawTicks,
  showNewest,
  type Write,
} from './chart-options.ts';
import { useDashboard } from './context.ts';
import { usePlot } from './plot.ts';

interface ChartProps {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  /** Seconds since 1970, oldest first. */
  readonly times: readonly number[];
  /** Values of each line, in their order. */
  readonly values: readonly (readonly (number | null)[])[];
  readonly write: Write;
  /** The values are whole numbers. */
  readonly isWhole?: boolean;
  /** Why there is nothing to be seen. */
  readonly hint?: string | undefined;
  /** What happened meanwhile. */
  readonly ticks: readonly ChartTick[];
}

/** Lines over time, with a crosshair that all charts of the page share. */
export function Chart({ title, lines, times, values, write, isWhole = false, hint, ticks }: ChartProps) {
  const { texts, format } = useDashboard();
  // What is drawn lives on while they change.
  const drawn = useRef(ticks);
  drawn.current = ticks;
  const { place, plot, isOutdated } = usePlot({
    options: (element) => {
      const time = { label: texts.value.stream.time, write: format.value.clock };
      const options = chartOptions(element, lines, write, time, isWhole);
      const draw = (made: uPlot): void => {
        drawTicks(made, drawn.current, getComputedStyle(element));
      };
      return { ...options, hooks: { ...options.hooks, draw: [draw] } };
    },
    data: [times, ...values],
    drawnIn: lines.map(({ label }) => label).join('\n'),
    onData: showNewest,
  });
  useEffect(() => {
    plot.current?.redraw(false, true);
  }, [ticks]);
  const said = isOutdated ? texts.value.preview.failed.outdated : hint;
  const now = lines.map(({ label }, index) => `${label} ${write(values[index]?.at(-1) ?? null)}`).join(', ');
  return (
    <figure class="card chart" aria-label={`${title}: ${now}`}>
      <figcaption>{title}</figcaption>
      {said !== undefined && <p class="chart-hint">{said}</p>}
      <div ref={place} aria-hidden="true" />
    </figure>
  );
}
