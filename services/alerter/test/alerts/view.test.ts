import { describe, expect, test } from '@jest/globals';
import type { AlertSilence } from '@mediamtx-monitor/types';
import { AlertsViewer, summarise } from '../../src/alerts/index.ts';
import type { Maintenance, StoredAlert } from '../../src/model.ts';
import {
  AlertWorld,
  heldReason,
  hostOf,
  illSubject,
  serverOf,
  streamOf,
  UNREACHABLE,
  WARNING,
  WORLD_START_MS,
  worldTime,
} from '../support/alert-world.ts';

const CAM = streamOf();

function alertsOf(...ill: Parameters<AlertWorld['look']>[0]): ReadonlyMap<string, StoredAlert> {
  const world = new AlertWorld([]);
  world.look(ill);
  return world.state.alerts;
}

function silence(fields: Partial<AlertSilence>): ReadonlyMap<string, AlertSilence> {
  const given = { author: 'ann', comment: 'known', createdAt: worldTime(0), until: worldTime(60_000) };
  const all = { id: 's1', server: null, stream: null, reason: null, ...given, ...fields };
  return new Map([[all.id, all]]);
}

/** Keys of alerts that are silenced. */
function silenced(
  alerts: ReadonlyMap<string, StoredAlert>,
  silences: ReadonlyMap<string, AlertSilence>,
  { maintenance = [] as readonly Maintenance[], wallMs = WORLD_START_MS } = {},
): (readonly [string, string | null])[] {
  const view = new AlertsViewer(maintenance).view(alerts, silences, wallMs);
  return [...alerts]
    .map(([key, alert]) => [key, view.silencedBy(alert)] as const)
    .filter(([, by]) => by !== null);
}

describe('what is muted', () => {
  const muted = (world: AlertWorld, key: string) => {
    const alert = world.state.alerts.get(key);
    return alert === undefined ? undefined : world.view().mutedBy(alert);
  };

  test.each(['server-unreachable', 'no-data'] as const)('are the streams of a server with %s', (code) => {
    const world = new AlertWorld();
    const reason = heldReason({ code });
    world.look([
      illSubject(serverOf('a'), reason),
      illSubject(streamOf('x', 'a')),
      illSubject(streamOf('x', 'b')),
    ]);
    expect(muted(world, 'stream:a:x')).toStrictEqual(serverOf('a'));
    expect(muted(world, 'stream:b:x')).toBeNull();
    expect(muted(world, 'server:a')).toBeNull();
  });

  test('aren’t those of a server with something else', () => {
    const world = new AlertWorld();
    world.look([illSubject(serverOf(), heldReason({ code: 'list-missing' })), illSubject(CAM)]);
    expect(muted(world, 'stream:main:cam')).toBeNull();
  });

  test('are streams while their server is pending, firing or recovering, not when it is resolved', () => {
    const world = new AlertWorld();
    const held = illSubject(CAM, heldReason({ heldMs: 60_000 }));
    const seen = (seconds: number, ...ill: Parameters<AlertWorld['look']>[0]) => {
      world.pass(seconds * 1_000, ill);
      return [world.state.alerts.get('server:main')?.state, muted(world, 'stream:main:cam')];
    };
    const server = illSubject(serverOf(), UNREACHABLE);
    expect(seen(1, held, server)).toStrictEqual(['pending', serverOf()]);
    expect(seen(30, held, server)).toStrictEqual(['firing', serverOf()]);
    expect(seen(1, held)).toStrictEqual(['recovering', serverOf()]);
    expect(seen(20, held)).toStrictEqual(['resolved', null]);
  });

  test('isn’t what is over', () => {
    const world = new AlertWorld();
    world.pass(31_000, [illSubject(CAM)]);
    world.pass(30_000, []);
    world.tick([illSubject(serverOf(), UNREACHABLE)]);
    expect(muted(world, 'stream:main:cam')).toBeNull();
  });
});

describe('a silence', () => {
  const all = alertsOf(
    illSubject(streamOf('cam-1', 'a')),
    illSubject(streamOf('cam-1', 'b'), WARNING),
    illSubject(streamOf('hall', 'a'), WARNING, heldReason()),
    illSubject(serverOf('a')),
    illSubject(hostOf('a'), heldReason({ code: 'cpu-high' })),
  );
  const [cam1a, cam1b, hall, serverA, hostA] = [...all.keys()];

  test.each([
    ['a server: its streams and itself', { server: 'a' }, [cam1a, hall, serverA]],
    ['a glob: streams', { stream: 'cam-*' }, [cam1a, cam1b]],
    ['any stream', { stream: '**' }, [cam1a, cam1b, hall]],
    ['a reason: what has no other', { reason: 'link-loss' }, [cam1b]],
    ['a reason of hosts', { reason: 'cpu-high' }, [hostA]],
    ['a host, and not what has its name', { host: 'a' }, [hostA]],
    ['a host and a reason', { host: 'a', reason: 'memory-high' }, []],
    ['both a server and a glob', { server: 'b', stream: 'cam-*' }, [cam1b]],
    ['a server and a reason', { server: 'a', reason: 'off-air' }, [cam1a, serverA]],
    ['what isn’t there', { server: 'c' }, []],
  ])('selects %s', (_what, fields, keys) => {
    expect(silenced(all, silence(fields))).toStrictEqual(keys.map((key) => [key, 's1']));
  });

  test('ends at its time, by the wall clock', () => {
    const silences = silence({ server: 'b' });
    expect(silenced(all, silences, { wallMs: WORLD_START_MS + 59_999 })).toHaveLength(1);
    expect(silenced(all, silences, { wallMs: WORLD_START_MS + 60_000 })).toHaveLength(0);
  });

  test('counts at once when it is added, and not any more when it is gone', () => {
    const viewer = new AlertsViewer([]);
    const [alert] = all.values();
    if (alert === undefined) throw new Error('there is no alert');
    const by = (silences: ReadonlyMap<string, AlertSilence>) =>
      viewer.view(all, silences, WORLD_START_MS).silencedBy(alert);
    expect([by(new Map()), by(silence({ server: 'a' })), by(new Map())]).toStrictEqual([null, 's1', null]);
  });
});

describe('silences that come and go', () => {
  const [first, second] = [streamOf('first'), streamOf('second')];
  const alerts = alertsOf(illSubject(first), illSubject(second));

  /** What is silenced by which, as others come and go. */
  function silencedIn(...steps: ReadonlyMap<string, AlertSilence>[]): string[] {
    const viewer = new AlertsViewer([]);
    return steps.map((silences) => {
      const { silencedBy } = viewer.view(alerts, silences, WORLD_START_MS);
      return [...alerts.values()].map((alert) => silencedBy(alert) ?? '-').join(' ');
    });
  }

  const [one, two] = [silence({ id: 'one', stream: 'first' }), silence({ id: 'two', stream: 'second' })];

  test('count each for itself', () => {
    const both = new Map([...one, ...two]);
    expect(silencedIn(one, both, two, new Map(), both, one)).toStrictEqual([
      ...['one -', 'one two', '- two', '- -', 'one two', 'one -'],
    ]);
  });

  test('count only until they end, whatever else holds', () => {
    const later = silence({ id: 'two', stream: 'second', until: worldTime(90_000) });
    const view = new AlertsViewer([]).view(alerts, new Map([...one, ...later]), WORLD_START_MS + 60_000);
    expect([...alerts.values()].map((alert) => view.silencedBy(alert))).toStrictEqual([null, 'two']);
  });

  test('count by what they are now, where one takes the id of another', () => {
    expect(silencedIn(one, silence({ id: 'one', stream: 'second' }))).toStrictEqual(['one -', '- one']);
  });

  test('count however many there were before', () => {
    const many = Array.from({ length: 500 }, (_each, count) => silence({ id: `s${count}`, stream: 'first' }));
    const steps = many.map((each) => new Map([...each, ...two]));
    expect(new Set(silencedIn(...steps).map((each) => each.replace(/^s\d+/, 's')))).toStrictEqual(
      new Set(['s two']),
    );
  });
});

describe('maintenance', () => {
  const all = alertsOf(
    illSubject(streamOf('cam', 'a')),
    illSubject(streamOf('hall', 'b')),
    illSubject(hostOf()),
  );
  const HOURS = { days: new Set(['mon'] as const), fromMinute: 720, toMinute: 780, timeZone: 'UTC' };

  test.each([
    ['everything', {}, ['stream:a:cam', 'stream:b:hall', 'host:box']],
    ['streams by a glob', { match: 'h*' }, ['stream:b:hall']],
    ['a server', { servers: ['a', 'x'] }, ['stream:a:cam']],
  ])('of %s is a silence by its name', (_what, scope, keys) => {
    const maintenance = [{ name: 'monday', match: null, servers: null, hours: HOURS, ...scope }];
    expect(silenced(all, new Map(), { maintenance })).toStrictEqual(keys.map((key) => [key, 'monday']));
  });

  test('is within its hours', () => {
    const maintenance = [{ name: 'monday', match: null, servers: null, hours: HOURS }];
    const at = (wallMs: number) => silenced(all, new Map(), { maintenance, wallMs }).length;
    expect([
      at(WORLD_START_MS - 1),
      at(WORLD_START_MS + 3_599_999),
      at(WORLD_START_MS + 3_600_000),
    ]).toStrictEqual([...[0, 3, 0]]);
  });
});

describe('an alert as people see it', () => {
  test('has no clock of its own, and who was told', () => {
    const world = new AlertWorld();
    world.pass(42_000, [illSubject(CAM)]);
    const alert = world.alert(CAM);
    if (alert === undefined) throw new Error('there is no alert');
    expect(world.view().shown(alert)).toStrictEqual({
      id: alert.id,
      subject: CAM,
      state: 'firing',
      severity: 'critical',
      reasons: [{ code: 'off-air', severity: 'critical', measured: null, limit: null, since: worldTime(0) }],
      cause: null,
      simulated: false,
      since: worldTime(0),
      firedAt: worldTime(31_000),
      endedAt: null,
      resolvedAt: null,
      returns: 0,
      mutedBy: null,
      silencedBy: null,
      acknowledged: null,
      notified: [{ target: 'phone', state: 'firing', at: worldTime(41_000) }],
    });
  });

  test('says by what it is silenced and muted now, however often it was shown before', () => {
    const world = new AlertWorld();
    world.tick([illSubject(CAM)]);
    const alert = world.alert(CAM);
    if (alert === undefined) throw new Error('there is no alert');
    const shown = () => {
      const { silencedBy, mutedBy } = world.view().shown(alert);
      return [silencedBy, mutedBy];
    };
    const quiet = [...silence({ stream: 'cam' })].map(([, { author: by, ...rest }]) => ({
      by,
      silence: rest,
    }));
    expect(shown()).toStrictEqual([null, null]);
    for (const each of quiet) world.command({ type: 'silence.add', ...each });
    expect(shown()).toStrictEqual(['s1', null]);
    world.look([illSubject(CAM), illSubject(serverOf(), UNREACHABLE)]);
    expect(shown()).toStrictEqual(['s1', serverOf()]);
    world.command({ type: 'silence.delete', by: 'ann', id: 's1' });
    expect(shown()).toStrictEqual([null, serverOf()]);
  });

  test('doesn’t say of a target that is to be told that it was', () => {
    const world = new AlertWorld();
    world.pass(32_000, [illSubject(CAM)]);
    const alert = world.alert(CAM);
    expect(alert?.notified['phone']?.state).toBe('due');
    expect(alert && world.view().shown(alert).notified).toStrictEqual([]);
  });
});

describe('all alerts', () => {
  const NOW = { heldMs: 60_000 };

  test('are those that fire first, the critical ones of them, then the others; the newest first', () => {
    const world = new AlertWorld([]);
    const [old, warned, over] = [streamOf('old'), streamOf('warned'), streamOf('over')];
    const lasting = [illSubject(old, heldReason(NOW)), illSubject(warned, { ...WARNING, ...NOW })];
    world.tick([...lasting, illSubject(over, heldReason(NOW))]);
    world.pass(30_000, lasting);
    const ill = [...lasting, illSubject(streamOf('new'), heldReason(NOW)), illSubject(streamOf('pending'))];
    world.tick(ill);
    const names = (limit: number) =>
      summarise(world.state.alerts, world.view(), limit).alerts.map(
        ({ subject }) => 'stream' in subject && subject.stream,
      );
    expect(names(9)).toStrictEqual(['new', 'old', 'warned', 'pending', 'over']);
    expect(names(4)).toStrictEqual(['new', 'old', 'warned', 'pending']);
    expect(names(3)).toStrictEqual(['new', 'old', 'warned']);
    expect(names(1)).toStrictEqual(['new']);
  });

  test('are counted by state, also those that aren’t shown, and of those that fire the silenced ones', () => {
    const world = new AlertWorld([]);
    const lasting = [illSubject(streamOf('a'), heldReason(NOW)), illSubject(streamOf('b'), heldReason(NOW))];
    const gone = streamOf('gone', 'x');
    world.tick([
      ...lasting,
      illSubject(streamOf('over'), heldReason(NOW)),
      illSubject(gone, heldReason(NOW)),
    ]);
    world.tick([...lasting, illSubject(streamOf('new'))], {
      isSeen: ({ kind, ...of }) => kind !== 'stream' || !('server' in of) || of.server !== 'x',
    });
    const silences = silence({ stream: '{a,over}' });
    const view = new AlertsViewer([]).view(world.state.alerts, silences, WORLD_START_MS);
    expect(summarise(world.state.alerts, view, 1).counts).toStrictEqual({
      ...{ pending: 1, firing: 2, recovering: 1, unknown: 1, resolved: 0, silenced: 1 },
    });
  });
});
