import { streamRecord } from '@mediamtx-monitor/testkit';
import {
  joinMessage,
  type Reason,
  type ReasonCode,
  redisNames,
  type StreamRecord,
  type StreamsHead,
} from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';

const TICK_MS = 1_000;
const SINCE = '2026-01-01T00:00:00.000Z';
const ERROR = 'connection refused';

const reason = (code: ReasonCode, severity: Reason['severity'] = 'critical'): Reason => ({
  ...{ code, severity, measured: null, limit: null },
  since: SINCE,
});
const LAST = {
  liveAt: SINCE,
  liveSince: SINCE,
  wasStalled: false,
  sourceType: 'srtConn',
  tracks: ['H264'],
  media: { video: null, audio: null, others: ['H264'] },
  protocol: 'srt',
  publisher: null,
  readers: 0,
  inboundMbps: 2,
} as const;
const dead = (code: ReasonCode, fields: Partial<StreamRecord>): StreamRecord =>
  streamRecord({
    name: code,
    state: 'missing',
    health: 'critical',
    reasons: [reason(code)],
    last: LAST,
    ...fields,
  });

/** One stream for each way of being dead, and one that isn't forwarded. */
const streamsOf = (server: string): readonly StreamRecord[] => [
  dead('not-live', { server, expectedBy: 'configuration' }),
  dead('source-down', {
    server,
    state: 'waiting',
    expectedBy: 'pull',
    pull: { onDemand: false, state: 'error', error: ERROR },
  }),
  dead('off-air', { server, expectedBy: null }),
  streamRecord({
    name: 'forward-failing',
    server,
    state: 'live',
    health: 'warning',
    reasons: [reason('forward-failing', 'warning')],
    expectedBy: null,
    forwards: [
      {
        position: 1,
        protocol: 'rtmp',
        state: 'error',
        error: ERROR,
        remoteAddr: null,
        outboundBytes: 1_000,
        outboundMbps: null,
      },
    ],
  }),
];

function headOf(server: string, seq: number, changes: Partial<StreamsHead> = {}): StreamsHead {
  const now = new Date().toISOString();
  return {
    type: 'streams',
    v: 1,
    server,
    epoch: 1,
    seq,
    collectedAt: now,
    publishedAt: now,
    intervalMs: 2 * TICK_MS,
    simulated: true,
    source: { status: 'up', error: null, version: 'v1.21.0' },
    missing: [],
    totals: {
      streams: 2,
      missing: 2,
      readers: 0,
      inboundMbps: 0,
      outboundMbps: 0,
      states: { idle: 0, waiting: 1, live: 1, stalled: 0, standby: 0, unknown: 0 },
      healths: { ok: 0, warning: 1, critical: 3, unknown: 0 },
    },
    reasons: [],
    ...changes,
  };
}

/**
 * Publishes constructed snapshots every second, as collectors do: of a server whose streams are dead in every way there
 * is, and of one that can't be read. Of a third nothing has been heard for two minutes. Ends with the function returned.
 */
export async function publishDeadStreams(url: string, prefix: string): Promise<() => Promise<void>> {
  const redis = new Redis(url);
  const names = redisNames(prefix);
  let seq = 0;
  const publish = async (head: StreamsHead): Promise<void> => {
    const { server } = head;
    const [headJson, streams] = [JSON.stringify(head), JSON.stringify(streamsOf(server))];
    await redis
      .multi()
      .set(names.latest('streams', server), streams)
      .set(names.latest('connections', server), '[]')
      .set(names.streamsMeta(server), headJson)
      .hset(names.servers, server, headJson)
      .publish(names.channel('streams'), joinMessage('streams', headJson, streams))
      .exec();
  };
  const tick = async (): Promise<void> => {
    seq += 1;
    await publish(headOf('constructed', seq));
    const source = { status: 'down', error: ERROR, version: null } as const;
    await publish(
      headOf('constructed-down', seq, {
        source,
        collectedAt: SINCE,
        reasons: [reason('server-unreachable')],
      }),
    );
  };
  const before = new Date(Date.now() - 120_000).toISOString();
  await publish(headOf('constructed-silent', 1, { collectedAt: before, publishedAt: before }));
  await tick();
  let last = Promise.resolve();
  const timer = setInterval(() => {
    last = last.then(tick);
  }, TICK_MS);
  return async () => {
    clearInterval(timer);
    await last;
    redis.disconnect();
  };
}
