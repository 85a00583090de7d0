import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { type ReplayServer, startReplayServer } from '@mediamtx-monitor/testkit';
import { everywhere } from '../support/outputs.ts';
import { configurationOf } from './support/path-list.ts';
import { openStage, type Stage } from './support/stage.ts';

/**
 * Answers that people who watch media servers have met, told in public, in a small form: each of its own, and the
 * right values of it.
 */
type Case =
  | 'camera-off-for-long'
  | 'renamed-lists'
  | 'no-deprecated-members'
  | 'camera-unplugged'
  | 'odd-numbers'
  | 'forward-and-standby';

const bodyIn = (name: Case, list: string): string =>
  readFileSync(new URL(`cases/${name}/${list}.json`, import.meta.url), 'utf8');

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function open(
  name: Case,
  lists: readonly string[],
  answers: Readonly<Record<string, string>> = {},
): Promise<{ readonly mediamtx: ReplayServer; readonly stage: Stage }> {
  const mediamtx = await startReplayServer('nothing');
  endings.push(mediamtx.close);
  for (const list of ['info', ...lists]) mediamtx.setBody(list, bodyIn(name, list));
  for (const [route, body] of Object.entries(answers)) mediamtx.setAnswer(route, { body });
  const stage = await openStage(mediamtx.url);
  endings.push(stage.stop);
  return { mediamtx, stage };
}

test('a camera that has been off for long can’t be fetched, and isn’t OK for ever', async () => {
  const { stage } = await open('camera-off-for-long', ['paths']);
  await stage.after(31_000);
  expect(await stage.stream('cam-gate')).toStrictEqual(everywhere('waiting critical source-down/critical'));
  expect((await stage.stream('cam-yard')).websocket).toMatch(/^(?:live|stalled) /);
  await stage.after(24 * 3_600_000);
  expect(await stage.stream('cam-gate')).toStrictEqual(everywhere('waiting critical source-down/critical'));
});

test('lists that some later version calls otherwise are missing, not off', async () => {
  const { stage } = await open('renamed-lists', ['paths']);
  const lists = ['hlssessions', 'rtspsessions', 'srtconns'];
  expect([...stage.message().missing].sort()).toStrictEqual(lists);
  expect(await stage.server()).toStrictEqual(everywhere('up list-missing/warning'));
  expect(stage.message().source.error).toContain('srtconns');
  expect(stage.record('live/one')).toMatchObject({ state: 'live', sourceType: 'srtConn', readers: 2 });
});

test('a path list without any deprecated member is read right', async () => {
  const { stage } = await open('no-deprecated-members', ['paths']);
  expect((await stage.stream('live/one')).key).toMatch(/^live /);
  expect(stage.record('live/one')).toMatchObject({
    ...{ sourceType: 'rtmpConn', tracks: ['H264'], bytesReceived: 123_456, readers: 0 },
    since: '2026-11-28T15:00:00.000Z',
    media: { video: { codec: 'H264', width: 1280, height: 720 } },
  });
});

test('a camera that is unplugged stays critical, however long', async () => {
  const { mediamtx, stage } = await open('camera-unplugged', ['paths']);
  await stage.after(20_000);
  mediamtx.setBody('paths', bodyIn('camera-unplugged', 'paths.unplugged'));
  await stage.ticks();
  expect(await stage.stream('cam-gate')).toStrictEqual(everywhere('waiting critical off-air/critical'));
  await stage.ticks(16);
  expect(await stage.stream('cam-gate')).toStrictEqual(everywhere('waiting critical source-down/critical'));
  await stage.after(11 * 60_000);
  expect(await stage.stream('cam-gate')).toStrictEqual(everywhere('waiting critical source-down/critical'));
});

test('numbers that can’t be are null, never wrong, and cost nobody else anything', async () => {
  const { stage } = await open('odd-numbers', ['paths', 'srtconns']);
  expect(stage.message().streams.map(({ name }) => name)).toStrictEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  expect(stage.message()).toMatchObject({ source: { status: 'up' }, missing: ['rtspsessions', 'rtmpconns'] });
  expect(stage.record('a')).toMatchObject({ rtt: 466.56, latencyMs: 120 });
  const numbers = JSON.stringify(stage.message()).match(/:-?[\d.]+(?:e[+-]?\d+)?/g) ?? [];
  for (const number of numbers) {
    expect(Number(number.slice(1))).toBeGreaterThanOrEqual(0);
    expect(Number(number.slice(1))).toBeLessThan(1e16);
  }
  expect(stage.record('b')?.bytesReceived ?? null).toBeNull();
  expect(stage.everything()).not.toContain('pass=b');
});

test('push targets, fillers and publishers that leave are told of', async () => {
  const { mediamtx, stage } = await open('forward-and-standby', ['paths'], {
    'paths/forward/list?path=pub/fwd': bodyIn('forward-and-standby', 'forwards'),
    'config/paths/get/cam-dead': configurationOf(false),
    'config/paths/get/cam-ondemand': configurationOf(true),
  });
  await stage.after(20_000);
  mediamtx.setBody('paths', bodyIn('forward-and-standby', 'paths.left'));
  await stage.ticks();
  expect(await stage.stream('always/one')).toStrictEqual(everywhere('standby warning off-air/warning'));
  expect(await stage.stream('pub/rec')).toStrictEqual(everywhere('idle warning off-air/warning'));
  expect(await stage.stream('zone7')).toStrictEqual(everywhere('missing warning off-air/warning'));
  expect(stage.record('always/one')?.inboundMbps).toBeNull();
  await stage.after(31_000);
  expect(await stage.stream('cam-dead')).toStrictEqual(everywhere('waiting critical source-down/critical'));
  expect(await stage.stream('cam-ondemand')).toStrictEqual(everywhere('waiting ok'));
  expect((await stage.stream('pub/fwd')).key).toContain('forward-failing/warning');
});
