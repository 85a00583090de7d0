import { describe, expect, test } from '@jest/globals';
import type { AlerterCommand } from '@mediamtx-monitor/types';
import { applyCommands } from '../../src/plan/index.ts';
import { AlertWorld, illSubject, streamOf, targetOf, worldTime } from '../support/alert-world.ts';

const ILL = [illSubject(streamOf())];
const DAY_MS = 86_400_000;

type SilenceFields = Extract<AlerterCommand, { type: 'silence.add' }>['silence'];

const add = (fields: Partial<SilenceFields> = {}): AlerterCommand => ({
  type: 'silence.add',
  by: 'ann',
  silence: {
    ...{ id: 's1', server: 'main', stream: null, reason: null, comment: 'known' },
    ...{ createdAt: worldTime(-9_000), until: worldTime(60_000), ...fields },
  },
});

const refusal = (why: string) => ({ type: 'refused', why });

describe('a silence', () => {
  test('is kept with its author, from now to its end', () => {
    const world = new AlertWorld();
    const silence = {
      ...{ id: 's1', server: 'main', stream: null, reason: null, author: 'ann', comment: 'known' },
      ...{ createdAt: worldTime(0), until: worldTime(60_000) },
    };
    expect(world.command(add())).toStrictEqual({ type: 'silence.added', silence });
    expect(world.state.silences).toStrictEqual(new Map([['s1', silence]]));
  });

  test.each([
    ['is now', worldTime(0), 'its end is not in the future'],
    ['is over', worldTime(-1), 'its end is not in the future'],
    ['is no time', 'tomorrow', 'its end is not in the future'],
    ['is too far', worldTime(30 * DAY_MS + 1), 'its end is more than 30 days ahead'],
  ])('whose end %s is refused', (_what, until, why) => {
    const world = new AlertWorld();
    expect(world.command(add({ until }))).toMatchObject(refusal(why));
    expect(world.state.silences.size).toBe(0);
  });

  test.each([
    ['in 30 days', worldTime(30 * DAY_MS), worldTime(30 * DAY_MS)],
    ['in another zone', '2026-01-05T14:00:01+02:00', worldTime(1_000)],
  ])('may end %s', (_what, until, kept) => {
    const world = new AlertWorld();
    expect(world.command(add({ until }))).toMatchObject({ silence: { until: kept } });
  });

  test('that selects nothing is refused', () => {
    expect(new AlertWorld().command(add({ server: null }))).toMatchObject(refusal('it selects nothing'));
  });

  test('is made once', () => {
    const world = new AlertWorld();
    world.command(add());
    expect(world.command(add({ comment: 'again' }))).toMatchObject(refusal('there is a silence with its id'));
  });

  test('is one of 200 at most', () => {
    const world = new AlertWorld();
    for (let count = 0; count < 200; count += 1) world.command(add({ id: `s${count}` }));
    expect(world.command(add({ id: 'more' }))).toMatchObject(refusal('there are 200 silences already'));
    expect(world.state.silences.size).toBe(200);
  });

  test('ends when somebody wants it to', () => {
    const world = new AlertWorld();
    world.command(add());
    const effect = world.command({ type: 'silence.delete', by: 'bob', id: 's1' });
    expect(effect).toMatchObject({ type: 'silence.ended', by: 'bob', silence: { id: 's1' } });
    expect(world.state.silences.size).toBe(0);
    expect(world.command({ type: 'silence.delete', by: 'bob', id: 's1' })).toMatchObject(
      refusal('there is no such silence'),
    );
  });

  test('ends at its time, by the wall clock, which is told once', () => {
    const world = new AlertWorld();
    world.command(add());
    world.command(add({ id: 'later', until: worldTime(DAY_MS) }));
    world.tick([], { afterMs: 59_999 });
    expect(world.state.silences.size).toBe(2);
    world.tick([], { afterMs: 1 });
    expect([...world.state.silences.keys()]).toStrictEqual(['later']);
    world.tick([]);
    expect(world.effects.slice(2)).toMatchObject([
      { type: 'silence.ended', by: null, silence: { id: 's1' } },
    ]);
    world.setClock(DAY_MS);
    world.tick([]);
    expect(world.state.silences.size).toBe(0);
  });
});

describe('an acknowledgement', () => {
  function firing(): AlertWorld {
    const world = new AlertWorld();
    world.pass(60_000, ILL);
    return world;
  }
  const ack = (world: AlertWorld, id = world.alert(streamOf())?.id ?? '', comment: string | null = 'mine') =>
    world.command({ type: 'alert.ack', by: 'ann', id, comment });

  test('stands in the alert', () => {
    const world = firing();
    const acknowledgement = { by: 'ann', at: worldTime(60_000), comment: 'mine' };
    expect(ack(world)).toMatchObject({ type: 'alert.acknowledged', acknowledgement });
    expect(world.alert(streamOf())?.acknowledged).toStrictEqual(acknowledgement);
  });

  test('stays while the alert recovers and returns', () => {
    const world = firing();
    ack(world);
    world.pass(10_000, []);
    world.pass(10_000, ILL);
    expect(world.alert(streamOf())?.acknowledged).toMatchObject({ by: 'ann' });
  });

  test('of what isn’t there, or is over, is refused', () => {
    const world = firing();
    expect(ack(world, 'other')).toMatchObject(refusal('there is no such alert'));
    world.pass(60_000, []);
    expect(ack(world)).toMatchObject(refusal('the alert is over'));
  });
});

describe('a test', () => {
  const run = (world: AlertWorld, target = 'phone') =>
    world.command({ type: 'target.test', by: 'ann', target });

  test('goes into its target’s queue, in front of what waits', () => {
    const world = new AlertWorld();
    for (let second = 0; second < 41; second += 1) world.tick(ILL);
    expect(run(world)).toMatchObject({
      type: 'message.queued',
      by: 'ann',
      message: { kind: 'test', target: 'phone' },
    });
    expect(world.queue().map(({ message }) => message.kind)).toStrictEqual(['test', 'alerts']);
    expect(world.queue()[0]).toMatchObject({ nextTryAtMs: 41_000, tries: 0, isReplay: false });
  });

  test('is done once a minute a target, by the alerter’s own clock', () => {
    const world = new AlertWorld([targetOf(), targetOf({ name: 'mail' })]);
    run(world);
    world.setClock(DAY_MS);
    world.tick([], { afterMs: 59_999 });
    expect(run(world)).toMatchObject(refusal('it was tested in the last minute'));
    expect(run(world, 'mail')).toMatchObject({ type: 'message.queued' });
    world.tick([], { afterMs: 1 });
    expect(run(world)).toMatchObject({ type: 'message.queued' });
  });

  test('of a target that isn’t there, or is gone, is refused', () => {
    const world = new AlertWorld();
    expect(run(world, 'other')).toMatchObject(refusal('MONITOR_CONFIG has no such target'));
    run(world);
    const messageId = world.queue()[0]?.message.id ?? '';
    world.results([{ target: 'phone', messageId, outcome: 'gone', error: 'gone', retryAfterMs: null }]);
    world.tick([], { afterMs: 60_000 });
    expect(run(world)).toMatchObject({ type: 'refused', why: expect.stringContaining('the target is gone') });
  });
});

describe('a message that was given up', () => {
  function dead() {
    const world = new AlertWorld();
    const [message] = world.pass(42_000, ILL);
    if (message === undefined) throw new Error('nothing was told');
    return { world, message };
  }
  const replay = (world: AlertWorld, message: Parameters<AlertWorld['command']>[1]) =>
    world.command({ type: 'notification.replay', by: 'ann', id: '1-0' }, message);

  test('is sent again as it was, with its id', () => {
    const { world, message } = dead();
    expect(replay(world, message)).toStrictEqual({ type: 'message.queued', message, by: 'ann' });
    expect(world.queue()).toStrictEqual([
      { message, isReplay: true, queuedAtMs: 42_000, tries: 0, nextTryAtMs: 42_000 },
    ]);
  });

  test('is on its way once', () => {
    const { world, message } = dead();
    replay(world, message);
    expect(replay(world, message)).toMatchObject(refusal('the message is on its way already'));
  });

  test('is one of 20 at most', () => {
    const { world, message } = dead();
    for (let count = 0; count < 20; count += 1) replay(world, { ...message, id: `old-${count}` });
    expect(replay(world, message)).toMatchObject({
      type: 'refused',
      why: expect.stringMatching(/^20 messages/),
    });
    expect(world.queue()).toHaveLength(20);
  });

  test('isn’t sent to a target that is gone', () => {
    const { world, message } = dead();
    replay(world, message);
    world.results([
      { target: 'phone', messageId: message.id, outcome: 'gone', error: 'gone', retryAfterMs: null },
    ]);
    expect(replay(world, message)).toMatchObject({ why: expect.stringContaining('the target is gone') });
  });

  test('isn’t sent where there is none, or its target isn’t there', () => {
    const { world, message } = dead();
    expect(replay(world, null)).toMatchObject(refusal('there is no message'));
    expect(replay(world, { ...message, target: 'left' })).toMatchObject(
      refusal('MONITOR_CONFIG has no such target'),
    );
    expect(world.queue()).toStrictEqual([]);
  });
});

test('commands are done in their order, and the last one’s id is kept, also of one that is refused', () => {
  const world = new AlertWorld();
  const refused: AlerterCommand = { type: 'target.test', by: 'ann', target: 'other' };
  const given = [add(), { type: 'silence.delete', by: 'ann', id: 's1' } as const, refused];
  const commands = given.map((command, index) => ({ id: `${index}-0`, command, message: null }));
  const { state, effects } = applyCommands(world.state, commands, world.moment, world.newId);
  expect(state).toStrictEqual({ ...world.state, commandId: '2-0' });
  expect(effects.map(({ type }) => type)).toStrictEqual(['silence.added', 'silence.ended', 'refused']);
});
