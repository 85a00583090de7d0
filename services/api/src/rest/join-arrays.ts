const OPEN = Buffer.from('[');
const COMMA = Buffer.from(',');
const CLOSE = Buffer.from(']');
const SPACE = ' '.charCodeAt(0);

/** Joins JSON arrays to one, as bytes. A single one is passed on as it is. */
export function joinArrays(arrays: readonly Buffer[]): Buffer {
  const [first] = arrays;
  if (first !== undefined && arrays.length === 1) return first;
  const filled = arrays.map(inside).filter((records) => records.some((byte) => byte > SPACE));
  const parts = filled.flatMap((records, index) => (index === 0 ? [records] : [COMMA, records]));
  return Buffer.concat([OPEN, ...parts, CLOSE]);
}

function inside(array: Buffer): Buffer {
  return array.subarray(array.indexOf(OPEN) + 1, array.lastIndexOf(CLOSE));
}
