import { chartOptions, type ChartLine, showNewest, type Write } from './chart-options.ts';
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
}

/** Lines over time, with a crosshair that all charts of the page share. */
export function Chart({ title, lines, times, values, write, isWhole = false, hint }: ChartProps) {
  const { texts, format } = useDashboard();
  const { place, isOutdated } = usePlot({
    options: (element) =>
      chartOptions(
        element,
        lines,
        write,
        { label: texts.value.stream.time, write: format.value.clock },
        isWhole,
      ),
    data: [times, ...values],
    drawnIn: lines.map(({ label }) => label).join('\n'),
    onData: showNewest,
  });
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
