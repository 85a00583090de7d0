import type uPlot from 'uplot';
import type { ChartSpan } from '../model/chart-span.ts';
import type { EventMark } from '../model/event-marks.ts';
import { type ChartValue, lonePoints } from '../model/history-lines.ts';
import { chartOptions, type ChartLine, drawTicks, type TimeAxis, type Write } from './chart-options.ts';

/** What is shown beside the lines, as it is when it is drawn. */
export interface ChartBeside {
  readonly span: ChartSpan;
  readonly marks: readonly EventMark[];
  /** The moment that a link leads to, in ms since 1970. */
  readonly at: number | null;
}

interface HistoryChartOptions {
  readonly lines: readonly ChartLine[];
  readonly write: Write;
  readonly time: TimeAxis;
  readonly isWhole: boolean;
  /** Writes the least and the greatest value. */
  readonly writeSpread: (low: string, high: string) => string;
  readonly beside: () => ChartBeside;
  /** Hears what moment is pointed at, in ms since 1970; what is no further away than `withinMs` is meant, too. */
  readonly onPoint: (ms: number, withinMs: number) => void;
  /** Hears between which moments somebody has drawn, in ms since 1970. */
  readonly onZoom: (fromMs: number, toMs: number) => void;
}

/** Mean, least and greatest of each line. */
const PER_LINE = 3;
/** All charts of the past follow the same pointer. */
const SYNC_KEY = 'history';
const POINTER_PX = 8;

/** How a chart of the past is drawn: each line with its band, what happened as ticks, the moment of a link as a line. */
export function historyChartOptions(element: HTMLElement, given: HistoryChartOptions): uPlot.Options {
  const { lines, write, time, isWhole, writeSpread, beside, onPoint, onZoom } = given;
  const base = chartOptions(element, lines, write, time, isWhole);
  const [timeSeries = {}, ...means] = base.series;
  return {
    ...base,
    cursor: { ...base.cursor, sync: { key: SYNC_KEY }, drag: { x: true, y: false, setScale: false } },
    legend: {
      live: true,
      markers: {
        width: 2,
        dash: (_plot, series) => lines[Math.floor((series - 1) / PER_LINE)]?.pattern ?? 'solid',
      },
    },
    scales: {
      ...base.scales,
      x: { range: () => [beside().span.fromMs / 1000, beside().span.toMs / 1000] },
    },
    bands: lines.map(({ color }, index) => ({
      series: [index * PER_LINE + 3, index * PER_LINE + 2],
      fill: `color-mix(in srgb, ${getComputedStyle(element).getPropertyValue(color)} 22%, transparent)`,
    })),
    series: [
      timeSeries,
      ...means.flatMap((mean, index): uPlot.Series[] => {
        const edge: uPlot.Series = { class: 'band-edge', width: 0, points: { show: false }, spanGaps: false };
        return [
          {
            ...mean,
            points: { size: 4, show: true, filter: (plot, series) => lonePoints(valuesOf(plot, series)) },
            value: (plot, value: number | null, _series, at) =>
              withSpread(value, edgesAt(plot, index * PER_LINE + 2, at), write, writeSpread),
          },
          edge,
          edge,
        ];
      }),
    ],
    hooks: {
      setCursor: [
        (plot) => {
          showLastKnown(plot);
          const left = plot.cursor.left ?? -1;
          if (left >= 0)
            onPoint(
              plot.posToVal(left, 'x') * 1000,
              (plot.posToVal(left + POINTER_PX, 'x') - plot.posToVal(left, 'x')) * 1000,
            );
        },
      ],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width <= 0) return;
          onZoom(plot.posToVal(left, 'x') * 1000, plot.posToVal(left + width, 'x') * 1000);
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
      draw: [
        (plot) => {
          drawBeside(plot, beside(), getComputedStyle(element));
        },
      ],
    },
  };
}

/** Where nothing is pointed at, the legend shows what is known last. */
export function showLastKnown(plot: uPlot): void {
  if ((plot.cursor.left ?? -1) >= 0) return;
  const idx = Math.max(
    -1,
    ...plot.data
      .slice(1)
      .map((_, index) => valuesOf(plot, index + 1).findLastIndex((value) => value != null)),
  );
  if (idx >= 0) plot.setLegend({ idx }, false);
}

/** Data is handed over as lists. */
function valuesOf(plot: uPlot, series: number): readonly ChartValue[] {
  return Array.from(plot.data[series] ?? []);
}

function edgesAt(plot: uPlot, low: number, at: number | null): readonly ChartValue[] {
  return at === null ? [] : [plot.data[low]?.[at], plot.data[low + 1]?.[at]];
}

function withSpread(
  value: number | null,
  [low, high]: readonly ChartValue[],
  write: Write,
  writeSpread: HistoryChartOptions['writeSpread'],
): string {
  const mean = write(value);
  if (value === null || low == null || high == null || low === high) return mean;
  return `${mean} (${writeSpread(write(low), write(high))})`;
}

function drawBeside(plot: uPlot, { marks, at, span }: ChartBeside, style: CSSStyleDeclaration): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const bottom = bbox.top + bbox.height;
  drawTicks(plot, marks, style);
  ctx.save();
  if (at !== null && at >= span.fromMs && at <= span.toMs) {
    const x = Math.round(plot.valToPos(at / 1000, 'x', true));
    ctx.strokeStyle = style.getPropertyValue('--moment');
    ctx.lineWidth = ratio;
    ctx.setLineDash([4 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bottom);
    ctx.stroke();
  }
  ctx.restore();
}
