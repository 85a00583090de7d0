import { expect, test } from '@jest/globals';
import { RECORDED_VERSIONS } from '@mediamtx-monitor/testkit';
import { LIST_NAMES, type ListOutcome } from '../../src/protocols/index.ts';
import { addTypesIn, contradictionFailure, listsOfTypes } from '../../src/poll/list-asker.ts';
import { FAILED, items, normalise, OFF, recordedPoll } from '../support/polls.ts';

/** The lists whose connections a path list names. */
function listsNamedBy(paths: ListOutcome): ReadonlySet<string> {
  const types = new Set<string>();
  for (const path of paths.kind === 'items' ? paths.items : []) addTypesIn(path, types);
  return listsOfTypes(types);
}

const path = (source: unknown, ...readers: unknown[]) => ({ name: 'cam', source, readers });
const named = (...types: string[]) => [
  ...listsNamedBy(items(path(null, ...types.map((type) => ({ type, id: '1' }))))),
];

test.each([
  ['srtConn', 'srtconns'],
  ['rtspSession', 'rtspsessions'],
  ['rtspsSession', 'rtspssessions'],
  ['rtmpConn', 'rtmpconns'],
  ['rtmpsConn', 'rtmpsconns'],
  ['hlsMuxer', 'hlsmuxers'],
  ['hlsSession', 'hlssessions'],
  ['webRTCSession', 'webrtcsessions'],
  ['moqSession', 'moqsessions'],
])('%s stands in %s, however it is spelled and wherever it is named', (type, list) => {
  expect(named(type)).toStrictEqual([list]);
  expect(named(type.toUpperCase(), type.toLowerCase())).toStrictEqual([list]);
  expect([...listsNamedBy(items(path({ type, id: '1' })))]).toStrictEqual([list]);
});

test('what is in no list names none, and odd paths name nothing', () => {
  expect(named('rtspSource', 'redirect', 'hidden', 'rtspConn', 'teleport', '')).toStrictEqual([]);
  const odd = [
    null,
    7,
    'srtConn',
    path('srtConn', 'srtConn', null, { type: 7 }),
    { readers: { type: 'srtConn' } },
  ];
  expect([...listsNamedBy(items(...odd))]).toStrictEqual([]);
  expect(listsNamedBy(OFF).size + listsNamedBy(FAILED).size).toBe(0);
});

test.each(RECORDED_VERSIONS)('%s, recorded, doesn’t contradict itself', (version) => {
  for (const phase of ['empty', 't0', 't1'] as const) {
    const poll = recordedPoll(version, phase);
    const lists: readonly string[] = [...listsNamedBy(poll.paths)];
    if (phase === 't0') expect(lists.length).toBeGreaterThan(5);
    expect(LIST_NAMES.filter((list) => lists.includes(list) && poll[list].kind !== 'items')).toStrictEqual(
      [],
    );
  }
});

test.each(RECORDED_VERSIONS)(
  '%s, recorded, names every list with a connection that has a stream',
  (version) => {
    for (const phase of ['empty', 't0', 't1'] as const) {
      const poll = recordedPoll(version, phase);
      const named: readonly string[] = [...listsNamedBy(poll.paths)];
      const withStream = normalise(poll, 'full').protocols.flatMap(({ connections }) =>
        connections.kind === 'facts'
          ? connections.facts.filter(({ stream, role }) => stream !== null && role !== 'idle')
          : [],
      );
      if (phase === 't0') expect(withStream.length).toBeGreaterThan(5);
      expect(
        [...new Set(withStream.map(({ list }) => list))].filter((list) => !named.includes(list)),
      ).toStrictEqual([]);
    }
  },
);

test('it is told by the names that were asked for', () => {
  expect(contradictionFailure('http://host:9997', 'srtconns', ['new', 'old'])).toStrictEqual({
    kind: 'failed',
    status: 'error',
    error: expect.stringMatching(
      /^http:\/\/host:9997 answered 404 for \/v3\/srt\/conns\/list and \/v3\/srtconns\/list, though/,
    ),
    sourceError: {
      code: 'list-hidden',
      values: { url: 'http://host:9997', routes: '/v3/srt/conns/list and /v3/srtconns/list' },
    },
  });
});
