import { expect, test } from '@jest/globals';
import { alertsMessageSchema, monitorEventSchema, notificationSchema } from '@mediamtx-monitor/types/schemas';
import { gotMessages } from '../support/scene.ts';
import { offAir, useStage, WELL, whenGot } from '../support/stage.ts';

const stage = useStage();

test('what goes off air is told once, and again when it is over', async () => {
  const { target, scene, start } = stage();
  const one = await start();
  scene.says(WELL);
  await scene.pass(2, one);
  expect(one.alerter.facts).toMatchObject({ role: 'active', failure: null });
  scene.says(offAir());
  // 30 s of `for`, and 10 s of groupWait.
  await scene.pass(39, one);
  expect(gotMessages(target)).toStrictEqual([]);
  await scene.pass(3, one);
  await whenGot(target, 1);
  await scene.pass(60, one);
  expect(gotMessages(target)).toHaveLength(1);
  expect(gotMessages(target)[0]?.fired).toMatchObject([
    { subject: { kind: 'stream', server: 'main', stream: 'cam' }, state: 'firing', severity: 'critical' },
  ]);
  scene.says(WELL);
  await scene.pass(30, one);
  await whenGot(target, 2);
  await scene.pass(60, one);
  const [fired, resolved] = gotMessages(target);
  expect(gotMessages(target)).toHaveLength(2);
  expect(resolved?.resolved.map(({ id }) => id)).toStrictEqual(fired?.fired.map(({ id }) => id));
  const events = await scene.entries(scene.names.events);
  expect(events.map(({ type }) => type)).toStrictEqual(['alert.firing', 'alert.resolved']);
  const log = await scene.entries(scene.names.notifications);
  for (const entry of log) {
    expect(notificationSchema.validate({ id: '1-0', ...entry }, { convert: false }).error).toBeUndefined();
  }
  for (const event of events) {
    expect(monitorEventSchema.validate({ id: '1-0', ...event }, { convert: false }).error).toBeUndefined();
  }
  expect(log).toMatchObject([
    { target: 'hook', outcome: 'delivered', firedCount: 1, resolvedCount: 0 },
    { target: 'hook', outcome: 'delivered', firedCount: 0, resolvedCount: 1 },
  ]);
  expect(one.log.messages('error')).toStrictEqual([]);
});

test('a message says why a stream went, as its server’s events tell', async () => {
  const { target, scene, start } = stage();
  const one = await start();
  const event = { type: 'stream.offline', server: 'main', stream: 'cam', sourceType: 'srtConn' };
  const cause = { source: 'path-changed', text: null };
  await scene.durable.xadd(scene.names.events, '*', 'json', JSON.stringify({ ...event, cause }));
  scene.says(offAir());
  await scene.pass(45, one);
  const [message] = await whenGot(target, 1);
  expect(message?.fired).toMatchObject([{ cause: 'path-changed', reasons: [{ code: 'off-air' }] }]);
  expect(message?.body).toContain('Its path was changed in MediaMTX’s configuration');
});

test('a reconnect within 30 s tells nobody anything', async () => {
  const { target, scene, start } = stage();
  const one = await start();
  scene.says(offAir());
  await scene.pass(25, one);
  scene.says(WELL);
  await scene.pass(60, one);
  expect(gotMessages(target)).toStrictEqual([]);
  expect(await scene.entries(scene.names.events)).toStrictEqual([]);
});

test('without targets it runs, and tells states and events', async () => {
  const { scene, start } = stage();
  const one = await start('');
  scene.says(offAir());
  await scene.pass(35, one);
  expect(alertsMessageSchema.validate(await scene.published(), { convert: false }).error).toBeUndefined();
  expect(await scene.published()).toMatchObject({
    counts: { firing: 1 },
    targets: [],
    alerts: [{ state: 'firing', subject: { stream: 'cam' }, notified: [] }],
  });
  expect(await scene.entries(scene.names.events)).toMatchObject([{ type: 'alert.firing', stream: 'cam' }]);
});

test.each([10 * 365 * 86_400_000, -10 * 365 * 86_400_000])(
  'a wall clock that is set by %d ms fires, repeats and resolves nothing',
  async (step) => {
    const { target, clock, scene, start } = stage();
    const one = await start();
    scene.says(offAir());
    await scene.pass(45, one);
    await whenGot(target, 1);
    clock.stepWall(step);
    await scene.pass(60, one);
    expect(gotMessages(target)).toHaveLength(1);
    expect((await scene.published()).counts).toMatchObject({ firing: 1, resolved: 0 });
  },
);

test('metrics tell of alerts, targets and who is active', async () => {
  const { target, scene, start } = stage();
  const one = await start();
  scene.says(offAir());
  await scene.pass(45, one);
  await whenGot(target, 1);
  await scene.pass(2, one);
  const text = await one.metrics();
  for (const line of [
    'mediamtx_monitor_alerter_active 1',
    'mediamtx_monitor_alerter_files_differ 0',
    'mediamtx_monitor_alerts{state="firing",severity="critical"} 1',
    'mediamtx_monitor_alerts{state="resolved",severity="critical"} 0',
    'mediamtx_monitor_alerts_dropped 0',
    'mediamtx_monitor_notifications_total{target="hook",result="delivered"} 1',
    'mediamtx_monitor_notification_queue_age_seconds{target="hook"} 0',
    'mediamtx_monitor_alerter_tick_duration_seconds_count 47',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
});
