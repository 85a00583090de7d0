import type { EventSeverity } from '@mediamtx-monitor/types';
import type uPlot from 'uplot';
import { remPx } from './layout.ts';

/** A line of a chart. */
export interface ChartLine {
  readonly label: string;
  /** Name of the colour in tokens.css. */
  readonly color: '--series-1' | '--series-2' | '--series-3';
  /** Tells the lines of a chart apart without colour. */
  readonly pattern: keyof typeof DASHES;
}

/** Writes a value, with its unit. @param fraction digits behind the point; else as many as suit the value */
export type Write = (value: number | null, fraction?: number) => string;

/** How long line and gap are, by the word CSS has for it. */
const DASHES = { solid: [], dashed: [6, 4], dotted: [1, 3] };

/** How times are written. */
export interface TimeAxis {
  readonly label: string;
  /** @param ms since 1970 */
  readonly write: (ms: number) => string;
  /** Writes times below the chart, which are so far apart; as `write` does unless given. @param stepMs */
  readonly writeTick?: (ms: number, stepMs: number) => string;
}

/** Sizes in rem. */
const SIZE = {
  chart: 9.5,
  letters: 0.6875,
  timeAxis: 1.5,
  valueAxis: 3.5,
  betweenTimes: 4,
  betweenValues: 1.75,
};
/** All charts of the page follow the same pointer. */
const SYNC_KEY = 'stream';
/** As long as little was seen, the axis is not stretched. */
const MIN_SPAN_S = 120;
/** Between the lines of the axis, where there are no halves: 1, 2, 5, 10 and so on. */
const WHOLE_STEPS = [0, 1, 2, 3, 4, 5, 6].flatMap((power) => [1, 2, 5].map((step) => step * 10 ** power));

/**
 * How a chart is drawn: colours are those of the page where it stands.
 * @param isWhole its values are whole numbers
 */
export function chartOptions(
  element: HTMLElement,
  lines: readonly ChartLine[],
  write: Write,
  time: TimeAxis,
  isWhole: boolean,
): uPlot.Options {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(name);
  const px = (size: keyof typeof SIZE): number => Math.round(SIZE[size] * remPx());
  const axis: uPlot.Axis = {
    stroke: style.color,
    font: `${px('letters')}px ${style.fontFamily}`,
    grid: { stroke: color('--chart-grid'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
    height: px('chart'),
    // Room for half of a time below the right edge.
    padding: [8, 24, 0, 0],
    cursor: { sync: { key: SYNC_KEY }, drag: { x: false, y: false }, points: { size: 6 } },
    legend: {
      live: true,
      markers: { width: 2, dash: (_plot, series) => lines[series - 1]?.pattern ?? 'solid' },
    },
    hooks: { setCursor: [showNewest] },
    scales: {
      x: { range: timeRange },
      y: { range: (_plot, _min, max) => [0, max > 0 ? max * 1.1 : 1] },
    },
    axes: [
      {
        ...axis,
        size: px('timeAxis'),
        space: px('betweenTimes'),
        values: (_plot, ticks, _axis, _space, step) =>
          ticks.map((tick) => (time.writeTick ?? time.write)(tick * 1000, step * 1000)),
      },
      {
        ...axis,
        size: px('valueAxis'),
        space: px('betweenValues'),
        ...(isWhole && { incrs: WHOLE_STEPS }),
        values: (_plot, ticks, _axis, _space, step) => {
          const fraction = fractionOf(step);
          return ticks.map((tick) => write(tick, fraction));
        },
      },
    ],
    series: [
      { label: time.label, value: (_plot, at: number | null) => (at === null ? '' : time.write(at * 1000)) },
      ...lines.map(({ label, color: name, pattern }): uPlot.Series => ({
        label,
        stroke: color(name),
        width: 0.09 * remPx(),
        points: { show: false },
        spanGaps: false,
        dash: DASHES[pattern],
        value: (_plot, value: number | null) => write(value),
      })),
    ],
  };
}

/** Something that happened, as a tick on the time axis. */
export interface ChartTick {
  /** In ms since 1970. */
  readonly atMs: number;
  readonly severity: EventSeverity;
}

const TICK_PX = 7;

/** Draws what happened as ticks on the time axis; what is out of view is left out. */
export function drawTicks(plot: uPlot, ticks: readonly ChartTick[], style: CSSStyleDeclaration): void {
  const { ctx, bbox, scales } = plot;
  const { min = 0, max = 0 } = scales['x'] ?? {};
  const ratio = devicePixelRatio;
  const bottom = bbox.top + bbox.height;
  ctx.save();
  for (const { atMs, severity } of ticks) {
    const seconds = atMs / 1000;
    if (seconds < min || seconds > max) continue;
    const x = Math.round(plot.valToPos(seconds, 'x', true));
    ctx.fillStyle = style.getPropertyValue(`--event-${severity}`);
    ctx.fillRect(x - ratio, bottom - TICK_PX * ratio, 2 * ratio, TICK_PX * ratio);
  }
  ctx.restore();
}

/** What times are in view. The data's own, since of a single sample uPlot would make a day. */
export function timeRange({ data: [times] }: Pick<uPlot, 'data'>): [min: number, max: number] {
  const max = times.at(-1) ?? 0;
  return [Math.min(times[0] ?? max, max - MIN_SPAN_S), max];
}

/** How many digits behind the point a step of an axis has, so that no two of its lines read the same. */
export function fractionOf(step: number): number {
  return String(step).split('.')[1]?.length ?? 0;
}

/** Where nothing is pointed at, the legend shows the newest values. */
export function showNewest(plot: uPlot): void {
  const last = plot.data[0].length - 1;
  if (last >= 0 && (plot.cursor.left ?? -1) < 0) plot.setLegend({ idx: last }, false);
}
