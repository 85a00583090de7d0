import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { offAir, useStage, whenGot } from '../support/stage.ts';

const stage = useStage();

test('a target that fails is logged as it changes, with why, and not at each try', async () => {
  const { target, scene, answer, start } = stage();
  const one = await start();
  await scene.pass(1, one);
  const errorOf = (): string | null | undefined => one.alerter.facts.targets[0]?.error;
  const passUntil = (check: () => void): Promise<void> =>
    eventually(async () => {
      await scene.pass(1, one);
      check();
    });
  answer(500);
  scene.says(offAir());
  await scene.pass(60, one);
  await whenGot(target, 2);
  const failing = /^target hook fails: .*500/;
  expect(one.log.messages('warn')).toStrictEqual([expect.stringMatching(failing)]);
  expect(errorOf()).toMatch(/500/);
  answer(503);
  await passUntil(() => {
    expect(one.log.messages('warn')).toStrictEqual([
      expect.stringMatching(failing),
      expect.stringMatching(/^target hook fails: .*503/),
    ]);
  });
  answer(200);
  await passUntil(() => {
    expect(one.log.messages('info')).toContain('target hook is well again');
  });
  expect(errorOf()).toBeNull();
  answer(410);
  await scene.command({ type: 'target.test', target: 'hook' });
  await passUntil(() => {
    expect(one.log.messages('warn').slice(2)).toStrictEqual([
      expect.stringMatching(/^target hook is gone, and isn't asked any more: .*410/),
      expect.stringMatching(/^a message \(test\) to target hook isn't tried any more: .*410/),
    ]);
  });
  await scene.pass(5, one);
  expect(one.log.messages('warn')).toHaveLength(4);
});
