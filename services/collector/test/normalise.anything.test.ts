import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Observation } from '../src/facts.ts';
import { items, normalise, pollOf, type RawItem, recordedItems } from './support/polls.ts';
import { CONNECTION_LISTS, SAMPLES } from './support/samples.ts';
import { LIST_NAMES, type ListName } from '../src/protocols/index.ts';

const PATH: RawItem = recordedItems('1.20.1', 'paths')[1] ?? {};
const SAMPLE_OF: Partial<Record<ListName, RawItem>> = {
  ...SAMPLES,
  paths: PATH,
  info: { version: 'v1.20.1' },
};

/** What a server may send that nobody has thought of, with numbers out of all ranges. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.double(),
  fc.constantFrom(
    -1,
    2 ** 64,
    'publish',
    'read',
    'idle',
    '0001-01-01T00:00:00Z',
    '2026-11-22T10:01:02.5-03:30',
  ),
);

/** An item with its identity, and some of its fields replaced by anything. */
function oddItem(sample: RawItem): fc.Arbitrary<unknown> {
  const changes = fc.dictionary(
    fc.constantFrom(...Object.keys(sample), 'source', 'tracks2', 'readers'),
    anything,
  );
  return changes.map((changed) => ({ ...sample, ...changed, id: 'a', name: 'a', path: 'a' }));
}

const polls = fc
  .record(
    Object.fromEntries(
      LIST_NAMES.map((list) => [
        list,
        fc.oneof(
          { weight: 4, arbitrary: fc.array(oddItem(SAMPLE_OF[list] ?? {}), { maxLength: 2 }) },
          { weight: 1, arbitrary: fc.array(anything, { maxLength: 2 }) },
        ),
      ]),
    ),
  )
  .map((lists) =>
    pollOf(Object.fromEntries(Object.entries(lists).map(([list, raw]) => [list, items(...raw)]))),
  );

/** Every number in a value, with the name it stands under. */
function numbersIn(value: unknown, name = ''): [string, number][] {
  if (typeof value === 'number') return [[name, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, key));
}

const isFine = (observation: Observation): boolean =>
  numbersIn(observation).every(
    ([name, value]) => Number.isFinite(value) && (name.endsWith('AtMs') || value >= 0),
  );

test('whatever comes, numbers are finite and not negative, and nothing is thrown', () => {
  fc.assert(
    fc.property(polls, (poll) => isFine(normalise(poll, 'full'))),
    { numRuns: 300 },
  );
});

test('whatever comes, a list is understood or missing', () => {
  const needed = ['paths', ...CONNECTION_LISTS.map(({ list }) => list)].filter(
    (list) => list !== 'hlsmuxers',
  );
  fc.assert(
    fc.property(polls, (poll) => {
      const { paths, protocols, missing } = normalise(poll, 'masked');
      expect(paths === null).toBe(missing.includes('paths'));
      const failed = protocols.filter(({ connections }) => connections.kind === 'failed').length;
      expect(missing.filter((list) => list !== 'paths' && needed.includes(list))).toHaveLength(failed);
    }),
    { numRuns: 300 },
  );
});
