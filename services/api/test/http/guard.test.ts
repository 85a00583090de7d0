import { Duplex } from 'node:stream';
import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { Guard } from '../../src/http/guard.ts';
import { createLines } from '../bench.ts';

const socketOf = (): Duplex => new Duplex({ read: () => undefined });

test.each([
  [
    'throws',
    () => {
      throw new TypeError('a mistake');
    },
  ],
  ['rejects', () => Promise.reject(new TypeError('a mistake'))],
])('work that %s costs its connection, is logged and counted, and goes no further', async (_how, work) => {
  const { logger, lines } = createLines();
  const guard = new Guard(logger);
  const [failing, other] = [socketOf(), socketOf()];
  guard.run(other, () => undefined);
  guard.run(failing, work);
  await eventually(() => {
    expect([failing.destroyed, other.destroyed]).toStrictEqual([true, false]);
  });
  expect(guard.failures).toBe(1);
  expect(lines).toStrictEqual([expect.stringMatching(/^error: a connection failed and was cut/)]);
});

test('work for when a connection is gone costs nobody else anything either', async () => {
  const { logger, lines } = createLines();
  const guard = new Guard(logger);
  const socket = socketOf();
  let others = 0;
  guard.whenGone(socket, () => {
    throw new TypeError('a mistake');
  });
  guard.whenGone(socket, () => (others += 1));
  socket.destroy();
  await eventually(() => {
    expect([guard.failures, others, lines.length]).toStrictEqual([1, 1, 1]);
  });
});

test('work that is done, now or later, changes nothing', async () => {
  const { logger, lines } = createLines();
  const guard = new Guard(logger);
  const socket = socketOf();
  let done = 0;
  guard.run(socket, () => (done += 1));
  guard.run(socket, () => Promise.resolve().then(() => (done += 1)));
  await eventually(() => {
    expect(done).toBe(2);
  });
  expect([socket.destroyed, guard.failures, lines]).toStrictEqual([false, 0, []]);
});
