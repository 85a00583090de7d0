import { describe, expect, test } from '@jest/globals';
import type { IllSubject, Target } from '../../src/model.ts';
import { planMessages } from '../../src/plan/index.ts';
import {
  AlertWorld,
  heldReason,
  illSubject,
  manyStreams,
  serverOf,
  streamOf,
  targetOf,
  told,
  toldIn,
  WARNING,
  worldTime,
} from '../support/alert-world.ts';

const CAM = streamOf();
const ILL = [illSubject(CAM)];
const HOUR_MS = 3_600_000;

describe('a target', () => {
  test('is told after `for` and groupWait, counted from when it had held', () => {
    const world = new AlertWorld();
    expect(told(world, 60, ILL)).toStrictEqual([[41, 'fired main/cam']]);
  });

  test('is told of what had held before it was seen as soon as that', () => {
    const world = new AlertWorld();
    const ill = [illSubject(CAM, heldReason({ heldMs: 35_500 }))];
    // It had held for 30 s at -4.5 s: groupWait is over at 5.5 s.
    expect(told(world, 10, ill)).toStrictEqual([[6, 'fired main/cam']]);
  });

  test('gets what comes within groupWait in one message, the worst first', () => {
    const world = new AlertWorld([targetOf({ severity: 'warning' })]);
    told(world, 5, [illSubject(streamOf('b'))]);
    const ill = [
      illSubject(streamOf('w'), WARNING),
      illSubject(streamOf('b')),
      illSubject(streamOf('c')),
      illSubject(serverOf('s')),
    ];
    expect(told(world, 60, ill)).toStrictEqual([
      [41, 'fired s', 'fired main/b', 'fired main/c', 'fired main/w'],
    ]);
  });

  test('gets with it what was due a moment ago, and what comes later after groupInterval', () => {
    const world = new AlertWorld();
    told(world, 9, [illSubject(streamOf('a'))]);
    told(world, 3, [illSubject(streamOf('a')), illSubject(streamOf('b'))]);
    const ill = ['a', 'b', 'c'].map((name) => illSubject(streamOf(name)));
    expect(told(world, 90, ill)).toStrictEqual([
      [41, 'fired main/a', 'fired main/b'],
      [71, 'fired main/c'],
    ]);
  });

  test('is told nothing of what was over before it was due', () => {
    const world = new AlertWorld();
    expect([...told(world, 30, ILL), ...told(world, 600, [])]).toStrictEqual([]);
  });

  test('is told of the end with its beginning where that came first', () => {
    const world = new AlertWorld([targetOf({ groupWaitMs: 60_000 })]);
    told(world, 32, ILL);
    expect(told(world, 120, [])).toStrictEqual([[91, 'resolved main/cam']]);
    expect(world.alert(CAM)?.notified['phone']).toMatchObject({ state: 'resolved' });
  });

  test('is told of what it is due even while that recovers, or nothing is known of it', () => {
    const [recovering, unknown] = [new AlertWorld(), new AlertWorld()];
    for (const world of [recovering, unknown]) told(world, 33, ILL);
    expect(told(recovering, 9, [])).toStrictEqual([[41, 'fired main/cam']]);
    const messages = unknown.pass(9_000, [], () => false);
    expect(messages.map(({ fired }) => fired.map(({ state }) => state))).toStrictEqual([['unknown']]);
  });

  test('waits where what it is due was resolved and is back, but pending', () => {
    const world = new AlertWorld([targetOf({ groupWaitMs: 60_000 })]);
    told(world, 32, ILL);
    told(world, 30, []);
    expect(told(world, 40, [illSubject(CAM, WARNING)]).map(([at]) => at)).toStrictEqual([93]);
  });

  test('waits for that, too, while nothing is known of it', () => {
    const world = new AlertWorld([targetOf({ groupWaitMs: 60_000 })]);
    told(world, 32, ILL);
    told(world, 30, []);
    told(world, 10, ILL);
    expect(world.pass(60_000, [], () => false)).toStrictEqual([]);
    expect(told(world, 60, [])).toStrictEqual([[133, 'resolved main/cam']]);
  });

  test('is told when it is over after groupInterval, not groupWait', () => {
    const world = new AlertWorld();
    told(world, 42, ILL);
    // Resolved at 63 s; 30 s after the message at 41 s it may be told.
    expect(told(world, 60, [])).toStrictEqual([[71, 'resolved main/cam']]);
    const later = new AlertWorld();
    told(later, 100, ILL);
    expect(told(later, 60, [])).toStrictEqual([[121, 'resolved main/cam']]);
  });

  test('is told again when it fires again after it was told that it is over', () => {
    const world = new AlertWorld();
    told(world, 100, ILL);
    told(world, 60, []);
    expect(told(world, 60, ILL)).toStrictEqual([[201, 'fired main/cam']]);
    expect(world.alert(CAM)?.returns).toBe(1);
  });

  test('isn’t told what it knows: that it recovered and returned', () => {
    const world = new AlertWorld();
    told(world, 60, ILL);
    expect([...told(world, 15, []), ...told(world, 100, ILL)]).toStrictEqual([]);
  });

  test('is told of what is over and back in its wait only the newest', () => {
    const world = new AlertWorld([targetOf({ groupIntervalMs: 600_000 })]);
    told(world, 60, ILL);
    expect([...told(world, 60, []), ...told(world, 600, ILL)]).toStrictEqual([]);
  });

  test('is told once, of what fires on again after `repeat`, with what else is news', () => {
    const world = new AlertWorld([targetOf({ repeatMs: HOUR_MS, severity: 'warning' })]);
    told(world, 60, ILL);
    const ill = [...ILL, illSubject(streamOf('b'), { ...WARNING, heldMs: 25_000 })];
    world.tick(ILL, { afterMs: HOUR_MS - 30_000 });
    expect(told(world, 100, ill)).toStrictEqual([[3_641, 'fired main/b', 'repeated main/cam']]);
    expect(world.alert(CAM)?.notified['phone']).toMatchObject({ state: 'firing', atMs: 3_641_000 });
  });

  test('isn’t told again of what recovers, or of which nothing is known', () => {
    const target = targetOf({ repeatMs: 60_000 });
    const [recovering, unknown] = [new AlertWorld([target]), new AlertWorld([target])];
    for (const world of [recovering, unknown]) told(world, 95, ILL);
    expect(told(recovering, 19, [])).toStrictEqual([]);
    expect(unknown.pass(300_000, [], () => false)).toStrictEqual([]);
  });

  test('of which nothing new is to be told stays the same object', () => {
    const world = new AlertWorld();
    told(world, 60, ILL);
    const { targets, alerts } = world.state;
    told(world, 60, ILL);
    expect(world.state.targets).toBe(targets);
    expect(world.state.alerts).toBe(alerts);
    const { state, audience, moment, newId } = world;
    expect(planMessages(state, { audience, view: world.view(), moment, newId })).toBe(state);
  });
});

describe('a message', () => {
  test('says what it is, and keeps of what it was told the time', () => {
    const world = new AlertWorld();
    const [message] = world.pass(42_000, ILL);
    expect(message).toMatchObject({
      target: 'phone',
      kind: 'alerts',
      goneTarget: null,
      at: worldTime(41_000),
      firedCount: 1,
      repeated: [],
      repeatedCount: 0,
      resolved: [],
      resolvedCount: 0,
    });
    expect(message?.fired[0]).toMatchObject({ subject: CAM, state: 'firing' });
    expect(world.alert(CAM)?.notified).toStrictEqual({
      phone: { state: 'firing', severity: 'critical', atMs: 41_000, at: worldTime(41_000) },
    });
  });

  test('names 500 alerts at most, the worst, and says how many there are', () => {
    const world = new AlertWorld([targetOf({ severity: 'warning' })]);
    const warned = Array.from({ length: 700 }, (_each, index) => illSubject(streamOf(`w-${index}`), WARNING));
    const [message, ...others] = world.pass(42_000, [...warned, ...manyStreams(400)]);
    expect(others).toStrictEqual([]);
    expect([message?.firedCount, message?.fired.length]).toStrictEqual([1_100, 500]);
    expect(message?.fired.filter(({ severity }) => severity === 'critical')).toHaveLength(400);
    expect(toldIn(world.pass(600_000, [...warned, ...manyStreams(400)]))).toStrictEqual([]);
  });

  test('stays as it is while it is on its way, and what changes waits for the next', () => {
    const world = new AlertWorld();
    for (let second = 0; second < 42; second += 1) world.tick(ILL);
    const [before] = world.queue();
    for (let second = 0; second < 600; second += 1) world.tick([illSubject(streamOf('b'))]);
    expect(world.queue()).toStrictEqual([before]);
    world.deliver();
    expect(toldIn(world.tick([illSubject(streamOf('b'))]))).toStrictEqual([
      ['fired main/b', 'resolved main/cam'],
    ]);
  });

  test('isn’t kept by tests, replays, and what other targets are told of', () => {
    const world = new AlertWorld();
    const [message] = world.pass(42_000, ILL);
    if (message === undefined) throw new Error('nothing was told');
    world.command({ type: 'notification.replay', by: 'ann', id: '1-0' }, message);
    world.command({ type: 'target.test', by: 'ann', target: 'phone' });
    for (let second = 0; second < 60; second += 1) world.tick([]);
    expect(
      world.queue().map((one) => [one.message.kind, one.isReplay, one.message.resolvedCount]),
    ).toStrictEqual([
      ['test', false, 0],
      ['alerts', true, 0],
      ['alerts', false, 1],
    ]);
  });
});

describe('many targets', () => {
  const [phone, mail] = [targetOf(), targetOf({ name: 'mail', groupWaitMs: 60_000, severity: 'warning' })];

  test('each have their own times, and don’t wait for one another', () => {
    const world = new AlertWorld([phone, mail]);
    const messages: [number, string][] = [];
    for (let second = 0; second < 100; second += 1) {
      for (const { target } of world.tick(ILL)) messages.push([world.moment.atMs / 1_000, target]);
    }
    expect(messages).toStrictEqual([
      [41, 'phone'],
      [91, 'mail'],
    ]);
  });

  test.each<[string, Partial<Target>, IllSubject[], boolean]>([
    ['critical only: not a warning', {}, [illSubject(CAM, WARNING)], false],
    ['warnings: one', { severity: 'warning' }, [illSubject(CAM, WARNING)], true],
    ['a glob: a stream that matches', { match: 'c*' }, ILL, true],
    ['a glob: no other stream', { match: 'x*' }, ILL, false],
    ['a glob: servers, whose streams aren’t seen then', { match: 'x*' }, [illSubject(serverOf())], true],
    ['a glob and servers: no other', { match: 'x*', servers: ['x'] }, [illSubject(serverOf())], false],
    ['a glob: no host', { match: '**' }, [illSubject({ kind: 'host', host: 'main' })], false],
    ['a server: its streams', { servers: ['main'] }, ILL, true],
    ['a server: itself', { servers: ['main'] }, [illSubject(serverOf())], true],
    ['a server: no other', { servers: ['x'] }, ILL, false],
    ['a server: no host', { servers: ['main'] }, [illSubject({ kind: 'host', host: 'main' })], false],
    ['all: a host', {}, [illSubject({ kind: 'host', host: 'main' })], true],
  ])('are told what they select: %s', (_what, fields, ill, isTold) => {
    expect(new AlertWorld([targetOf(fields)]).pass(60_000, ill)).toHaveLength(isTold ? 1 : 0);
  });

  test('one that wants what is critical counts from when it got so', () => {
    const world = new AlertWorld([phone, targetOf({ name: 'all', severity: 'warning' })]);
    world.pass(60_000, [illSubject(CAM, WARNING)]);
    expect(world.alert(CAM)?.notified).toMatchObject({ all: { state: 'firing' } });
    const messages = world.pass(60_000, [illSubject(CAM, { ...WARNING, severity: 'critical' })]);
    expect(messages.map(({ target, at }) => [target, at])).toStrictEqual([
      ['phone', worldTime(101_000)],
      ['all', worldTime(101_000)],
    ]);
  });

  test('one that wants what is critical isn’t pestered with what is a warning by now, but told the end', () => {
    const world = new AlertWorld([targetOf({ repeatMs: 60_000 })]);
    world.pass(60_000, ILL);
    expect(told(world, 300, [illSubject(CAM, WARNING)])).toStrictEqual([]);
    expect(told(world, 30, [])).toStrictEqual([[381, 'resolved main/cam']]);
  });

  test('one with a longer `for` is told later', () => {
    const world = new AlertWorld([phone, targetOf({ name: 'slow', forMs: 300_000 })]);
    world.pass(250_000, ILL);
    expect(world.alert(CAM)?.notified).toStrictEqual({ phone: expect.objectContaining({ state: 'firing' }) });
    expect(told(world, 100, ILL)).toStrictEqual([[311, 'fired main/cam']]);
  });
});
