import { describe, expect, test } from '@jest/globals';
import { firingFor, reconcileTargets, targetStatus } from '../../src/plan/index.ts';
import {
  AlertWorld,
  heldReason,
  illSubject,
  serverOf,
  streamOf,
  targetOf,
  toldIn,
  UNREACHABLE,
  WARNING,
} from '../support/alert-world.ts';

const CAM = streamOf();
const ILL = [illSubject(CAM)];

/** A world in which a message is on its way. */
function waiting(): AlertWorld {
  const world = new AlertWorld();
  for (let second = 0; second < 41; second += 1) world.tick(ILL);
  return world;
}

describe('targets of the file', () => {
  test('that are new are kept, with nothing on its way', () => {
    expect(new AlertWorld().state.targets.get('phone')).toStrictEqual({
      name: 'phone',
      digest: 'one',
      sentAtMs: null,
      queue: [],
      deliveredAt: null,
      error: null,
      isDisabled: false,
      testedAtMs: null,
      told: [],
    });
  });

  test('that are new are told what fires', () => {
    const world = new AlertWorld([]);
    world.pass(100_000, ILL);
    world.restart([targetOf()]);
    expect(toldIn(world.pass(60_000, ILL))).toStrictEqual([['fired main/cam']]);
  });

  test('that are the same keep what is theirs, over restarts', () => {
    const world = waiting();
    const { targets, alerts } = world.state;
    world.restart();
    expect([world.state.targets, world.state.alerts]).toStrictEqual([targets, alerts]);
    expect(world.ended).toStrictEqual([]);
  });

  test('that are the same change nothing: not one object', () => {
    const { state, audience, moment } = waiting();
    expect(reconcileTargets(state, audience, moment).state).toBe(state);
  });

  test('whose entry is another are tried at once', () => {
    const world = waiting();
    const [queued] = world.queue();
    const { id = '' } = queued?.message ?? {};
    world.results([
      { target: 'phone', messageId: id, outcome: 'failed', error: 'no', retryAfterMs: 3_600_000 },
    ]);
    world.restart([targetOf({ digest: 'two' })]);
    expect(world.queue()).toMatchObject([{ message: { id }, tries: 1, nextTryAtMs: world.moment.atMs }]);
    expect(world.state.targets.get('phone')).toMatchObject({ error: null, digest: 'two' });
  });

  test('that left it are let go: what is on its way is given up, and alerts don’t know them any more', () => {
    const world = waiting();
    const [queued] = world.queue();
    world.restart([targetOf({ name: 'mail' })]);
    expect([...world.state.targets.keys()]).toStrictEqual(['mail']);
    expect(world.ended).toMatchObject([
      {
        message: queued?.message,
        outcome: 'dead',
        tries: 0,
        error: 'the target is not in MONITOR_CONFIG any more',
      },
    ]);
    expect(world.alert(CAM)?.notified).toStrictEqual({});
  });

  test('that select something else by now are told the end of what they were told', () => {
    const world = new AlertWorld([targetOf({ repeatMs: 60_000 })]);
    world.pass(60_000, ILL);
    world.restart([targetOf({ match: 'other', repeatMs: 60_000 })]);
    expect(world.pass(200_000, ILL)).toStrictEqual([]);
    expect(toldIn(world.pass(60_000, []))).toStrictEqual([['resolved main/cam']]);
    expect(world.pass(100_000, ILL)).toStrictEqual([]);
  });

  test.each(['constructor', 'toString', 'hasOwnProperty'])('may be called %s', (name) => {
    const world = new AlertWorld([targetOf({ name })]);
    expect(toldIn(world.pass(100_000, ILL))).toStrictEqual([['fired main/cam']]);
    world.restart();
    expect(toldIn(world.pass(100_000, []))).toStrictEqual([['resolved main/cam']]);
  });
});

describe('what fires for a target', () => {
  const firing = (world: AlertWorld, target = 'phone') =>
    firingFor(target, world.state, world.view()).firing.map(({ subject, state }) => [subject.kind, state]);

  test('is what it was told, and isn’t resolved', () => {
    const world = new AlertWorld();
    world.pass(35_000, ILL);
    expect(firing(world)).toStrictEqual([]);
    world.pass(10_000, ILL);
    expect(firing(world)).toStrictEqual([['stream', 'firing']]);
    expect(firing(world, 'other')).toStrictEqual([]);
    world.pass(5_000, []);
    expect(firing(world)).toStrictEqual([['stream', 'recovering']]);
    world.tick([], { isSeen: () => false });
    expect(firing(world)).toStrictEqual([['stream', 'unknown']]);
    world.pass(60_000, []);
    expect(firing(world)).toStrictEqual([]);
  });

  test('isn’t what is over, also where that isn’t told yet', () => {
    const world = waiting();
    for (let second = 0; second < 30; second += 1) world.tick([]);
    expect(world.alert(CAM)).toMatchObject({ state: 'resolved', notified: { phone: { state: 'firing' } } });
    expect(firing(world)).toStrictEqual([]);
  });

  test('is that, too, while it is silenced or muted: neither ends it', () => {
    const world = new AlertWorld();
    world.pass(60_000, ILL);
    world.tick([...ILL, illSubject(serverOf(), UNREACHABLE)]);
    expect(firing(world)).toStrictEqual([['stream', 'firing']]);
  });
});

describe('how a target does', () => {
  const statusOf = (world: AlertWorld) => {
    const stored = world.state.targets.get('phone');
    return stored && targetStatus(stored, targetOf(), world.moment);
  };

  test('is said with how long its oldest message has waited', () => {
    const world = waiting();
    world.tick(ILL, { afterMs: 7_000 });
    expect(statusOf(world)).toStrictEqual({
      ...{ name: 'phone', kind: 'ntfy', state: 'ok', error: null, deliveredAt: null, queueAgeMs: 7_000 },
      testAgeMs: null,
    });
    world.command({ type: 'target.test', by: 'ann', target: 'phone' });
    expect(statusOf(world)).toMatchObject({ queueAgeMs: 7_000, testAgeMs: 0 });
    world.deliver();
    expect(statusOf(world)).toMatchObject({ state: 'ok', queueAgeMs: null });
    expect(statusOf(world)?.deliveredAt).not.toBeNull();
  });

  test.each([
    ['failed', 'failing'],
    ['gone', 'disabled'],
  ] as const)('after it %s', (outcome, state) => {
    const world = waiting();
    const messageId = world.queue()[0]?.message.id ?? '';
    world.results([{ target: 'phone', messageId, outcome, error: 'why', retryAfterMs: null }]);
    expect(statusOf(world)).toMatchObject({ state, error: 'why' });
  });
});

test('of many alerts the worst are told: critical before warnings, servers before hosts before streams, older ones', () => {
  const world = new AlertWorld([targetOf({ severity: 'warning' })]);
  const held = heldReason({ heldMs: 31_000 });
  const messages = world.pass(20_000, [
    illSubject(streamOf('warned'), { ...WARNING, heldMs: 90_000 }),
    illSubject(serverOf('warned'), { ...WARNING, heldMs: 31_000 }),
    illSubject(streamOf('late'), held),
    illSubject(streamOf('early'), { ...held, heldMs: 32_000 }),
    illSubject({ kind: 'host', host: 'box' }, held),
    illSubject(serverOf('down'), held),
  ]);
  expect(toldIn(messages)).toStrictEqual([
    ['fired down', 'fired box', 'fired main/early', 'fired main/late', 'fired warned', 'fired main/warned'],
  ]);
});
