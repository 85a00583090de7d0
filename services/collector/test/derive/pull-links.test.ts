import { describe, expect, test } from '@jest/globals';
import { connectionRecordSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import type { PathDetails, PathFact } from '../../src/facts.ts';
import {
  IDLE,
  isoAfter,
  nextCollector,
  pathFact,
  srtConnection,
  START_MS,
  type TickFacts,
  ticker,
} from './facts.ts';
import type { ConnectionFact, SrtFact } from '../../src/protocols/index.ts';

const PULLED: Partial<PathFact> = { confName: 'cam', sourceType: 'srtSource', sourceId: null };

/** The link of a pull, as MediaMTX 1.21 tells of it. */
const linkOf = (srt: Partial<SrtFact>, inboundBytes = 0): ConnectionFact =>
  srtConnection(srt, { id: 'pull:cam', inboundBytes });
const answers = (link: ConnectionFact | null, receivedAtMs: number): Partial<PathDetails> => ({
  sources: new Map([['cam', { fact: { state: 'running', error: null, link }, receivedAtMs }]]),
});
const factsAt = (at: number, details: Partial<PathDetails>, fields: Partial<PathFact> = {}): TickFacts => ({
  paths: [pathFact({ ...PULLED, inboundBytes: at, ...fields })],
  details,
});

test('is a connection like a publisher’s, and its stream has its numbers but for the first eight fields', () => {
  const { tick } = ticker();
  tick(factsAt(1, answers(linkOf({ uniquePackets: 0 }, 0), 0)));
  const { connections, streams } = tick(
    factsAt(2, answers(linkOf({ uniquePackets: 1_000, rttMs: 20 }, 250_000), 2_000)),
  );
  expect(connections).toMatchObject([
    {
      id: 'pull:cam',
      stream: 'cam',
      role: 'publish',
      protocol: 'srt',
      inboundMbps: 1,
      srt: { rttMs: 20, linkLossPercent: 0 },
    },
  ]);
  Joi.assert(connections[0], connectionRecordSchema);
  expect(streams[0]).toMatchObject({
    rtt: null,
    recvRateMbps: null,
    linkCapacityMbps: null,
    rttMs: 20,
    latencyMs: 120,
    linkLossPercent: 0,
  });
});

test('its reasons count for the stream', () => {
  const { tick } = ticker();
  const near = (at: number) => tick(factsAt(at, answers(linkOf({ rttMs: 50 }), at)));
  near(0);
  near(2_000);
  expect(near(4_000)).toMatchObject({
    streams: [{ health: 'critical', reasons: [{ code: 'rtt-near-latency' }] }],
    connections: [{ health: 'critical' }],
  });
});

describe('between two answers', () => {
  test('stays as last read, for a minute', () => {
    const { tick } = ticker();
    const [link] = tick(factsAt(0, answers(linkOf({ rttMs: 20 }), 0)), 60_000).connections;
    const later = tick(factsAt(1, {}));
    expect(later.connections[0]).toBe(link);
    expect(later.streams[0]).toMatchObject({ rttMs: 20 });
    expect(tick(factsAt(2, {}))).toMatchObject({ connections: [], streams: [{ rttMs: null }] });
  });

  test('its rates and losses are over the time between', () => {
    const { tick } = ticker();
    tick(factsAt(0, answers(linkOf({ uniquePackets: 0, lostPackets: 0 }, 0), 0)), 10_000);
    tick(factsAt(1, {}), 10_000);
    const [link] = tick(
      factsAt(2, answers(linkOf({ uniquePackets: 1_000, lostPackets: 10 }, 2_500_000), 20_000)),
    ).connections;
    expect(link).toMatchObject({ inboundMbps: 1, srt: { linkLossPercent: 1 } });
  });
});

describe('its counters begin anew', () => {
  const after = (
    details: Partial<PathDetails>,
    fields: Partial<PathFact> = {},
    between: TickFacts[] = [],
  ) => {
    const { tick } = ticker();
    tick(factsAt(0, answers(linkOf({ uniquePackets: 1_000 }, 1_000_000), 0)));
    for (const one of between) tick(one);
    return tick(factsAt(1, details, fields)).connections[0];
  };
  const more = answers(linkOf({ uniquePackets: 2_000 }, 2_000_000), 4_000);

  test('not when they go on', () => {
    expect(after(more)).toMatchObject({ inboundMbps: 2, srt: { linkLossPercent: 0 } });
  });

  test('when one fell', () => {
    const fell = answers(linkOf({ uniquePackets: 500 }, 500_000), 4_000);
    expect(after(fell)).toMatchObject({ inboundMbps: null, srt: { linkLossPercent: null } });
  });

  test('when it wasn’t connected in between', () => {
    expect(after(more, {}, [factsAt(0, answers(null, 2_000))])).toMatchObject({
      inboundMbps: null,
      srt: { linkLossPercent: null },
    });
  });

  test('when the stream has', () => {
    expect(after(more, { readyAtMs: START_MS + 3_000 })).toMatchObject({
      inboundMbps: null,
      srt: { linkLossPercent: null },
    });
  });
});

test.each<[string, TickFacts]>([
  ['isn’t live', factsAt(1, {}, { ...IDLE, sourceType: 'srtSource' })],
  ['shows its filler', factsAt(1, {}, { online: false })],
  ['isn’t listed', { paths: [] }],
  ['has begun anew', factsAt(1, {}, { readyAtMs: START_MS })],
])('goes when its stream %s', (_what, next) => {
  const { tick, memory } = ticker();
  tick(factsAt(0, answers(linkOf({}), 0)));
  expect(tick(next).connections).toStrictEqual([]);
  expect([...memory().connections]).toStrictEqual([]);
});

test('that is answered of a stream that isn’t live is none', () => {
  const { tick } = ticker();
  expect(tick(factsAt(0, answers(linkOf({}), 0), { ready: false })).connections).toStrictEqual([]);
});

test('is unknown while the path list can’t be read, and goes on after', () => {
  const { tick } = ticker();
  tick(factsAt(0, answers(linkOf({ rttMs: 20 }), 0)));
  expect(tick({ paths: null }).connections).toMatchObject([
    { id: 'pull:cam', health: 'unknown', srt: { rttMs: null } },
  ]);
  expect(tick(factsAt(1, answers(linkOf({ rttMs: 20 }, 750_000), 4_000))).connections).toMatchObject([
    { health: 'ok', inboundMbps: 1.5 },
  ]);
});

test('stays as it is while a list of its protocol can’t be read: it stands in none', () => {
  const { tick } = ticker();
  const [link] = tick(factsAt(0, answers(linkOf({}), 0))).connections;
  const failing = tick({
    ...factsAt(1, {}),
    but: (made) => ({
      ...made,
      protocols: made.protocols.map(({ protocol }) => ({ protocol, connections: { kind: 'failed' } })),
    }),
  });
  expect(failing.connections).toStrictEqual([link]);
  expect(failing.streams[0]?.health).toBe('ok');
});

test('is taken over by the next collector, with what was wrong', () => {
  const first = ticker();
  for (const at of [0, 2_000]) first.tick(factsAt(at, answers(linkOf({ rttMs: 50 }), at)));
  const published = first.tick(factsAt(3, answers(linkOf({ rttMs: 50 }), 4_000)));
  const { tick } = nextCollector(START_MS + 6_000, published);
  expect(tick(factsAt(4, {}))).toMatchObject({
    connections: published.connections,
    streams: [{ reasons: [{ code: 'rtt-near-latency', since: isoAfter(4_000) }] }],
  });
});

test('while the path list can’t be read nothing is known of it, its reasons neither', () => {
  const { tick } = ticker();
  const near = (at: number) => tick(factsAt(at, answers(linkOf({ rttMs: 50 }), at)));
  near(0);
  near(2_000);
  expect(near(4_000).connections[0]?.health).toBe('critical');
  expect(tick({ paths: null }).connections).toMatchObject([
    { id: 'pull:cam', health: 'unknown', reasons: [], srt: { rttMs: null } },
  ]);
});

test('its reasons stand through a restart of the collector', () => {
  const first = ticker();
  const near = (at: number) => factsAt(at, answers(linkOf({ rttMs: 50 }), at));
  first.tick(near(0));
  first.tick(near(2_000));
  const published = first.tick(near(4_000));
  const { tick } = nextCollector(START_MS + 6_000, published);
  expect(tick(near(6_000)).connections[0]?.reasons).toMatchObject([
    { code: 'rtt-near-latency', since: isoAfter(4_000) },
  ]);
});

test('is none of a stream that isn’t listed, nor a minute after the last answer, whenever that was', () => {
  const { tick } = ticker();
  expect(tick({ paths: [], details: answers(linkOf({}), 0) }, 1_000_000).connections).toStrictEqual([]);
  tick(factsAt(1, answers(linkOf({}), 1_000_000)), 60_000);
  expect(tick(factsAt(2, {}), 1).connections).toHaveLength(1);
  expect(tick(factsAt(3, {})).connections).toHaveLength(0);
});
