import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { reason } from '../support/messages.ts';
import { type AlertStage, useStage, WELL } from '../support/stage.ts';

const stage = useStage();

const withHeartbeat = ({ fileOf, target }: AlertStage): string =>
  fileOf(`heartbeat:\n  url: ${target.url}/beat\n  every: 10s\n`);
const beats = (): number => stage().target.requests.filter(({ path }) => path === '/beat').length;
const settled = (count: number) =>
  eventually(() => {
    expect(beats()).toBe(count);
  });

test('a heartbeat is given while all works, however MediaMTX does', async () => {
  const { scene, start } = stage();
  const one = await start(withHeartbeat(stage()));
  scene.says(WELL);
  await scene.pass(1, one);
  await settled(1);
  scene.says({ attention: null, reasons: [reason({ code: 'server-unreachable' })] });
  await scene.pass(9, one);
  await settled(1);
  await scene.pass(1, one);
  await settled(2);
});

test('a target that fails doesn’t keep it from being given', async () => {
  const { scene, start, answer } = stage();
  const one = await start(withHeartbeat(stage()));
  scene.says(WELL);
  await scene.pass(1, one);
  await settled(1);
  answer(500);
  await scene.command({ type: 'target.test', target: 'hook' });
  await scene.pass(2, one);
  answer(200);
  await scene.pass(10, one);
  await eventually(() => {
    expect(beats()).toBeGreaterThan(1);
  });
});

test('a try that never comes to an end does', async () => {
  const { scene, start, answer } = stage();
  const one = await start(withHeartbeat(stage()));
  scene.says(WELL);
  await scene.pass(1, one);
  answer(null);
  await scene.command({ type: 'target.test', target: 'hook' });
  await scene.pass(65, one);
  const before = beats();
  await scene.pass(30, one);
  expect(beats()).toBe(before);
});

test.each([
  ['the live Redis is away', ({ live }: AlertStage) => live.stop()],
  ['the durable Redis is away', ({ durable }: AlertStage) => durable.stop()],
  [
    'all collectors are dead',
    async ({ scene }: AlertStage) => {
      scene.says(null);
      await scene.pass(7);
    },
  ],
  [
    'no server is listed any more, as in a Redis that was emptied',
    async ({ scene }: AlertStage) => {
      scene.says(null);
      await scene.live.flushall();
    },
  ],
])('no heartbeat is given while %s', async (_, happens) => {
  const { scene, start } = stage();
  const one = await start(withHeartbeat(stage()));
  scene.says(WELL);
  await scene.pass(3, one);
  await settled(1);
  await happens(stage());
  await scene.pass(60, one);
  expect(beats()).toBe(1);
});

test('none is given before a server is heard of', async () => {
  const { scene, start } = stage();
  const one = await start(withHeartbeat(stage()));
  await scene.pass(20, one);
  expect([beats(), one.alerter.facts.heartbeat]).toStrictEqual([0, 'not given']);
});

test('a standby gives none, and doesn’t say that it does', async () => {
  const { scene, start } = stage();
  const [one, other] = [await start(withHeartbeat(stage())), await start(withHeartbeat(stage()))];
  scene.says(WELL);
  await scene.pass(25, one, other);
  await settled(3);
  expect([one, other].map(({ alerter }) => alerter.facts.heartbeat)).toStrictEqual(['ok', 'standby']);
});
