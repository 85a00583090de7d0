import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createFakeClock,
  eventually,
  type FakeClock,
  type RedisServer,
  startRedisServer,
} from '@mediamtx-monitor/testkit';
import { useConnections } from '../../../../packages/runtime/test/support/redis-connections.ts';
import { reason } from '../support/messages.ts';
import { troubled } from '../support/published.ts';
import { gotMessages, Scene, type SteppedAlerter, steppedAlerter } from '../support/scene.ts';
import { type StandIn, startStandIn } from '../support/stand-in.ts';

const ended = useConnections();
let live: RedisServer;
let durable: RedisServer;
let target: StandIn;
let status: number;
let clock: FakeClock;
let scene: Scene;
let alerters: SteppedAlerter[];
beforeEach(async () => {
  [live, durable] = await Promise.all([startRedisServer(), startRedisServer()]);
  status = 200;
  target = await startStandIn((response) => {
    response.writeHead(status).end();
  });
  clock = createFakeClock(new Date().toISOString());
  scene = await Scene.open({ live: live.url, durable: durable.url }, clock, ended);
  alerters = [];
});
afterEach(async () => {
  for (const { alerter } of alerters) await alerter.stop();
  await target.close();
  await Promise.all([live.stop(), durable.stop()]);
});

const fileOf = (more = ''): string =>
  `notify:\n  - name: hook\n    kind: webhook\n    url: ${target.url}/\n${more}`;

async function start(file = fileOf()): Promise<SteppedAlerter> {
  const one = await steppedAlerter({ live: live.url, durable: durable.url }, file, clock, ended);
  alerters.push(one);
  return one;
}

const WELL = {};
/** Trouble that began just now, by the clock of the collector. */
const offAir = (name = 'cam') => {
  const now = new Date().toISOString();
  return { attention: { count: 1, worst: [troubled(name, reason({ since: now }))] } };
};
const got = () => gotMessages(target);
const whenGot = (count: number) =>
  eventually(() => {
    expect(got().length).toBeGreaterThanOrEqual(count);
  });

test('what goes off air is told once, and again when it is over', async () => {
  const one = await start();
  scene.says(WELL);
  await scene.pass(2, one);
  expect(one.alerter.facts).toMatchObject({ role: 'active', failure: null });
  scene.says(offAir());
  // 30 s of `for`, and 10 s of groupWait.
  await scene.pass(39, one);
  expect(got()).toStrictEqual([]);
  await scene.pass(3, one);
  await whenGot(1);
  await scene.pass(60, one);
  expect(got()).toHaveLength(1);
  expect(got()[0]?.fired).toMatchObject([
    { subject: { kind: 'stream', server: 'main', stream: 'cam' }, state: 'firing', severity: 'critical' },
  ]);
  scene.says(WELL);
  await scene.pass(30, one);
  await whenGot(2);
  await scene.pass(60, one);
  const [fired, resolved] = got();
  expect(got()).toHaveLength(2);
  expect(resolved?.resolved.map(({ id }) => id)).toStrictEqual(fired?.fired.map(({ id }) => id));
  const events = await scene.entries(scene.names.events);
  expect(events.map(({ type }) => type)).toStrictEqual(['alert.firing', 'alert.resolved']);
  const log = await scene.entries(scene.names.notifications);
  expect(log).toMatchObject([
    { target: 'hook', outcome: 'delivered', firedCount: 1, resolvedCount: 0 },
    { target: 'hook', outcome: 'delivered', firedCount: 0, resolvedCount: 1 },
  ]);
  expect(one.log.messages('error')).toStrictEqual([]);
});

test('a reconnect within 30 s tells nobody anything', async () => {
  const one = await start();
  scene.says(offAir());
  await scene.pass(25, one);
  scene.says(WELL);
  await scene.pass(60, one);
  expect(got()).toStrictEqual([]);
  expect(await scene.entries(scene.names.events)).toStrictEqual([]);
});

test('without targets it runs, and tells states and events', async () => {
  const one = await start('');
  scene.says(offAir());
  await scene.pass(35, one);
  expect(await scene.published()).toMatchObject({
    counts: { firing: 1 },
    targets: [],
    alerts: [{ state: 'firing', subject: { stream: 'cam' }, notified: [] }],
  });
  expect(await scene.entries(scene.names.events)).toMatchObject([{ type: 'alert.firing', stream: 'cam' }]);
});

describe('what is kept', () => {
  test('goes on in another process: no time is lost, and nothing told twice', async () => {
    const one = await start();
    scene.says(offAir());
    await scene.pass(36, one);
    await one.alerter.stop();
    one.kill();
    const next = await start();
    await scene.pass(6, next);
    await whenGot(1);
    await scene.pass(60, next);
    expect(got()).toHaveLength(1);
    expect(got()[0]?.fired).toHaveLength(1);
  });

  test('is tried again with the same id and content, whoever tries', async () => {
    status = 500;
    const one = await start();
    scene.says(offAir());
    await scene.pass(42, one);
    await whenGot(1);
    one.kill();
    const next = await start();
    // Its lease is that of one who was killed.
    await scene.pass(12, next);
    await whenGot(2);
    await scene.pass(2, next);
    status = 200;
    await scene.pass(30, next);
    await eventually(async () => {
      await scene.pass(1, next);
      expect(await scene.entries(scene.names.notifications)).toHaveLength(1);
    });
    expect(new Set(got().map(({ id }) => id)).size).toBe(1);
    expect(new Set(got().map(({ body }) => body)).size).toBe(1);
    expect(await scene.entries(scene.names.notifications)).toMatchObject([{ outcome: 'delivered' }]);
  });

  test('is read anew when the durable Redis was away: nobody is told meanwhile', async () => {
    const one = await start();
    scene.says(offAir());
    await scene.pass(20, one);
    await durable.stop();
    await scene.pass(60, one);
    expect(got()).toStrictEqual([]);
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
    await whenGot(1);
    await scene.pass(30, one);
    expect(got()).toHaveLength(1);
  });
});

describe('of two alerters', () => {
  test('one stands by, and takes over from one that was killed, within some seconds', async () => {
    const [one, other] = [await start(), await start()];
    scene.says(offAir());
    await scene.pass(36, one, other);
    expect([one.alerter.facts.role, other.alerter.facts.role]).toStrictEqual(['active', 'standby']);
    expect(other.alerter.facts).toMatchObject({ alerts: null, targets: [] });
    one.kill();
    await scene.pass(4, other);
    expect(other.alerter.facts.role).toBe('standby');
    await scene.pass(2, other);
    expect(other.alerter.facts.role).toBe('active');
    await scene.pass(10, other);
    await whenGot(1);
    await scene.pass(60, other);
    expect(got()).toHaveLength(1);
  });

  test('one that stops gives way at once', async () => {
    const [one, other] = [await start(), await start()];
    await scene.pass(2, one, other);
    await one.alerter.stop();
    await scene.pass(1, other);
    expect(other.alerter.facts.role).toBe('active');
  });

  test('one that was frozen saves nothing any more, and stands by', async () => {
    const [one, other] = [await start(), await start()];
    await scene.pass(2, one, other);
    await scene.pass(6, other);
    expect(other.alerter.facts.role).toBe('active');
    await scene.pass(3, one, other);
    expect([one.alerter.facts.role, other.alerter.facts.role]).toStrictEqual(['standby', 'active']);
    expect(one.log.messages('warn')).toStrictEqual(['another alerter has taken over: this one stands by']);
  });

  test('with files that differ, the one that stands by says so once', async () => {
    const [one, other] = [await start(), await start(fileOf('    severity: warning\n'))];
    await scene.pass(5, one, other);
    expect(other.log.messages('warn')).toHaveLength(1);
    expect(other.log.messages('warn')[0]).toContain('what MONITOR_CONFIG says of alerts is another here');
    expect(one.log.messages('warn')).toStrictEqual([]);
  });
});

describe('no data', () => {
  test('resolves nothing: while the live Redis is away, alerts are unknown', async () => {
    const one = await start();
    scene.says(offAir());
    await scene.pass(45, one);
    await whenGot(1);
    await live.stop();
    await scene.pass(120, one);
    const states = [...(one.alerter.saved?.state.alerts.values() ?? [])].map(({ state }) => state);
    expect(states).toStrictEqual(['unknown']);
    await live.start();
    scene.says(WELL);
    await eventually(async () => {
      await scene.pass(1, one);
      expect(got().at(-1)?.resolved).toHaveLength(1);
    });
    expect(got()).toHaveLength(2);
  });

  test('of a collector that died is an alert of its server, one', async () => {
    const one = await start();
    scene.says(offAir());
    await scene.pass(45, one);
    await whenGot(1);
    scene.says(null);
    await scene.pass(120, one);
    await whenGot(2);
    expect(got()[1]?.fired).toMatchObject([{ subject: { kind: 'server' }, reasons: [{ code: 'no-data' }] }]);
    scene.says(WELL);
    await scene.pass(90, one);
    await whenGot(3);
    await scene.pass(90, one);
    const resolved = got().flatMap((message) => message.resolved.map(({ subject }) => subject.kind));
    expect(resolved.sort()).toStrictEqual(['server', 'stream']);
  });
});

test.each([10 * 365 * 86_400_000, -10 * 365 * 86_400_000])(
  'a wall clock that is set by %d ms fires, repeats and resolves nothing',
  async (step) => {
    const one = await start();
    scene.says(offAir());
    await scene.pass(45, one);
    await whenGot(1);
    clock.stepWall(step);
    await scene.pass(60, one);
    expect(got()).toHaveLength(1);
    expect((await scene.published()).counts).toMatchObject({ firing: 1, resolved: 0 });
  },
);

describe('commands', () => {
  test('are done: a silence tells nobody, and is over by its id', async () => {
    const one = await start();
    await scene.pass(1, one);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const silence = {
      id: 's1',
      server: null,
      stream: 'c*',
      reason: null,
      comment: 'repair',
      createdAt: until,
      until,
    };
    await scene.command({ type: 'silence.add', silence });
    await scene.command({
      type: 'silence.add',
      silence: { ...silence, id: 's2', until: '2001-01-01T00:00:00Z' },
    });
    await scene.durable.xadd(scene.names.commands, '*', 'json', '{"type":"nonsense"}');
    scene.says(offAir());
    await scene.pass(60, one);
    expect(got()).toStrictEqual([]);
    expect((await scene.published()).silences).toMatchObject([{ id: 's1', author: 'ops' }]);
    expect(one.log.messages('warn')).toStrictEqual([
      expect.stringContaining("a command can't be understood"),
      expect.stringContaining('its end is not in the future'),
    ]);
    await scene.command({ type: 'silence.delete', id: 's1' });
    await scene.pass(15, one);
    await whenGot(1);
    expect((await scene.entries(scene.names.events)).map(({ type }) => type)).toStrictEqual([
      'silence.added',
      'alert.firing',
      'silence.ended',
    ]);
  });

  test('send a message again that was given up, with its id', async () => {
    status = 500;
    const one = await start();
    await scene.pass(1, one);
    await scene.command({ type: 'target.test', target: 'hook' });
    await scene.pass(1, one);
    await whenGot(1);
    await scene.pass(1, one);
    const [[id] = ['']] = await scene.durable.xrange(scene.names.notifications, '-', '+');
    expect(await scene.entries(scene.names.notifications)).toMatchObject([{ outcome: 'dead', kind: 'test' }]);
    status = 200;
    await scene.command({ type: 'notification.replay', id });
    await scene.pass(1, one);
    await whenGot(2);
    await scene.pass(1, one);
    expect(got()[1]).toStrictEqual(got()[0]);
    expect((await scene.entries(scene.names.notifications)).at(-1)).toMatchObject({ outcome: 'delivered' });
  });
});

describe('the heartbeat', () => {
  const withHeartbeat = (): string => fileOf(`heartbeat:\n  url: ${target.url}/beat\n  every: 10s\n`);
  const beats = (): number => target.requests.filter(({ path }) => path === '/beat').length;
  const settled = async (count: number) => {
    await eventually(() => {
      expect(beats()).toBe(count);
    });
  };

  test('is given while all works, however MediaMTX does', async () => {
    const one = await start(withHeartbeat());
    await scene.pass(1, one);
    await settled(1);
    scene.says({ attention: null, reasons: [reason({ code: 'server-unreachable' })] });
    await scene.pass(9, one);
    await settled(1);
    await scene.pass(1, one);
    await settled(2);
  });

  test.each([
    ['the live Redis is away', () => live.stop()],
    ['the durable Redis is away', () => durable.stop()],
    [
      'all collectors are dead',
      async () => {
        scene.says(null);
        await scene.pass(7);
      },
    ],
  ])('isn’t given while %s', async (_, happens) => {
    const one = await start(withHeartbeat());
    scene.says(WELL);
    await scene.pass(3, one);
    await settled(1);
    await happens();
    await scene.pass(60, one);
    expect(beats()).toBe(1);
  });
});

test('metrics tell of alerts, targets and who is active', async () => {
  const one = await start();
  scene.says(offAir());
  await scene.pass(45, one);
  await whenGot(1);
  await scene.pass(2, one);
  const text = await one.metrics();
  for (const line of [
    'mediamtx_monitor_alerter_active 1',
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
