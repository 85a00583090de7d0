import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  asCount,
  asFields,
  asFlag,
  asLabel,
  asMeasure,
  asText,
  asTimeMs,
  parsedJson,
} from '../src/fields.ts';
import { connectionsOf, extraPoll, items, normalise, pathOf, pollOf } from './support/polls.ts';

const NEITHER = [null, undefined, {}, [], '', true];

describe('times', () => {
  test.each([
    ['2026-11-22T13:31:02Z', Date.UTC(2026, 10, 22, 13, 31, 2)],
    ['2026-11-22T13:31:02.5Z', Date.UTC(2026, 10, 22, 13, 31, 2, 500)],
    ['2026-11-22T13:31:02.063618164Z', Date.UTC(2026, 10, 22, 13, 31, 2, 63)],
    ['2026-11-22T10:01:02.063618164-03:30', Date.UTC(2026, 10, 22, 13, 31, 2, 63)],
    ['2026-11-22T19:16:02.99999999+05:45', Date.UTC(2026, 10, 22, 13, 31, 2, 999)],
    ['2026-11-22T23:59:59.9-03:30', Date.UTC(2026, 10, 23, 3, 29, 59, 900)],
  ])('%s', (text, ms) => {
    expect(asTimeMs(text)).toBe(ms);
  });

  test.each([
    '0001-01-01T00:00:00Z',
    '0001-01-01T00:00:00+01:00',
    'yesterday',
    '+010000-01-01T00:00:00Z',
    '-000001-01-01T00:00:00Z',
    '2026-13-45T99:00:00Z',
    ...NEITHER,
    12,
  ])('%p is none', (value) => {
    expect(asTimeMs(value)).toBeNull();
  });

  test('any offset and any number of fraction digits', () => {
    const moment = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2100, 0) });
    const offset = fc.integer({ min: -14 * 60, max: 14 * 60 });
    const digits = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(moment, offset, digits, (ms, minutes, count) => {
        const two = (value: number) => String(value).padStart(2, '0');
        const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
        const zone = minutes === 0 ? 'Z' : `${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
        const local = new Date(ms + minutes * 60_000).toISOString().slice(0, 19);
        const fraction = `${two(ms % 1_000).padStart(3, '0')}987654`.slice(0, count);
        const kept = Number(fraction.slice(0, 3).padEnd(3, '0'));
        const text = `${local}${count === 0 ? '' : `.${fraction}`}${zone}`;
        expect(asTimeMs(text)).toBe(Math.floor(ms / 1_000) * 1_000 + kept);
      }),
    );
  });

  test('of a server in St. John’s, recorded', () => {
    const poll = extraPoll('tz_st_johns_', ['paths', 'rtmpconns', 'info']);
    expect(pathOf(poll, 'rtmp-cam').readyAtMs).toBe(Date.UTC(2026, 10, 22, 13, 31, 2, 63));
    expect(pathOf(poll, 'always').readyAtMs).toBe(Date.UTC(2026, 10, 22, 13, 30, 59, 440));
    expect(pathOf(poll, 'pulled').readyAtMs).toBeNull();
    expect(connectionsOf(poll, 'rtmp')).toMatchObject([
      { openedAtMs: Date.UTC(2026, 10, 22, 13, 30, 59, 926) },
    ]);
  });
});

describe('texts', () => {
  test('up to 1,000 characters are as they came', () => {
    expect(asText('x'.repeat(1_000))).toBe('x'.repeat(1_000));
  });

  test('that are longer are shortened, the same one alike and no two to the same', () => {
    const texts = ['', 'a', 'b'].map((end) => asText(`${'x'.repeat(1_000_000)}${end}`) ?? '');
    expect(new Set(texts).size).toBe(3);
    for (const text of texts) expect(text).toMatch(/^x{960}…[0-9a-f]{16}$/);
    expect(asText('x'.repeat(1_000_000))).toBe(texts[0]);
  });

  test('that are shortened can be written as UTF-8', () => {
    const text = asText(`a${'📹'.repeat(1_000)}`) ?? '';
    expect(Buffer.from(text).toString()).toBe(text);
  });

  test('of a stream and of those who belong to it are shortened alike', () => {
    const name = 'cam/'.repeat(1_000);
    const poll = pollOf({
      paths: items({ name, source: { type: 'srtConn', id: 'a' } }),
      srtconns: items({ id: 'a', path: name, state: 'publish' }),
    });
    const [path] = normalise(poll, 'full').paths?.facts ?? [];
    expect(path?.name).toHaveLength(977);
    expect(connectionsOf(poll, 'srt')).toMatchObject([{ stream: path?.name }]);
  });
});

describe('measures', () => {
  test.each([0, 0.25, 1, Number.MAX_SAFE_INTEGER])('%p', (value) => {
    expect(asMeasure(value)).toBe(value);
  });

  test.each([-1, -0.01, 2 ** 53, 2 ** 64 - 1, Number.NaN, Infinity, -Infinity, '1', ...NEITHER])(
    '%p is none',
    (value) => {
      expect(asMeasure(value)).toBeNull();
    },
  );
});

test('texts, labels, truths and objects', () => {
  expect(asText('x')).toBe('x');
  expect(asLabel('High')).toBe('High');
  expect(asLabel(0)).toBe('0');
  expect([asFlag(true), asFlag(false)]).toStrictEqual([true, false]);
  expect(asFields({ a: 1 })).toStrictEqual({ a: 1 });
  for (const value of [null, undefined, {}, [], '', true, 7]) {
    expect(asText(value)).toBeNull();
    if (value !== 7) expect(asLabel(value)).toBeNull();
    if (value !== true) expect(asFlag(value)).toBeNull();
  }
  for (const value of [null, undefined, [], '', true, 7]) expect(asFields(value)).toBeNull();
});

test.each([
  [0, 0],
  [1e3, 1_000],
  [2 ** 53 - 1, 2 ** 53 - 1],
  [1.5, null],
  [2 ** 53, null],
  [-1, null],
  [Number.NaN, null],
  ['123', null],
  [null, null],
])('of %j so many are there: %j', (value, expected) => {
  expect(asCount(value)).toBe(expected);
});

test('a text that is no JSON holds nothing', () => {
  expect(parsedJson('{"a":[1]}')).toStrictEqual({ a: [1] });
  for (const text of ['', '{', 'undefined']) expect(parsedJson(text)).toBeNull();
});
