import { describe, expect, test } from '@jest/globals';
import { connectionRecord, streamRecord } from '@mediamtx-monitor/testkit';
import { parseStored } from '../../src/publish/stored.ts';

const HEAD = {
  type: 'streams',
  v: 1,
  server: 'main',
  epoch: 7,
  seq: 9,
  collectedAt: '2026-01-01T00:00:00.000Z',
  publishedAt: '2026-01-01T00:00:02.000Z',
  intervalMs: 2_000,
  simulated: true,
  source: { status: 'up', error: null, version: null },
  missing: [],
  totals: { streams: 0, readers: 0, inboundMbps: null, outboundMbps: null, states: null, healths: null },
};
const NOTHING = {
  streams: [],
  connections: [],
  gone: [],
  reasons: [],
  collectedAtMs: null,
  simulated: false,
};
const since = '2026-01-01T00:00:00.000Z';
const reason = (code: string) => ({ code, severity: 'critical', measured: null, limit: null, since });

test('reads back what was published', () => {
  const collectedAtMs = Date.parse(HEAD.collectedAt);
  const gone = connectionRecord({ id: 'gone' });
  const texts = [JSON.stringify([connectionRecord()]), JSON.stringify([gone, 7])] as const;
  expect(parseStored(JSON.stringify(HEAD), '[]', ...texts)).toStrictEqual({
    streams: [],
    connections: [connectionRecord()],
    gone: [gone],
    reasons: [],
    collectedAtMs,
    simulated: true,
  });
});

test.each([
  [null],
  [''],
  ['{'],
  ['null'],
  ['[]'],
  ['{"epoch":7}'],
  [JSON.stringify({ ...HEAD, epoch: 'x' })],
])('a head of %j counts as not there', (head) => {
  expect(parseStored(head, '[]', '[]')).toStrictEqual(NOTHING);
});

test.each([[null], [''], ['{}'], ['[1]'], ['[{"name":"x"}]']])(
  'an array of %j is left out, but what was wrong with the server stays',
  (array) => {
    const reasons = [reason('server-unreachable')];
    expect(parseStored(JSON.stringify({ ...HEAD, reasons }), array, '[]')).toStrictEqual({
      ...NOTHING,
      reasons,
    });
  },
);

test('records that don’t fit are left out, the others stand', () => {
  const deep = JSON.stringify(streamRecord({ name: 'deep' })).replace(
    /}$/,
    `,"x":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
  );
  const streams = `[${JSON.stringify(streamRecord())},{"name":"x"},7,${deep},${JSON.stringify(streamRecord({ since: '2026-W01' }))}]`;
  const connections = `[null,${JSON.stringify(connectionRecord())}]`;
  expect(parseStored(JSON.stringify(HEAD), streams, connections)).toMatchObject({
    streams: [streamRecord()],
    connections: [connectionRecord()],
  });
});

test('a head from before anything was read gives no records', () => {
  const head = JSON.stringify({ ...HEAD, collectedAt: null });
  expect(parseStored(head, '[]', '[]')).toStrictEqual(NOTHING);
});

test.each([[null], ['x'], ['[{"id":1}]']])(
  'connections of %j are left out, the streams stand',
  (connections) => {
    const streams = JSON.stringify([streamRecord()]);
    const stored = parseStored(JSON.stringify(HEAD), streams, connections);
    expect(stored).toMatchObject({ streams: [streamRecord()], connections: [] });
  },
);

describe('what another release wrote', () => {
  const streams = (...records: object[]) =>
    parseStored(JSON.stringify(HEAD), JSON.stringify(records), '[]').streams;

  test('before 0.2: records without the newer members, and the old name of a reason', () => {
    const old = {
      ...streamRecord({ state: 'waiting', health: 'critical' }),
      reasons: [reason('source-lost')],
    };
    expect(streams(old)).toStrictEqual([{ ...old, reasons: [reason('off-air')] }]);
  });

  test('after: reasons and states that aren’t known here are passed over, their records stand', () => {
    const newer = {
      ...streamRecord({ name: 'cam', health: 'critical' }),
      state: 'dreaming',
      reasons: [reason('haunted'), reason('stalled'), 7],
    };
    expect(streams(newer, streamRecord())).toStrictEqual([streamRecord()]);
    expect(streams({ ...newer, reasons: [reason('haunted'), reason('stalled')] })).toStrictEqual([
      { ...newer, state: 'unknown', reasons: [reason('stalled')] },
    ]);
  });

  test('connections, and what is wrong with the server, too', () => {
    const connection = { ...connectionRecord(), reasons: [reason('haunted')] };
    const head = { ...HEAD, reasons: [reason('haunted'), reason('server-unreachable')] };
    expect(parseStored(JSON.stringify(head), '[]', JSON.stringify([connection]))).toMatchObject({
      connections: [{ ...connection, reasons: [] }],
      reasons: [reason('server-unreachable')],
    });
  });

  test('what was wrong with a server that was never read stays', () => {
    const head = { ...HEAD, collectedAt: null, reasons: [reason('server-unreachable')] };
    expect(parseStored(JSON.stringify(head), null, null)).toMatchObject({
      collectedAtMs: null,
      reasons: [reason('server-unreachable')],
    });
  });
});
