import { describe, expect, test } from '@jest/globals';
import type { TargetMessage } from '../../src/model.ts';
import {
  AlertWorld,
  heldReason,
  illSubject,
  manyStreams,
  serverOf,
  streamOf,
  targetOf,
  told,
  UNREACHABLE,
} from '../support/alert-world.ts';

const CAM = streamOf();
const ILL = [illSubject(CAM)];

describe('one cause', () => {
  const servers = Array.from({ length: 20 }, (_each, index) => `s${index}`);

  test('is one message: a server that can’t be reached, not its streams', () => {
    const world = new AlertWorld();
    const streams = manyStreams(50);
    const ill = [...streams, illSubject(serverOf(), UNREACHABLE)];
    expect(told(world, 300, ill)).toStrictEqual([[41, 'fired main']]);
  });

  test('mutes what was to be told already', () => {
    const world = new AlertWorld();
    told(world, 35, manyStreams(50));
    const ill = [...manyStreams(50), illSubject(serverOf(), UNREACHABLE)];
    expect(told(world, 300, ill)).toStrictEqual([[76, 'fired main']]);
  });

  test('is the whole fleet’s: one message', () => {
    const world = new AlertWorld();
    const ill = servers.flatMap((server) => [
      ...manyStreams(5, server),
      illSubject(serverOf(server), UNREACHABLE),
    ]);
    const [message, ...others] = world.pass(300_000, ill);
    expect(others).toStrictEqual([]);
    expect(message?.fired.map(({ subject }) => subject.kind)).toStrictEqual(servers.map(() => 'server'));
  });

  test('is one message where servers go one after the other, within groupWait', () => {
    const world = new AlertWorld();
    const gone = servers.slice(0, 3).map((server) => illSubject(serverOf(server), UNREACHABLE));
    expect([
      ...told(world, 4, gone.slice(0, 1)),
      ...told(world, 4, gone.slice(0, 2)),
      ...told(world, 300, gone),
    ]).toStrictEqual([[41, 'fired s0', 'fired s1', 'fired s2']]);
  });

  test('is one message: a publisher’s trouble, and that of its viewers, whichever comes first', () => {
    const viewers = heldReason({ code: 'reader-discards', severity: 'warning' });
    const world = new AlertWorld([targetOf({ severity: 'warning' })]);
    told(world, 20, [illSubject(CAM, heldReason(), viewers)]);
    expect(told(world, 300, ILL)).toStrictEqual([[41, 'fired main/cam']]);
    expect(told(world, 300, [illSubject(CAM, heldReason(), viewers)])).toStrictEqual([]);
    const other = new AlertWorld([targetOf({ severity: 'warning' })]);
    told(other, 5, [illSubject(CAM, viewers)]);
    expect(told(other, 300, [illSubject(CAM, heldReason(), viewers)])).toStrictEqual([
      [41, 'fired main/cam'],
    ]);
  });

  test('is over: streams that are still in trouble are told then', () => {
    const world = new AlertWorld();
    told(world, 100, [...ILL, illSubject(serverOf(), UNREACHABLE)]);
    expect(told(world, 100, ILL)).toStrictEqual([[121, 'fired main/cam', 'resolved main']]);
  });

  test('doesn’t mute that streams are over that somebody was told of', () => {
    const world = new AlertWorld();
    told(world, 60, ILL);
    const server = [illSubject(serverOf(), UNREACHABLE)];
    expect(told(world, 30, server)).toStrictEqual([[81, 'resolved main/cam']]);
  });

  test('has no repeats of what it mutes', () => {
    const world = new AlertWorld([targetOf({ repeatMs: 60_000 })]);
    told(world, 60, ILL);
    const ill = [...ILL, illSubject(serverOf(), heldReason({ code: 'no-data', heldMs: 60_000 }))];
    expect(
      told(world, 200, ill)
        .flat()
        .filter((each) => each === 'repeated main/cam'),
    ).toStrictEqual([]);
  });
});

describe('a stream that comes and goes', () => {
  const HOUR = 3_600;

  /** For an hour it is off air and live in turns, then live. Tells what was told, and how often it had come back. */
  function flapping(offSeconds: number, liveSeconds: number): readonly [string, number][] {
    const world = new AlertWorld();
    const messages: TargetMessage[] = [];
    for (let passed = 0; passed < HOUR; passed += offSeconds + liveSeconds) {
      messages.push(...world.pass(offSeconds * 1_000, ILL), ...world.pass(liveSeconds * 1_000, []));
    }
    messages.push(...world.pass(600_000, []));
    return messages.flatMap(({ fired, repeated, resolved }) => [
      ...fired.map(({ returns }): [string, number] => ['fired', returns]),
      ...repeated.map(({ returns }): [string, number] => ['repeated', returns]),
      ...resolved.map(({ returns }): [string, number] => ['resolved', returns]),
    ]);
  }

  test('is one alert, told once and when it is over, with how often it came back', () => {
    expect(flapping(50, 10)).toStrictEqual([
      ['fired', 0],
      ['resolved', 59],
    ]);
  });

  test('is told no more once it is known to, where it is well for long enough in between to be over', () => {
    expect(flapping(80, 70)).toStrictEqual([
      ['fired', 0],
      ['resolved', 0],
      ['fired', 1],
      ['resolved', 1],
      ['fired', 2],
      ['resolved', 23],
    ]);
  });

  test('is told of nobody where it never is off air for long enough', () => {
    expect(flapping(20, 20)).toStrictEqual([]);
  });
});
