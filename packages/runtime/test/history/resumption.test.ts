import { expect, test } from '@jest/globals';
import { startRedisServer } from '@mediamtx-monitor/testkit';
import { HISTORY } from '@mediamtx-monitor/types';
import { ScaleCodec } from '../../src/history/scale.ts';
import { startBench } from '../support/history.ts';

const MINUTE_MS = 60_000;
const NOTHING = { state: null, health: null, seconds: 0, inbound: [null, null, null] };
const scale = new ScaleCodec(HISTORY.stream.fields.inboundMbps.scale);
/** What so many Mbit/s are read as. */
const readAs = (mbps: number): number => scale.decode(scale.encode(mbps));
const [two, eight] = [readAs(2), readAs(8)];
const cam =
  (inboundMbps: number, state = 'live') =>
  () => ({ cam: { inboundMbps, state } });

test('of one that is killed nothing is unknown but the last 10 s: who goes on makes slots of its ticks', async () => {
  const { createWriter, pass, slot } = startBench('2026-11-29T20:00:00.000Z');
  const killed = createWriter();
  await pass(killed, 10 * MINUTE_MS, cam(8));
  await pass(killed, 6_000, cam(0, 'missing'));
  await pass(killed, 54_000, cam(8));
  const second = createWriter();
  await pass(second, 11 * MINUTE_MS, cam(2));
  await second.stop();
  for (const at of ['20:04', '20:09']) {
    expect((await slot('cam', '30s', `2026-11-29T${at}:00Z`)).inbound).toStrictEqual([eight, eight, eight]);
    expect((await slot('cam', '30s', `2026-11-29T${at}:00Z`)).seconds).toBe(30);
  }
  expect((await slot('cam', '5m', '2026-11-29T20:05:00Z')).inbound).toStrictEqual([eight, eight, eight]);
  const both = await slot('cam', '5m', '2026-11-29T20:10:00Z');
  expect([both.state, both.inbound[1], both.inbound[2]]).toStrictEqual(['missing', 0, eight]);
  expect(both.seconds).toBeGreaterThanOrEqual(284);
  expect(both.seconds).toBeLessThan(300);
  expect((await slot('cam', '30s', '2026-11-29T20:10:30Z')).seconds).toBeGreaterThanOrEqual(18);
  expect((await slot('cam', '30s', '2026-11-29T20:11:00Z')).inbound).toStrictEqual([two, two, two]);
});

test('what is stored stays where no more is known by ticks, and counts once', async () => {
  const { createWriter, pass, slot } = startBench('2026-11-29T20:00:00.000Z');
  const first = createWriter();
  await pass(first, 4 * MINUTE_MS, cam(8));
  await first.stop();
  const second = createWriter();
  await pass(second, MINUTE_MS, cam(2));
  await second.stop();
  const { seconds, inbound } = await slot('cam', '5m', '2026-11-29T20:00:00Z');
  expect(seconds).toBeGreaterThan(294);
  expect(seconds).toBeLessThanOrEqual(300);
  expect(inbound[0]).toBeCloseTo((8 * 238 + 2 * 58) / 296, 0);
});

test('ticks that are gone make no slots', async () => {
  const { createWriter, pass, slot, forgetRecent } = startBench('2026-11-29T20:00:00.000Z');
  await pass(createWriter(), 11 * MINUTE_MS, cam(8));
  await forgetRecent();
  const second = createWriter();
  await pass(second, 11 * MINUTE_MS, cam(2));
  await second.stop();
  expect((await slot('cam', '30s', '2026-11-29T20:04:00Z')).inbound).toStrictEqual([eight, eight, eight]);
  expect(await slot('cam', '30s', '2026-11-29T20:10:00Z')).toStrictEqual(NOTHING);
});

test('while the durable Redis is away they wait, and come before what is known by then', async () => {
  const server = await startRedisServer();
  try {
    const { createWriter, pass, slot } = startBench('2026-11-29T20:10:00.000Z', server.url);
    await pass(createWriter(), 2 * MINUTE_MS, cam(8));
    await server.stop();
    const second = createWriter();
    await pass(second, 2 * MINUTE_MS, cam(2));
    await server.start();
    await pass(second, 10 * MINUTE_MS, cam(2));
    await second.stop();
    expect((await slot('cam', '30s', '2026-11-29T20:11:00Z')).inbound).toStrictEqual([eight, eight, eight]);
    const { seconds, inbound } = await slot('cam', '5m', '2026-11-29T20:10:00Z');
    expect(seconds).toBeGreaterThanOrEqual(284);
    expect(inbound.slice(1)).toStrictEqual([two, eight]);
  } finally {
    await server.stop();
  }
});
