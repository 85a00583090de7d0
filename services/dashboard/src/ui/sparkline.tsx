/** Width and height of the drawing's own grid. */
const WIDTH = 100;
const HEIGHT = 20;

interface SparklineProps {
  /** Oldest first; NaN leaves a gap. */
  readonly values: readonly number[];
  /** Values that the whole width stands for: while there are fewer, the line begins further right. */
  readonly length: number;
}

/** A line of the last values, from 0 up. Its number stands beside it, so readers pass over it. */
export function Sparkline({ values, length }: SparklineProps) {
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={sparkPath(values, length)} />
    </svg>
  );
}

export function sparkPath(values: readonly number[], length: number): string {
  let top = 0;
  for (const value of values) if (value > top) top = value;
  const scale = top === 0 ? 0 : (HEIGHT - 2) / top;
  const step = WIDTH / Math.max(1, length - 1);
  const start = WIDTH - (values.length - 1) * step;
  let path = '';
  let pen = 'M';
  for (const [index, value] of values.entries()) {
    if (Number.isNaN(value)) {
      pen = 'M';
      continue;
    }
    path += `${pen}${Math.round((start + index * step) * 10) / 10} ${Math.round((HEIGHT - 1 - value * scale) * 10) / 10}`;
    pen = 'L';
  }
  return path;
}
