import { SPARK_HEIGHT } from '../model/spark-path.ts';

/** Values in the line of a row and of a card: a minute and two at 2 s. */
export const SPARK_LENGTHS = { row: 30, card: 60 } as const;

/**
 * A line of the last values. Its number stands beside it, so readers pass over it.
 * @param path as `sparkPath` makes it
 * @param length values that the whole width stands for
 */
export function sparkline(path: string, length: number) {
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${Math.max(1, length - 1)} ${SPARK_HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}
