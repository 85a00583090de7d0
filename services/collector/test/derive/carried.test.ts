import { describe, expect, test } from '@jest/globals';
import {
  connectionRecord,
  liveStream,
  lossReason,
  srtConnection as srtRecord,
} from '@mediamtx-monitor/testkit';
import type { Forward } from '@mediamtx-monitor/types';
import { carriedConnection, carriedStream } from '../../src/derive/carried.ts';
import { restoreMemory } from '../../src/derive/index.ts';
import {
  isoAfter,
  type TickFacts,
  pathFact,
  rtmpConnection,
  srtConnection,
  START_MS,
  ticker,
  momentAt,
} from './facts.ts';

const UP: TickFacts = {
  paths: [pathFact()],
  connections: [srtConnection(), rtmpConnection(3)],
};
/** Nothing answers. */
const DOWN: TickFacts = {
  paths: null,
  but: (made) => ({
    ...made,
    protocols: made.protocols.map(({ protocol }) => ({ protocol, connections: { kind: 'failed' } })),
  }),
};

describe('a record that is carried', () => {
  const { streams, connections } = ticker().tick(UP);
  const [stream] = streams;
  const [connection] = connections;
  if (stream === undefined || connection === undefined) throw new Error('no record');

  test('is a new one the first time, and the same after', () => {
    const carried = carriedStream(stream, undefined, isoAfter(0));
    expect(carried).not.toBe(stream);
    expect(carriedStream(carried, undefined, isoAfter(0))).toBe(carried);
    const known = carriedConnection(connection, true);
    expect(known).not.toBe(connection);
    expect(carriedConnection(known, true)).toBe(known);
  });

  test('of a stream that is unknown since another time is a new one', () => {
    const carried = carriedStream(stream, undefined, isoAfter(0));
    expect(carriedStream(carried, undefined, isoAfter(2_000))).toStrictEqual({
      ...carried,
      since: isoAfter(2_000),
    });
    expect(carried.since).toBe(isoAfter(0));
  });

  test('of a live stream whose health is unknown is made unknown all the same', () => {
    const live = { ...stream, health: 'unknown' as const };
    expect(carriedStream(live, undefined, stream.since)).toStrictEqual(
      carriedStream(stream, undefined, stream.since),
    );
    expect(carriedStream(live, undefined, stream.since).state).toBe('unknown');
  });
});

describe('a connection with reasons, whose list can’t be read', () => {
  const near = () => ({ ...UP, connections: [srtConnection({ rttMs: 50 }), rtmpConnection(3)] });
  const failing: TickFacts = {
    ...UP,
    but: (made) => ({
      ...made,
      protocols: made.protocols.map(({ protocol }) => ({ protocol, connections: { kind: 'failed' } })),
    }),
  };
  const lived = () => {
    const run = ticker();
    const before = [0, 1, 2].map(() => run.tick(near())).at(-1);
    return { ...run, before };
  };

  test('keeps them, with nothing else that is derived; the same record in each tick', () => {
    const { tick, before } = lived();
    const first = tick(failing).connections;
    expect(first).toMatchObject([
      { health: 'critical', reasons: before?.connections[0]?.reasons, srt: { rttMs: null } },
      { health: 'unknown', reasons: [], rtmp: { framesDiscarded: null } },
    ]);
    tick(failing).connections.forEach((record, index) => {
      expect(record).toBe(first[index]);
    });
  });

  test('its stream is as bad as they are', () => {
    const { tick, before } = lived();
    const { streams } = tick(failing);
    expect(streams).toMatchObject([{ health: 'critical', rttMs: null, rtt: null }]);
    expect(streams[0]?.reasons).toStrictEqual(
      expect.arrayContaining([...(before?.streams[0]?.reasons ?? [])]),
    );
  });

  test('keeps none while the path list can’t be read either; they are back with it, since when they stood', () => {
    const { tick, before } = lived();
    expect(tick(DOWN)).toMatchObject({
      streams: [{ health: 'unknown', reasons: [] }],
      connections: [{ health: 'unknown', reasons: [] }, {}],
    });
    expect(tick(near()).connections[0]?.reasons).toStrictEqual(before?.connections[0]?.reasons);
  });
});

describe('of what is carried nothing derived is left', () => {
  const reasons = [lossReason({ code: 'discards' })];
  const ill = { health: 'warning', reasons } as const;
  const unmeasured = connectionRecord({ ...ill, rtmp: { framesDiscarded: null } });

  test('in a connection with reasons', () => {
    expect(carriedConnection(unmeasured, true)).toBe(unmeasured);
    for (const rates of [{ inboundMbps: 1 }, { outboundMbps: 1 }]) {
      expect(carriedConnection({ ...unmeasured, ...rates }, true)).toStrictEqual(unmeasured);
    }
    const half = srtRecord({ ...ill, inboundMbps: null, outboundMbps: null }, { bufferMs: null });
    const carried = carriedConnection(half, true);
    expect(carried).toMatchObject({ ...ill, srt: { rttMs: null, bufferMs: null, latencyMs: null } });
  });

  test('in a stream, nor the rates of its forwards; what was told of them stays', () => {
    const forward: Forward = {
      position: 1,
      protocol: 'rtmp',
      state: 'error',
      error: 'EOF',
      remoteAddr: null,
      outboundBytes: 5,
      outboundMbps: 1,
    };
    const live = liveStream({ forwards: [forward] });
    expect(carriedStream(live, undefined, isoAfter(0))).toMatchObject({
      state: 'unknown',
      inboundMbps: null,
      last: null,
      forwards: [{ ...forward, outboundMbps: null }],
    });
  });
});

describe('while a server is down', () => {
  test('the records of each tick are those of the tick before', () => {
    const { tick } = ticker();
    tick(UP);
    const first = tick(DOWN);
    expect([first.streams.length, first.connections.length]).toStrictEqual([1, 2]);
    for (let times = 0; times < 3; times += 1) {
      const next = tick(DOWN);
      next.streams.forEach((record, index) => {
        expect(record).toBe(first.streams[index]);
      });
      next.connections.forEach((record, index) => {
        expect(record).toBe(first.connections[index]);
      });
      expect([next.streams.length, next.connections.length]).toStrictEqual([1, 2]);
    }
  });

  test('a collector that starts then takes over the records that were published', () => {
    const { tick } = ticker();
    tick(UP);
    const published = tick(DOWN);
    const restored = restoreMemory(published, momentAt(START_MS + 4_000));
    const next = ticker({}, restored, START_MS + 4_000).tick(DOWN);
    expect(next.streams[0]).toBe(published.streams[0]);
    expect(next.connections[0]).toBe(published.connections[0]);
    expect(next.connections[1]).toBe(published.connections[1]);
  });

  test('afterwards, and when it goes down again, they are new', () => {
    const { tick } = ticker();
    tick(UP);
    tick(DOWN);
    expect(tick(UP)).toMatchObject({
      streams: [{ state: 'live', health: 'ok', rttMs: 10 }],
      connections: [
        { health: 'ok', srt: { rttMs: 10 } },
        { health: 'ok', rtmp: { framesDiscarded: 3 } },
      ],
    });
    expect(tick(DOWN).streams[0]).toMatchObject({ state: 'unknown', since: isoAfter(6_000) });
  });
});
