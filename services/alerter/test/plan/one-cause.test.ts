import { describe, expect, test } from '@jest/globals';
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
