import { expect, test } from '@jest/globals';
import { eventually, startRedisServer } from '@mediamtx-monitor/testkit';
import { HISTORY, recentPartOf } from '@mediamtx-monitor/types';
import type { Redis } from 'ioredis';
import { historyKey, historyKeys } from '../../src/history/history-keys.ts';
import { RecentTicks } from '../../src/history/recent-ticks.ts';
import { ScaleCodec } from '../../src/history/scale.ts';
import { SLOT_CODECS } from '../../src/history/slots.ts';
import { startBench } from '../support/history.ts';

const MINUTE_MS = 60_000;
const NOTHING = { state: null, health: null, seconds: 0, inbound: [null, null, null] };
const STREAMS = { kind: 'streams', server: 'main' } as const;
const scale = new ScaleCodec(HISTORY.stream.fields.inboundMbps.scale);
/** What so many Mbit/s are read as. */
const readAs = (mbps: number): number => scale.decode(scale.encode(mbps));
const FOUR = readAs(4);

/** The ticks of `cam` in a string: second of the minute, and Mbit/s. */
function ticksOf(bytes: Buffer | null): (readonly [number, number | undefined])[] {
  const seen: (readonly [number, number | undefined])[] = [];
  new RecentTicks('stream', bytes ?? Buffer.alloc(0)).each('cam', ({ atMs, values }) => {
    seen.push([(atMs / 1_000) % 60, values[0]]);
  });
  return seen;
}

test('ticks become slots of 30 s and of 5 minutes, across hours and days', async () => {
  const { createWriter, pass, slot, durable, names } = startBench('2026-11-28T23:49:00.000Z');
  const writer = createWriter();
  writer.start();
  await pass(writer, 2, () => ({}));
  await pass(writer, 22 * MINUTE_MS, () => ({ cam: { inboundMbps: 4 } }));
  await writer.stop();
  const fine = { state: 'live', health: 'ok', seconds: 30, inbound: [FOUR, FOUR, FOUR] };
  expect(await slot('cam', '30s', '2026-11-28T23:48:30Z')).toStrictEqual(NOTHING);
  expect(await slot('cam', '30s', '2026-11-28T23:59:30Z')).toStrictEqual(fine);
  expect(await slot('cam', '30s', '2026-11-29T00:00:00Z')).toStrictEqual(fine);
  expect(await slot('cam', '5m', '2026-11-28T23:55:00Z')).toStrictEqual({ ...fine, seconds: 300 });
  expect(await slot('cam', '5m', '2026-11-29T00:05:00Z')).toStrictEqual({ ...fine, seconds: 300 });
  expect(await slot('cam', '5m', '2026-11-29T00:15:00Z')).toStrictEqual(NOTHING);
  const subject = { kind: 'stream', server: 'main', stream: 'cam' } as const;
  const from = Date.parse('2026-11-28T23:00:00Z');
  for (const { key } of historyKeys(names, subject, '30s', from, from + 2 * 3_600_000)) {
    expect(await durable.pttl(key)).toBeGreaterThan(86_400_000);
    expect(await durable.pttl(key)).toBeLessThanOrEqual(2 * 3_600_000 + 86_400_000);
  }
});

test.each([
  // So little is less than a step of the mean.
  [4, readAs(4)],
  [58, readAs((4 * (300 - 58)) / 300)],
])('a drop of %d s is seen in 5 minutes', async (dropSeconds, mean) => {
  const { createWriter, pass, slot, clock } = startBench('2026-11-29T20:09:58.000Z');
  const writer = createWriter();
  const dropMs = Date.parse('2026-11-29T20:14:02.000Z');
  await pass(writer, 12 * MINUTE_MS, (atMs) =>
    atMs >= dropMs && atMs < dropMs + dropSeconds * 1_000
      ? { cam: { state: 'idle', inboundMbps: 0 } }
      : { cam: { inboundMbps: 4 } },
  );
  await writer.stop();
  expect(clock.wallMs()).toBeGreaterThan(dropMs);
  const { state, inbound } = await slot('cam', '5m', '2026-11-29T20:10:00Z');
  expect([state, ...inbound]).toStrictEqual(['idle', mean, 0, FOUR]);
  expect((await slot('cam', '5m', '2026-11-29T20:15:00Z')).inbound).toStrictEqual([FOUR, FOUR, FOUR]);
});

test('who goes on in the middle of a slot joins it with what stands there; what nobody saw is unknown', async () => {
  const { createWriter, pass, slot } = startBench('2026-11-29T20:09:58.000Z');
  const first = createWriter();
  await pass(first, 2_000 + 3 * MINUTE_MS, () => ({ cam: { inboundMbps: 8 } }));
  await first.stop();
  await pass(createWriter(), 10_000, () => ({}));
  const second = createWriter();
  await pass(second, 6 * MINUTE_MS, () => ({ cam: { inboundMbps: 2 } }));
  await second.stop();
  const { seconds, inbound } = await slot('cam', '5m', '2026-11-29T20:10:00Z');
  const [mean = null, min = null, max = null] = inbound;
  expect(seconds).toBeGreaterThan(280);
  expect(seconds).toBeLessThan(300);
  expect(mean).toBeGreaterThan(5.2);
  expect(mean).toBeLessThan(6.1);
  expect([min, max]).toStrictEqual([readAs(2), readAs(8)]);
  expect((await slot('cam', '30s', '2026-11-29T20:13:00Z')).seconds).toBeLessThan(20);
});

test('a clock that is set back overwrites nothing, and one that was ahead leaves nothing there', async () => {
  const { createWriter, pass, slot, clock, durable, names } = startBench('2026-11-29T18:00:00.000Z');
  const writer = createWriter();
  await pass(writer, 25 * MINUTE_MS, () => ({ cam: { inboundMbps: 4 } }));
  clock.stepWall(365 * 86_400_000);
  await pass(writer, 20_000, () => ({ cam: { inboundMbps: 1 } }));
  clock.stepWall(-365 * 86_400_000 - 15 * MINUTE_MS);
  await pass(writer, 12 * MINUTE_MS, () => ({ cam: { inboundMbps: 4 } }));
  await writer.stop();
  expect((await slot('cam', '5m', '2026-11-29T18:05:00Z')).inbound).toStrictEqual([FOUR, FOUR, FOUR]);
  expect((await slot('cam', '30s', '2026-11-29T18:15:00Z')).inbound).toStrictEqual([FOUR, FOUR, FOUR]);
  const subject = { kind: 'stream', server: 'main', stream: 'cam' } as const;
  const from = Date.parse('2027-11-29T00:00:00Z');
  const ahead = historyKeys(names, subject, '5m', from, from + 1).map(({ key }) => key);
  expect(await durable.exists(...ahead)).toBe(0);
});

test('while the durable Redis is away the newest half hour waits; the rest is unknown', async () => {
  const server = await startRedisServer();
  try {
    const { createWriter, pass, slot, lines } = startBench('2026-11-29T10:00:00.000Z', server.url);
    const writer = createWriter();
    await pass(writer, 10 * MINUTE_MS, () => ({ cam: { inboundMbps: 4 } }));
    await server.stop();
    await pass(writer, 60 * MINUTE_MS, () => ({ cam: { inboundMbps: 4 } }), 30_000);
    await server.start();
    await pass(writer, 10 * MINUTE_MS, () => ({ cam: { inboundMbps: 4 } }), 30_000);
    await writer.stop();
    expect(await slot('cam', '30s', '2026-11-29T10:30:00Z')).toStrictEqual(NOTHING);
    expect(await slot('cam', '5m', '2026-11-29T10:30:00Z')).toStrictEqual(NOTHING);
    for (const at of ['10:55', '11:05', '11:15']) {
      expect((await slot('cam', '30s', `2026-11-29T${at}:00Z`)).seconds).toBe(30);
      expect((await slot('cam', '5m', `2026-11-29T${at}:00Z`)).seconds).toBe(300);
    }
    const told = lines.filter(({ message }) => message.startsWith('history is'));
    expect(told.map(({ level }) => level)).toStrictEqual(['warn', 'info']);
  } finally {
    await server.stop();
  }
}, 60_000);

test('that recent history is stored again is told once something of it is', async () => {
  const server = await startRedisServer();
  try {
    const { createWriter, pass, lines } = startBench('2026-11-29T10:00:00.000Z', undefined, server.url);
    const told = (): readonly string[] =>
      lines.map(({ message }) => message).filter((message) => message.startsWith('recent history is'));
    const writer = createWriter();
    await pass(writer, 20_000, () => ({ cam: { inboundMbps: 4 } }));
    await server.stop();
    await pass(writer, 60_000, () => ({ cam: { inboundMbps: 4 } }));
    const away = 'recent history is not stored: its Redis is not connected';
    expect(told()).toStrictEqual([away]);
    await server.start();
    await eventually(async () => {
      await pass(writer, 20_000, () => ({ cam: { inboundMbps: 4 } }));
      expect(told()).toStrictEqual([away, 'recent history is stored again']);
    });
  } finally {
    await server.stop();
  }
}, 60_000);

test('30 days of a stream with a long name and of one whose name has colons take at most 200 kB each', async () => {
  const { createWriter, pass, durable, names, clock } = startBench('2026-10-29T00:00:00.000Z');
  const writer = createWriter();
  const [long, colons] = ['n'.repeat(1_000), 'a:b:20261129'];
  const values = {
    inboundMbps: 4,
    outboundMbps: 8,
    readers: 2,
    rttP95Ms: 5,
    lossPercent: 0,
    discardsPerSecond: 0,
  };
  const end = Date.parse('2026-11-29T00:00:00Z');
  // Some minutes of each day, then of each hour: a key is as long as it will ever be when its first slot is written.
  while (clock.wallMs() < end) {
    await pass(writer, 11 * MINUTE_MS, () => ({ [long]: values, [colons]: values }), 60_000);
    clock.advance((clock.wallMs() < end - 86_400_000 ? 1_440 : 60) * MINUTE_MS - 11 * MINUTE_MS);
  }
  await writer.stop();
  for (const stream of [long, colons]) {
    const subject = { kind: 'stream', server: 'main', stream } as const;
    const keys = [
      ...historyKeys(names, subject, '5m', end - 30 * 86_400_000, end),
      ...historyKeys(names, subject, '30s', end - 86_400_000, end),
    ].map(({ key }) => key);
    const sizes = await Promise.all(keys.map((key) => durable.memory('USAGE', key)));
    // A day and an hour more may stand there until they expire.
    const [day = null] = sizes;
    const hour = sizes.at(-1) ?? null;
    const bytes = sizes.reduce<number>((sum, size) => sum + (size ?? NaN), 0) + (day ?? NaN) + (hour ?? NaN);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThanOrEqual(200_000);
  }
}, 60_000);

test('every tick of the last minutes is in the live Redis for a quarter of an hour', async () => {
  const { createWriter, pass, live, names } = startBench('2026-11-29T10:00:00.000Z');
  const writer = createWriter();
  await pass(writer, 32_000, () => ({ cam: { inboundMbps: 4 }, door: { inboundMbps: null } }));
  await writer.stop();
  const key = names.recentHistory(STREAMS, Date.parse('2026-11-29T10:00:15Z'), recentPartOf('cam'));
  expect(key).toMatch(/:history:recent:20261129T100010:\d+$/);
  expect(await live.pttl(key)).toBeGreaterThan(890_000);
  expect(ticksOf(await live.getBuffer(key))).toStrictEqual([10, 12, 14, 16, 18].map((second) => [second, 4]));
});

test('who goes on within the same 10 s keeps the ticks of who was there before, also where the clock went back', async () => {
  const { createWriter, pass, live, names, clock } = startBench('2026-11-29T10:00:08.000Z');
  const [first, second] = [createWriter(), createWriter()];
  const cam = (inboundMbps: number) => () => ({ cam: { inboundMbps } });
  await pass(second, 0, cam(2));
  second.add(2_000, []);
  await pass(first, 6_000, cam(8));
  await first.stop();
  await pass(second, 8_000, cam(2));
  clock.stepWall(-30_000);
  await pass(second, 40_000, cam(4));
  await second.stop();
  const key = names.recentHistory(STREAMS, Date.parse('2026-11-29T10:00:10Z'), recentPartOf('cam'));
  expect(await live.pttl(key)).toBeGreaterThan(890_000);
  const seen = ticksOf(await live.getBuffer(key));
  expect(seen.filter(([, mbps]) => mbps !== 4)).toStrictEqual([
    [10, 8],
    [12, 8],
    [14, 2],
    [16, 2],
    [18, 2],
  ]);
  expect(seen.some(([, mbps]) => mbps === 4)).toBe(true);
});

test('a key of another kind or length stops nothing', async () => {
  const { createWriter, pass, slot, durable, names } = startBench('2026-11-29T10:00:00.000Z');
  const subject = { kind: 'stream', server: 'main', stream: 'cam' } as const;
  const from = Date.parse('2026-11-29T10:00:00Z');
  const [fine, coarse] = (['30s', '5m'] as const).map(
    (tier) => historyKeys(names, subject, tier, from, from + 1)[0]?.key,
  );
  await durable.rpush(fine ?? '', 'a list');
  await durable.set(coarse ?? '', 'short');
  const writer = createWriter();
  await pass(writer, 8 * MINUTE_MS, () => ({ cam: { inboundMbps: 4 } }));
  await writer.stop();
  expect((await slot('cam', '30s', '2026-11-29T10:01:00Z')).inbound).toStrictEqual([FOUR, FOUR, FOUR]);
  expect((await slot('cam', '5m', '2026-11-29T10:00:00Z')).inbound).toStrictEqual([FOUR, FOUR, FOUR]);
});

test.each([
  ['version', (redis: Redis, key: string, bytes: number) => redis.setrange(key, bytes - 1, Buffer.of(99))],
  ['length', (redis: Redis, key: string) => redis.append(key, 'more')],
])(
  'slots of another %s are as good as none: nothing of them is joined, and the key begins anew',
  async (_what, alter) => {
    const { createWriter, pass, slot, durable, names, forgetRecent } = startBench('2026-11-29T10:00:00.000Z');
    const subject = { kind: 'stream', server: 'main', stream: 'cam' } as const;
    const from = Date.parse('2026-11-29T10:00:00Z');
    const before = createWriter();
    await pass(before, 3 * MINUTE_MS, () => ({ cam: { inboundMbps: 8 } }));
    await before.stop();
    await forgetRecent();
    for (const tier of ['30s', '5m'] as const) {
      const key = historyKey(names, subject, tier, from);
      await alter(durable, key, SLOT_CODECS.stream[tier].keyBytes);
    }
    const writer = createWriter();
    await pass(writer, 2 * MINUTE_MS, () => ({ cam: { inboundMbps: 2 } }));
    await writer.stop();
    const two = readAs(2);
    expect((await slot('cam', '5m', '2026-11-29T10:00:00Z')).inbound).toStrictEqual([two, two, two]);
    expect(await slot('cam', '30s', '2026-11-29T10:01:00Z')).toStrictEqual(NOTHING);
    expect((await slot('cam', '30s', '2026-11-29T10:04:00Z')).inbound).toStrictEqual([two, two, two]);
  },
);
