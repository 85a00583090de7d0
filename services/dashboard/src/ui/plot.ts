import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import { useDashboard } from './context.ts';
import { useMedia } from './layout.ts';
import { useLoaded } from './loaded.tsx';

/** What is drawn: times, then values of each line; of lines that are put together some may have no point. */
export type PlotData = readonly (readonly (number | null | undefined)[])[];

interface PlotOptions {
  /** @param element where it is drawn */
  readonly options: (element: HTMLElement) => uPlot.Options;
  readonly data: PlotData;
  /** What is drawn in beside the data: another one is another plot. */
  readonly drawnIn: string;
  /** Called when there is other data. */
  readonly onData?: (plot: uPlot) => void;
}

/** Loads what draws charts, a quarter of all script, and needed by none but a stream's page. Once loaded it is there. */
export async function loadPlot(): Promise<typeof uPlot> {
  return (await import('uplot')).default;
}

/**
 * A plot in the element that `place` is the ref of, as wide as that.
 * @returns whether what draws it can't be loaded any more, too
 */
export function usePlot({ options, data, drawnIn, onData }: PlotOptions): {
  readonly place: RefObject<HTMLDivElement | null>;
  readonly plot: RefObject<uPlot | null>;
  readonly isOutdated: boolean;
} {
  const { language } = useDashboard();
  const isDark = useDark();
  const Plot = useLoaded(loadPlot);
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);

  useEffect(() => {
    const element = place.current;
    if (element === null || Plot == null) return undefined;
    const made = new Plot(options(element), copied(data), element);
    onData?.(made);
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
  }, [Plot, isDark, language.value, drawnIn]);

  useEffect(() => {
    if (plot.current === null) return;
    plot.current.setData(copied(data));
    onData?.(plot.current);
  }, [...data]);

  return { place, plot, isOutdated: Plot === null };
}

function copied(data: PlotData): uPlot.AlignedData {
  return data.map((values) => [...values]) as uPlot.AlignedData;
}

/** Whether the page is dark now: what was chosen, else what this device is set to. */
function useDark(): boolean {
  const { theme } = useDashboard();
  const isDeviceDark = useMedia('(prefers-color-scheme: dark)');
  return theme.value === 'auto' ? isDeviceDark : theme.value === 'dark';
}
