/** Height of a small line's own grid; its width is a step for each value. */
export const SPARK_HEIGHT = 100;
/** Room for half a line at the upper and lower edge. */
const EDGE = 5;

/**
 * A line of the last values, from 0 up, as SVG draws it; on whole numbers only, which are written fastest.
 * @param values oldest first; NaN leaves a gap
 * @param length values that the whole width stands for: while there are fewer, the line begins further right
 * @param atLeast what the whole height stands for, where no value is greater
 */
export function sparkPath(values: ArrayLike<number>, length: number, atLeast = 0): string {
  let top = atLeast;
  for (let index = 0; index < values.length; index += 1) top = Math.max(top, values[index] || 0);
  const scale = top === 0 ? 0 : (SPARK_HEIGHT - 2 * EDGE) / top;
  const start = length - values.length;
  let path = '';
  let isGap = true;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? NaN;
    if (Number.isNaN(value)) {
      isGap = true;
      continue;
    }
    path += `${isGap ? 'M' : 'L'}${start + index} ${SPARK_HEIGHT - EDGE - Math.round(value * scale)}`;
    isGap = false;
  }
  return path;
}
