import { useEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import { chartOptions, type ChartLine, showNewest, type Write } from './chart-options.ts';
import { useDashboard } from './context.ts';
import { useMedia } from './layout.ts';
import { useLoaded } from './loaded.tsx';

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

type Plot = typeof uPlot;

/** Loads what draws charts, a quarter of all script, and needed by none but a stream's page. Once loaded it is there. */
export async function loadPlot(): Promise<Plot> {
  return (await import('uplot')).default;
}

/** Lines over time, with a crosshair that all charts of the page share. */
export function Chart({ title, lines, times, values, write, isWhole = false, hint }: ChartProps) {
  const { texts, language, format } = useDashboard();
  const isDark = useDark();
  const Plot = useLoaded(loadPlot);
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const labels = lines.map(({ label }) => label).join('\n');

  useEffect(() => {
    const element = place.current;
    if (element === null || Plot == null) return undefined;
    const made = new Plot(
      chartOptions(
        element,
        lines,
        write,
        {
          label: texts.value.stream.time,
          write: format.value.clock,
        },
        isWhole,
      ),
      [[...times], ...values.map((line) => [...line])],
      element,
    );
    showNewest(made);
    plot.current = made;
    const observer = new ResizeObserver(() => {
      made.setSize({ width: element.clientWidth, height: made.height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
    // Colours and texts are drawn in, so another theme or language is another plot.
  }, [Plot, isDark, language.value, labels]);

  useEffect(() => {
    if (plot.current === null) return;
    plot.current.setData([[...times], ...values.map((line) => [...line])]);
    showNewest(plot.current);
  }, [times, ...values]);

  const said = Plot === null ? texts.value.preview.failed.outdated : hint;
  const now = lines.map(({ label }, index) => `${label} ${write(values[index]?.at(-1) ?? null)}`).join(', ');
  return (
    <figure class="card chart" aria-label={`${title}: ${now}`}>
      <figcaption>{title}</figcaption>
      {said !== undefined && <p class="chart-hint">{said}</p>}
      <div ref={place} aria-hidden="true" />
    </figure>
  );
}

/** Whether the page is dark now: what was chosen, else what this device is set to. */
function useDark(): boolean {
  const { theme } = useDashboard();
  const isDeviceDark = useMedia('(prefers-color-scheme: dark)');
  return theme.value === 'auto' ? isDeviceDark : theme.value === 'dark';
}
