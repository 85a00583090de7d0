import { describe, expect, test } from '@jest/globals';
import { RECORDED_VERSIONS, type RecordedVersion } from '@mediamtx-monitor/testkit';
import { LIST_NAMES } from '../src/protocols/index.ts';
import {
  extraPoll,
  items,
  normalise,
  pollOf,
  type RawItem,
  type RawPoll,
  recordedItems,
  recordedPoll,
} from './support/polls.ts';
import { CONNECTION_LISTS, SAMPLES } from './support/samples.ts';

const PHASES = ['empty', 't0', 't1'] as const;
/** Shorter ones stand in any text. */
const SHORTEST = 4;

const rawItems = (version: RecordedVersion): RawItem[] =>
  PHASES.flatMap((phase) => LIST_NAMES.flatMap((list) => recordedItems(version, list, phase)));

/** A query as it was sent, decoded, its pairs, and their values. */
function partsOf(query: string): string[] {
  const decoded = decodeURIComponent(query);
  const pairs = [query, decoded].flatMap((text) => text.split('&'));
  const values = pairs.map((pair) => pair.slice(pair.indexOf('=') + 1));
  return [query, decoded, ...pairs, ...values];
}

const queries = new Set(
  RECORDED_VERSIONS.flatMap(rawItems)
    .map((item) => item['query'])
    .filter((query): query is string => typeof query === 'string' && query !== ''),
);
const secrets = [...new Set([...queries].flatMap(partsOf))].filter((part) => part.length >= SHORTEST);

/** Which of the secrets stand in what is made of a poll; a user's name is none where MediaMTX tells it. */
function leaked(poll: RawPoll): string[] {
  const users = LIST_NAMES.flatMap((list) => {
    const outcome = poll[list];
    return outcome.kind === 'items' ? outcome.items.map((item) => (item as RawItem)['user']) : [];
  });
  const text = JSON.stringify(normalise(poll, 'full'));
  return ['query', ...secrets].filter((secret) => text.includes(secret) && !users.includes(secret));
}

test('what to look for was recorded', () => {
  expect(secrets).toStrictEqual(
    expect.arrayContaining([
      's3cret',
      'readpw',
      'rtmptok',
      'rtsptok',
      'srttok',
      'readtok',
      'whiptok',
      'hlstok',
      'token=srttok%26pass=s3cret',
      'token=srttok',
      'user=bob&pass=readpw',
      'alice',
    ]),
  );
});

describe.each(RECORDED_VERSIONS)('MediaMTX %s', (version) => {
  test.each(PHASES)('no recorded query gets through (%s)', (phase) => {
    expect(leaked(recordedPoll(version, phase))).toStrictEqual([]);
  });
});

test('nor one of the bodies recorded apart', () => {
  const poll = extraPoll(
    'states_',
    LIST_NAMES.filter((list) => list !== 'info'),
  );
  expect(leaked(poll)).toStrictEqual([]);
  expect(JSON.stringify(normalise(poll, 'full'))).not.toContain('tok=1');
});

test('wherever a query stands, it is dropped', () => {
  const query = 'user=mallory&pass=hunter2';
  const raw = (item: RawItem) =>
    items({
      ...item,
      query,
      details: { query },
      source: { type: 'srtConn', id: '1', query },
      readers: [{ query }],
    });
  const connections = CONNECTION_LISTS.map(({ list }) => [list, raw(SAMPLES[list])] as const);
  const poll = pollOf({
    ...Object.fromEntries(connections),
    paths: raw({ name: 'cam', tracks2: [{ codec: 'H264', query }] }),
    info: raw({ version: 'v1' }),
    rtspconns: raw({ session: 'x', tunnel: 'none' }),
  });
  expect(JSON.stringify(normalise(poll, 'full'))).not.toMatch(/query|mallory|hunter2/);
});

test('an error quotes nothing of the item that is wrong', () => {
  const { error } = normalise(
    pollOf({ srtconns: items({ id: '', query: 'pass=hunter2', path: 'x' }) }),
    'full',
  );
  expect(error).toContain('srtconns');
  expect(error).not.toContain('hunter2');
});
