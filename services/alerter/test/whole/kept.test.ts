import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { gotMessages } from '../support/scene.ts';
import { offAir, useStage, WELL, whenGot } from '../support/stage.ts';

const stage = useStage();

describe('what is kept', () => {
  test('goes on in another process: no time is lost, and nothing told twice', async () => {
    const { target, scene, start } = stage();
    const one = await start();
    scene.says(offAir());
    await scene.pass(36, one);
    await one.alerter.stop();
    one.kill();
    const next = await start();
    await scene.pass(6, next);
    await whenGot(target, 1);
    await scene.pass(60, next);
    expect(gotMessages(target)).toHaveLength(1);
    expect(gotMessages(target)[0]?.fired).toHaveLength(1);
  });

  test('is tried again with the same id and content, whoever tries', async () => {
    const { target, scene, answer, start } = stage();
    answer(500);
    const one = await start();
    scene.says(offAir());
    await scene.pass(42, one);
    await whenGot(target, 1);
    one.kill();
    const next = await start();
    // Its lease is that of one who was killed.
    await scene.pass(12, next);
    await whenGot(target, 2);
    await scene.pass(2, next);
    answer(200);
    await scene.pass(30, next);
    await eventually(async () => {
      await scene.pass(1, next);
      expect(await scene.entries(scene.names.notifications)).toHaveLength(1);
    });
    expect(new Set(gotMessages(target).map(({ id }) => id)).size).toBe(1);
    expect(new Set(gotMessages(target).map(({ body }) => body)).size).toBe(1);
    expect(await scene.entries(scene.names.notifications)).toMatchObject([{ outcome: 'delivered' }]);
  });

  test('says the same with each try, though who tries has seen nothing yet', async () => {
    const { live, target, scene, answer, start } = stage();
    answer(500);
    const one = await start();
    scene.says({ ...offAir(), simulated: true });
    await scene.pass(42, one);
    await whenGot(target, 1);
    const next = await start();
    one.kill();
    await live.stop();
    await scene.pass(12, next);
    await whenGot(target, 2);
    const [first, second] = gotMessages(target);
    expect(first?.body).toContain('(simulated)');
    expect(second).toStrictEqual(first);
  });

  test('is read anew when the durable Redis was away: nobody is told meanwhile', async () => {
    const { durable, target, scene, start } = stage();
    const one = await start();
    scene.says(offAir());
    await scene.pass(20, one);
    await durable.stop();
    await scene.pass(60, one);
    expect(gotMessages(target)).toStrictEqual([]);
    expect(one.alerter.facts.role).toBe('blind');
    expect(one.alerter.status).toContain(`alerts can't be kept`);
    expect(one.log.messages('error')).toHaveLength(1);
    // It comes back empty: what was kept is gone, but what is wrong is seen.
    await durable.start();
    await eventually(async () => {
      await scene.pass(1, one);
      expect(one.alerter.facts.role).toBe('active');
    });
    await scene.pass(45, one);
    await whenGot(target, 1);
    await scene.pass(30, one);
    expect(gotMessages(target)).toHaveLength(1);
  });
});

test('what can’t be saved isn’t told', async () => {
  const { target, scene, start } = stage();
  const one = await start();
  scene.says(offAir());
  // With the next tick a message goes out.
  await scene.pass(40, one);
  const may = (...commands: readonly string[]) =>
    scene.durable.call('ACL', 'SETUSER', 'default', ...commands);
  await may('-eval', '-evalsha');
  await scene.pass(5, one);
  expect(one.alerter.facts).toMatchObject({ role: 'blind', failure: expect.stringContaining('NOPERM') });
  expect(gotMessages(target)).toStrictEqual([]);
  await may('+eval', '+evalsha');
  await scene.pass(5, one);
  await whenGot(target, 1);
  await scene.pass(5, one);
  expect(gotMessages(target)).toHaveLength(1);
});

test('what a target didn’t take is tried again after 5 s, and not before', async () => {
  const { target, scene, start, answer } = stage();
  answer(500);
  const one = await start();
  scene.says(offAir());
  await scene.pass(41, one);
  await whenGot(target, 1);
  await scene.pass(5, one);
  expect(gotMessages(target)).toHaveLength(1);
  await scene.pass(1, one);
  await whenGot(target, 2);
});

describe('no data', () => {
  test('resolves nothing: while the live Redis is away, alerts are unknown', async () => {
    const { live, target, scene, start } = stage();
    const one = await start();
    scene.says(offAir());
    await scene.pass(45, one);
    await whenGot(target, 1);
    await live.stop();
    await scene.pass(120, one);
    expect(one.alerter.facts.alerts).toMatchObject({ unknown: 1, firing: 0, recovering: 0, resolved: 0 });
    await live.start();
    scene.says(WELL);
    await eventually(async () => {
      await scene.pass(1, one);
      expect(gotMessages(target).at(-1)?.resolved).toHaveLength(1);
    });
    expect(gotMessages(target)).toHaveLength(2);
  });

  test('of a collector that died is an alert of its server, one', async () => {
    const { target, scene, start } = stage();
    const one = await start();
    scene.says(offAir());
    await scene.pass(45, one);
    await whenGot(target, 1);
    scene.says(null);
    await scene.pass(120, one);
    await whenGot(target, 2);
    expect(gotMessages(target)[1]?.fired).toMatchObject([
      { subject: { kind: 'server' }, reasons: [{ code: 'no-data' }] },
    ]);
    scene.says(WELL);
    await scene.pass(90, one);
    await whenGot(target, 3);
    await scene.pass(90, one);
    const resolved = gotMessages(target).flatMap((message) =>
      message.resolved.map(({ subject }) => subject.kind),
    );
    expect(resolved.sort()).toStrictEqual(['server', 'stream']);
  });
});
