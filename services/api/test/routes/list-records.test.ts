import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RecordFields } from '../../src/tick/index.ts';
import { type ListQuery, listRecords } from '../../src/routes/streams.ts';
import { SORT_KEYS } from '../../src/http/parameters.ts';

const BY_NAME = { key: 'name', descending: false } as const;

function names(records: readonly RecordFields[], query: Partial<ListQuery> = {}): unknown[] {
  return listRecords(records, { sort: BY_NAME, ...query }).items.map((record) => record['name']);
}

describe('order', () => {
  test('by name, then by server', () => {
    const records = [
      { name: 'b', server: 'x' },
      { name: 'a', server: 'y' },
      { name: 'B', server: 'x' },
      { name: 'a', server: 'x' },
    ];
    const { items } = listRecords(records, { sort: BY_NAME });
    expect(items).toStrictEqual([records[2], records[3], records[1], records[0]]);
  });

  test('by a number: what isn’t known comes last both ways, equals by name', () => {
    const records = [
      { name: 'none', rttMs: null },
      { name: 'much', rttMs: 20.5 },
      { name: 'little', rttMs: 3 },
      { name: 'also little', rttMs: 3 },
      { name: 'missing' },
      { name: 'zero', rttMs: 0 },
      { name: 'nonsense', rttMs: '7' },
    ];
    const unknown = ['missing', 'none', 'nonsense'];
    expect(names(records, { sort: { key: 'rttMs', descending: false } })).toStrictEqual([
      ...['zero', 'also little', 'little', 'much'],
      ...unknown,
    ]);
    expect(names(records, { sort: { key: 'rttMs', descending: true } })).toStrictEqual([
      ...['much', 'also little', 'little', 'zero'],
      ...unknown,
    ]);
  });

  test('since is a time, however it is written', () => {
    const records = [
      { name: 'later', since: '2026-01-01T00:00:00.5Z' },
      { name: 'first', since: '2026-01-01T00:00:00Z' },
      { name: 'none' },
      { name: 'last', since: '2026-01-01T00:00:00.75Z' },
    ];
    expect(names(records, { sort: { key: 'since', descending: false } })).toStrictEqual([
      'first',
      'later',
      'last',
      'none',
    ]);
  });

  test('is the same however the records come, by any key', () => {
    const record = fc.record(
      {
        name: fc.constantFrom('a', 'b', 'c'),
        server: fc.constantFrom('x', 'y'),
        readers: fc.option(fc.integer({ min: 0, max: 2 })),
        rttMs: fc.option(fc.constantFrom(0, 1.5, -1)),
        since: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', 'never'),
      },
      { requiredKeys: ['name', 'server'] },
    );
    const unique = fc.uniqueArray(record, { selector: ({ name, server }) => `${name} ${server}` });
    const shuffled = unique.chain((records) =>
      fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })),
    );
    fc.assert(
      fc.property(
        shuffled,
        fc.constantFrom(...SORT_KEYS),
        fc.boolean(),
        ([records, others], key, descending) => {
          const query = { sort: { key, descending } };
          const before = [...records];
          expect(listRecords(others, query)).toStrictEqual(listRecords(records, query));
          expect(records).toStrictEqual(before);
        },
      ),
    );
  });
});

describe('choice', () => {
  const records = [
    { name: 'Küche/1', state: 'live', health: 'ok' },
    { name: 'küche/2', state: 'idle', health: 'critical' },
    { name: 'hall', state: 'live', health: 'warning' },
    { name: 'by hand' },
    { state: 'live' },
  ];

  test('all conditions hold at once; what a record doesn’t say matches none', () => {
    expect(names(records, { state: ['live'] })).toStrictEqual([undefined, 'Küche/1', 'hall']);
    expect(names(records, { state: ['live', 'idle'], health: ['ok', 'critical'] })).toStrictEqual([
      'Küche/1',
      'küche/2',
    ]);
    expect(names(records, { health: ['unknown'] })).toStrictEqual([]);
  });

  test('search takes names that contain the words, in any letter case', () => {
    expect(names(records, { search: 'KÜCHE' })).toStrictEqual(['Küche/1', 'küche/2']);
    expect(names(records, { search: '/2', state: ['idle'] })).toStrictEqual(['küche/2']);
    expect(names(records, { search: '.*' })).toStrictEqual([]);
  });

  test('total counts those that match, a limit or not', () => {
    const { items, total } = listRecords(records, { sort: BY_NAME, state: ['live'], limit: 2 });
    expect([items.length, total]).toStrictEqual([2, 3]);
  });
});
