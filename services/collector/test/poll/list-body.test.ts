import { describe, expect, test } from '@jest/globals';
import { RECORDED_VERSIONS, recordedList } from '@mediamtx-monitor/testkit';
import fc from 'fast-check';
import { LIST_NAMES } from '../../src/protocols/index.ts';
import { ListBodyReader, type ListBody } from '../../src/poll/list-body.ts';

/** What was spent on a body. */
type Spent = Record<'bytes' | 'values' | 'records', number>;

/** Reads a body that comes in pieces of so many bytes. */
function read(text: string | Buffer, pieceBytes = Infinity): ListBody & { spent: Spent } {
  const spent: Spent = { bytes: 0, values: 0, records: 0 };
  const reader = new ListBodyReader(true, (kind, amount) => {
    spent[kind] += amount;
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.take(bytes.subarray(at, at + pieceBytes));
  return { ...reader.end(), spent };
}

/** Values of JSON within a value; what is empty counts twice. */
function valuesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value) as unknown[];
  return inner.reduce<number>((sum, each) => sum + 1 + valuesIn(each), inner.length === 0 ? 1 : 0);
}

test('of each item is kept what is made of it, as soon as it has come', () => {
  const seen: unknown[] = [];
  const reader = new ListBodyReader(
    true,
    () => undefined,
    (item) => seen.push(item),
  );
  reader.take(Buffer.from('{"itemCount":3,"pageCount":1,"items":[{"a":1},{"a":2},'));
  expect(seen).toStrictEqual([{ a: 1 }, { a: 2 }]);
  reader.take(Buffer.from('{"a":3}]}'));
  expect(reader.end().items).toStrictEqual([1, 2, 3]);
});

const page = (items: readonly unknown[]): string =>
  JSON.stringify({ itemCount: items.length, pageCount: 1, items });
const HEAD_OF_TWO = '{"itemCount":2,"pageCount":1,"items":[]}';
const TRICKY = [
  { name: '"items":[ ] } , {', 'a,b': ['],[', '\\', '\\"', '"'] },
  { name: 'ü📹\u2028', nested: { items: [1, { items: [] }] }, empty: {}, list: [] },
];

describe('a list', () => {
  test.each([1, 2, 3, 5, 7, 16, 64, Infinity])(
    'in pieces of %f bytes is what JSON.parse makes of it',
    (size) => {
      expect(read(page(TRICKY), size)).toMatchObject({ head: HEAD_OF_TWO, items: TRICKY });
      expect(
        read(JSON.stringify({ itemCount: 2, pageCount: 1, items: TRICKY }, null, 2), size).items,
      ).toStrictEqual(TRICKY);
    },
  );

  test.each(RECORDED_VERSIONS)('recorded from %s is, too', (version) => {
    for (const list of LIST_NAMES.filter((name) => name !== 'info')) {
      const body = recordedList(version, list, 't1');
      if (body === undefined) continue;
      const { items } = JSON.parse(body) as { items: unknown[] };
      for (const size of [37, 1_000, Infinity]) expect(read(body, size).items).toStrictEqual(items);
    }
  });

  test('of anything, in any pieces, is what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 6 })), fc.integer({ min: 1, max: 40 }), (items, size) => {
        const text = page(items);
        const body = read(text, size);
        expect(body.items).toStrictEqual((JSON.parse(text) as { items: unknown[] }).items);
        expect(body.spent.records).toBe(items.length);
      }),
    );
  });

  test('may come byte by byte, however long its items are', () => {
    const long = [{ name: 'x'.repeat(10_000) }, { name: 'y'.repeat(10_000) }];
    expect(read(page(long), 1)).toMatchObject({ head: HEAD_OF_TWO, items: long });
  });

  test('may have its members in any order', () => {
    expect(read('{"items":[{}],"pageCount":1,"itemCount":1}')).toMatchObject({
      head: '{"items":[],"pageCount":1,"itemCount":1}',
      items: [{}],
    });
  });

  test('is none where there are no items, or only further down', () => {
    expect(read('{"status":"error","error":"\\"items\\":["}').items).toBeNull();
    expect(read('{"a":{"items":[{}]}}').items).toBeNull();
    expect(read('{"items":null}').items).toBeNull();
  });
});

describe('what is no JSON is refused', () => {
  test.each([
    '{"items":[,]}',
    '{"items":[{},]}',
    '{"items":[{},,{}]}',
    '{"items":[{]}]}',
    '{"items":[{}{}]}',
    '{"items":[1 2]}',
  ])('%s, in whatever pieces', (text) => {
    for (const size of [1, 2, 3, 10, Infinity]) expect(() => read(text, size)).toThrow('not JSON');
  });

  test.each(['{"items":[{}', '{"items":[{"a', '{"items":[{"a":"\\', '{"items":[{}],', '{"items":[]]}'])(
    '%s, by its head',
    (text) => {
      for (const size of [1, 3, Infinity]) {
        const { head } = read(text, size);
        expect(() => JSON.parse(head) as unknown).toThrow(SyntaxError);
      }
    },
  );
});

describe('what is spent', () => {
  test.each([[[]], [[{}]], [[{ name: 'a', readers: [{ type: 'x', id: 'y' }, {}] }, 1, 'a,b', []]], [TRICKY]])(
    'on %j are its values and records, whatever the pieces',
    (items) => {
      for (const size of [1, 11, Infinity]) {
        expect(read(page(items), size).spent).toStrictEqual({
          bytes: expect.any(Number),
          values: valuesIn({ itemCount: 0, pageCount: 0, items }),
          records: items.length,
        });
      }
    },
  );

  test.each([
    [10_000, 4_000, 4_000 + 4_000 + 2_048],
    [10_000, Infinity, 10_000],
    [10, 1, 10 * 2_048],
  ])('on %i bytes, %f at a time, is what they are, a small piece counted as 2,048', (bytes, size, spent) => {
    const begin = '{"items":[';
    expect(read(begin + ' '.repeat(bytes - begin.length), size).spent.bytes).toBe(spent);
  });

  test('is told before anything is made of it', () => {
    const reader = new ListBodyReader(true, (kind, amount) => {
      if (kind === 'values' && amount > 1_000) throw new Error('enough');
    });
    // Parsed, this would be refused as it isn't JSON.
    expect(() => {
      reader.take(Buffer.from(`{"items":[${'{},'.repeat(1_000)}]}`));
    }).toThrow('enough');
  });
});

describe('a body that can’t be MediaMTX’s is refused early', () => {
  const endless = (begin: string, unit: string) => () => {
    const reader = new ListBodyReader(true, () => undefined);
    reader.take(Buffer.from(begin));
    const chunk = Buffer.from(unit.repeat(Math.ceil(65_536 / unit.length)));
    for (let chunks = 0; chunks < 1_000; chunks += 1) reader.take(chunk);
  };

  test.each([
    ['spaces', '', ' '],
    ['a web page', '', '<p>hello</p>'],
    ['lists of another name', '{"things":[', '1,'],
    ['what follows the items', '{"items":[]', ',"a":1'],
  ])('%s: its head is too long', (_name, begin, unit) => {
    expect(endless(begin, unit)).toThrow('over 4096 bytes beside its items');
  });

  test('items where there are none to be: its head is too long', () => {
    const reader = new ListBodyReader(false, () => undefined);
    expect(() => {
      reader.take(Buffer.from(`{"version":"v1","items":[${'1,'.repeat(3_000)}1]}`));
    }).toThrow('over 4096 bytes beside its items');
  });

  test.each([
    ['{"items":[', '['],
    ['{"items":[', '{"a":'],
    ['', '['],
    ['', '{"a":'],
  ])('%s and then %s without end: it is too deep', (begin, unit) => {
    expect(endless(begin, unit)).toThrow('over 32 levels deep');
  });

  test.each([
    ['a name', '{"items":[{"name":"', 'a'],
    ['spaces', '{"items":[', ' '],
    ['members', '{"items":[{"a":1', ',"b":2'],
  ])('%s without end: that record is too long', (_name, begin, unit) => {
    expect(endless(begin, unit)).toThrow('a record of over 16777216 bytes');
  });
});
