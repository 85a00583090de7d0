import { describe, expect, test } from '@jest/globals';
import { PROTOCOLS, type ConnectionRecord, type Protocol, type StreamRecord } from '@mediamtx-monitor/types';
import { derive, type Memory, NO_MEMORY, type Snapshot } from '../../src/derive/index.ts';
import type { ListFacts, Observation } from '../../src/facts.ts';
import { isoAfter, SETTINGS, START_MS, TICK_MS, momentAt } from './facts.ts';
import { recordedObservation } from './recorded.ts';
import type { ConnectionFact, ListName } from '../../src/protocols/index.ts';

/** The streams of the recording that are published over a protocol. */
const PUBLISHED: Readonly<Record<Protocol, readonly string[]>> = {
  srt: ['cam/one', 'srt-cred'],
  rtsp: ['forwarded', 'rtsp-cam', 'x-secured'],
  rtsps: [],
  rtmp: ['re/deep/er', 'rtmp-cam'],
  rtmps: [],
  hls: [],
  webrtc: ['whip-cam'],
  moq: [],
};
/** The list that is missing when a protocol's connections aren't known. */
const LIST: Readonly<Record<Protocol, ListName>> = {
  srt: 'srtconns',
  rtsp: 'rtspsessions',
  rtsps: 'rtspssessions',
  rtmp: 'rtmpconns',
  rtmps: 'rtmpsconns',
  hls: 'hlssessions',
  webrtc: 'webrtcsessions',
  moq: 'moqsessions',
};
const ERROR = 'no answer in time';
/** What is said of the server when lists are missing since the second moment. */
const missingSince = (detail: string) => ({
  code: 'list-missing',
  severity: 'warning',
  measured: null,
  limit: null,
  since: isoAfter(TICK_MS),
  detail,
});

type ObservationChange = (observation: Observation) => Observation;
const same: ObservationChange = (observation) => observation;

/** A recorded MoQ client isn't to be had; one is added to the newest recording. */
const MOQ: ConnectionFact = {
  id: 'moq-1',
  list: 'moqsessions',
  stream: 'cam/one',
  role: 'read',
  remoteAddr: null,
  user: null,
  userAgent: null,
  openedAtMs: null,
  inboundBytes: 1,
  outboundBytes: 2,
  protocol: 'moq',
  version: 'draft-14',
  transport: null,
};

const withConnections =
  (of: Protocol, connections: ListFacts<ConnectionFact>): ObservationChange =>
  (observation) => ({
    ...observation,
    protocols: observation.protocols.map((facts) =>
      facts.protocol === of ? { protocol: of, connections } : facts,
    ),
  });
const failing =
  (of: Protocol): ObservationChange =>
  (observation) => ({
    ...withConnections(of, { kind: 'failed' })(observation),
    error: ERROR,
    missing: [...observation.missing, LIST[of]],
  });

/** The recording of 1.20.1 at both its moments; the second is changed as told. */
function snapshots(change: ObservationChange): { first: Snapshot; second: Snapshot; memory: Memory } {
  const seen = (phase: 't0' | 't1', receivedAtMs: number) =>
    withConnections('moq', { kind: 'facts', facts: [MOQ], receivedAtMs })(
      recordedObservation('1.20.1', phase, receivedAtMs),
    );
  const first = derive(NO_MEMORY, seen('t0', 0), SETTINGS, momentAt(START_MS));
  const second = derive(first.memory, change(seen('t1', TICK_MS)), SETTINGS, momentAt(START_MS + TICK_MS));
  return { first: first.snapshot, second: second.snapshot, memory: second.memory };
}

const whole = snapshots(same);
const OF_SRT: readonly (keyof StreamRecord)[] = [
  'rtt',
  'recvRateMbps',
  'linkCapacityMbps',
  'rttMs',
  'latencyMs',
  'linkLossPercent',
  'retransmitPercent',
  'unrecoveredPercent',
];
/** A stream of which nothing is known that its publisher tells. */
const withoutPublisher = (stream: StreamRecord): object => ({
  ...stream,
  ...Object.fromEntries(OF_SRT.map((field) => [field, null])),
  health: 'unknown',
  reasons: [],
});

/** All but the records. */
const restOf = ({ totals, source, collectedAtMs, simulated, missing, reasons }: Snapshot) => ({
  totals,
  source,
  collectedAtMs,
  simulated,
  missing,
  reasons,
});

/** The member under which a record tells what only its protocol does. */
function detailOf(record: ConnectionRecord): object {
  const detail = Object.entries(record).find(
    ([, value]) => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  return (detail?.[1] ?? {}) as object;
}

test('without a failure all 14 streams of the recording are well', () => {
  expect(whole.second.totals.healths).toStrictEqual({ ok: 14, warning: 0, critical: 0, unknown: 0 });
});

test('every protocol has connections in the recording', () => {
  expect(new Set(whole.second.connections.map(({ protocol }) => protocol))).toStrictEqual(new Set(PROTOCOLS));
});

describe.each(PROTOCOLS)('the list of %s fails', (protocol) => {
  const { first, second } = snapshots(failing(protocol));
  const isOwn = (record: ConnectionRecord) => record.protocol === protocol;

  test('all other connections are as without the failure', () => {
    expect(second.connections.filter((record) => !isOwn(record))).toStrictEqual(
      whole.second.connections.filter((record) => !isOwn(record)),
    );
  });

  test('its own stay as last read, health unknown, nothing derived, nothing of their protocol', () => {
    const own = second.connections.filter(isOwn);
    const last = first.connections.filter(isOwn);
    expect(own).toHaveLength(last.length);
    own.forEach((record, index) => {
      const was = last[index];
      expect(record).toMatchObject({
        id: was?.id,
        stream: was?.stream,
        role: was?.role,
        remoteAddr: was?.remoteAddr,
        since: was?.since,
        inboundBytes: was?.inboundBytes,
        outboundBytes: was?.outboundBytes,
        inboundMbps: null,
        outboundMbps: null,
        health: 'unknown',
        reasons: [],
      });
      const detail = detailOf(record);
      expect(Object.keys(detail).length).toBeGreaterThan(0);
      expect(new Set(Object.values(detail))).toStrictEqual(new Set([null]));
    });
  });

  const published = PUBLISHED[protocol];

  test('streams published over it change in what their publisher tells, all others not at all', () => {
    const expected = whole.second.streams.map((stream) =>
      published.includes(stream.name) ? withoutPublisher(stream) : stream,
    );
    expect(second.streams).toStrictEqual(expected);
  });

  test('it is missing, the error says why, and the healths count; nothing else changes', () => {
    const expected = restOf(whole.second);
    expect(expected).toMatchObject({ source: { error: null }, missing: [] });
    expect(restOf(second)).toStrictEqual({
      ...expected,
      source: { ...expected.source, error: ERROR },
      missing: [LIST[protocol]],
      reasons: [missingSince(LIST[protocol])],
      totals: {
        ...expected.totals,
        healths: { ok: 14 - published.length, warning: 0, critical: 0, unknown: published.length },
      },
    });
  });

  test('when it is back the rates are over the whole time, as if it had never failed', () => {
    const { memory } = snapshots(failing(protocol));
    const at = 2 * TICK_MS;
    const back = (from: Memory) =>
      derive(from, recordedObservation('1.20.1', 't1', at), SETTINGS, momentAt(START_MS + at)).snapshot
        .connections;
    const rates = back(memory)
      .filter(isOwn)
      .map(({ id, inboundMbps }) => [id, inboundMbps]);
    const halved = whole.second.connections
      .filter((record) => isOwn(record) && protocol !== 'moq')
      .map(({ id, inboundMbps }) => [id, inboundMbps === null ? null : inboundMbps / 2]);
    expect(rates).toHaveLength(halved.length);
    rates.forEach(([id, rate], index) => {
      const [expectedId, expectedRate] = halved[index] ?? [];
      expect(id).toBe(expectedId);
      if (typeof expectedRate !== 'number') expect(rate).toBeNull();
      else expect(Math.abs(Number(rate) - expectedRate)).toBeLessThan(0.001);
    });
  });
});

test.each(PROTOCOLS)('the list of %s is off: its connections are gone, not unknown', (protocol) => {
  const { second } = snapshots(withConnections(protocol, { kind: 'off' }));
  expect(second.connections).toStrictEqual(
    whole.second.connections.filter((record) => record.protocol !== protocol),
  );
});

test('all connection lists fail: the streams stand', () => {
  const { second } = snapshots((seen) => PROTOCOLS.reduce((now, protocol) => failing(protocol)(now), seen));
  expect(second.streams.map(({ name, state, inboundMbps }) => [name, state, inboundMbps])).toStrictEqual(
    whole.second.streams.map(({ name, state, inboundMbps }) => [name, state, inboundMbps]),
  );
  expect(new Set(second.connections.map(({ health }) => health))).toStrictEqual(new Set(['unknown']));
  expect(second.totals.healths).toStrictEqual({ ok: 6, warning: 0, critical: 0, unknown: 8 });
  expect(second.missing).toStrictEqual(PROTOCOLS.map((protocol) => LIST[protocol]));
});

test('the path list fails: connections change only in what needs their stream, the clock rate', () => {
  const { second } = snapshots((seen) => ({ ...seen, paths: null }));
  const withoutJitter = (records: readonly ConnectionRecord[]) =>
    JSON.parse(JSON.stringify(records), (key, value: unknown) =>
      key === 'jitterMs' ? null : value,
    ) as unknown;
  expect(second.connections).toStrictEqual(withoutJitter(whole.second.connections));
  expect(new Set(second.streams.map(({ state }) => state))).toStrictEqual(new Set(['unknown']));
});

test('the version isn’t told: only the snapshot’s source changes', () => {
  const { second } = snapshots((seen) => ({ ...seen, version: null }));
  expect(second).toStrictEqual({ ...whole.second, source: { ...whole.second.source, version: null } });
});

test('the question for the version fails: only the snapshot’s source changes, and what is missing and says so', () => {
  const { second } = snapshots((seen) => ({ ...seen, version: null, error: ERROR, missing: ['info'] }));
  expect(second).toStrictEqual({
    ...whole.second,
    source: { status: 'up', error: ERROR, version: null },
    missing: ['info'],
    reasons: [missingSince('info')],
  });
});
