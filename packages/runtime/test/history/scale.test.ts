import { expect, test } from '@jest/globals';
import { HISTORY, type HistoryScale } from '@mediamtx-monitor/types';
import fc from 'fast-check';
import { ScaleCodec } from '../../src/history/scale.ts';

const SCALES: readonly (readonly [string, HistoryScale])[] = Object.entries(HISTORY).flatMap(
  ([kind, { fields }]) =>
    Object.entries(fields).map(([name, { scale }]) => [`${name} of a ${kind}`, scale] as const),
);

test.each(SCALES)('%s: what is read is as near to what was written as is said', (_name, scale) => {
  const codec = new ScaleCodec(scale);
  fc.assert(
    fc.property(
      fc.oneof(
        fc.double({ min: 0, max: codec.max, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
      ),
      (any) => {
        const value = Math.min(any, codec.max);
        const read = codec.decode(codec.encode(value));
        expect(read).not.toBeNull();
        // What is read is rounded to 5 digits at least.
        expect(Math.abs((read ?? NaN) - value)).toBeLessThanOrEqual(
          codec.errorOf(value) * 1.001 + value * 1e-5,
        );
      },
    ),
  );
});

test.each(SCALES)('%s: more is never read as less', (_name, scale) => {
  const codec = new ScaleCodec(scale);
  fc.assert(
    fc.property(fc.double({ min: 0, noNaN: true }), fc.double({ min: 0, noNaN: true }), (a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)];
      expect(codec.encode(less)).toBeLessThanOrEqual(codec.encode(more));
    }),
  );
  const codes = Array.from(
    { length: 2 ** (8 * scale.bytes) - 1 },
    (_, code) => codec.decode(code + 1) ?? NaN,
  );
  expect(codes.every((value, at) => at === 0 || value > (codes[at - 1] ?? NaN))).toBe(true);
});

test.each(SCALES)(
  '%s: 0 is 0, little is more than nothing, and what is unknown stays unknown',
  (_name, scale) => {
    const codec = new ScaleCodec(scale);
    expect(codec.decode(codec.encode(0))).toBe(0);
    expect(codec.decode(codec.encode(1e-9))).toBeGreaterThan(0);
    for (const unknown of [null, NaN, -1, -Infinity]) expect(codec.decode(codec.encode(unknown))).toBeNull();
    expect(codec.decode(codec.encode(Infinity))).toBe(codec.max);
  },
);

test('the greatest value that can be kept is above what there is', () => {
  const maxOf = (scale: HistoryScale): number => new ScaleCodec(scale).max;
  const { stream, server } = HISTORY;
  expect(maxOf(stream.fields.inboundMbps.scale)).toBeGreaterThan(25_000);
  expect(maxOf(stream.fields.readers.scale)).toBeGreaterThan(40_000);
  expect(maxOf(stream.fields.rttP95Ms.scale)).toBeGreaterThan(100_000);
  expect(maxOf(stream.fields.lossPercent.scale)).toBeGreaterThan(100);
  expect(maxOf(server.fields.readers.scale)).toBeGreaterThan(1e9);
});

test('up to 6 readers are exact, up to 25 so when they are rounded', () => {
  const codec = new ScaleCodec(HISTORY.stream.fields.readers.scale);
  for (let readers = 0; readers <= 25; readers += 1) {
    const read = codec.decode(codec.encode(readers)) ?? NaN;
    if (readers <= 6) expect(read).toBe(readers);
    else expect(Math.round(read)).toBe(readers);
  }
});
