import { expect, test } from '@jest/globals';
import { JsonBytes } from '../../src/lists/json-bytes.ts';
import { numberWriter } from '../../src/lists/number-writer.ts';

test.each([
  ['first', ['a'], { a: 7 }, '"a":7,"b":2,"c":-3.5'],
  ['last', ['c'], { c: 7 }, '"a":1,"b":2,"c":7'],
  ['all, in the order of the template', ['c', 'a', 'b'], { a: 4, b: 5, c: 6 }, '"a":4,"b":5,"c":6'],
  ['none', [], {}, '"a":1,"b":2,"c":-3.5'],
] as const)('moving %s', (_, moving, values, written) => {
  const write = numberWriter<{ a: number; b: number; c: number }, 'a' | 'b' | 'c'>(
    { a: 1, b: 2, c: -3.5 },
    moving,
  );
  const out = new JsonBytes(0);
  write({ a: 0, b: 0, c: 0, ...values }, out);
  expect(out.written().toString()).toBe(written);
});
