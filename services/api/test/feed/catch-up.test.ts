import { expect, test } from '@jest/globals';
import { createFakeClock } from '@mediamtx-monitor/testkit';
import { CatchUp } from '../../src/feed/catch-up.ts';
import { Channel } from '../../src/feed/channel.ts';
import { createLines } from '../bench.ts';

/** Reads what is stored as it is told to, on behalf of a channel that isn't connected. */
function catchingUp(read: () => Promise<void>) {
  const clock = createFakeClock();
  const { logger } = createLines();
  const unused = (): void => undefined;
  const catchUp = new CatchUp({
    clock,
    logger,
    channel: new Channel({
      redis: { url: 'redis://127.0.0.1:1' },
      logger,
      onReady: unused,
      onContact: unused,
    }),
    read: async () => {
      await read();
      return [];
    },
    known: () => [],
    newest: () => undefined,
    isLacking: () => false,
    take: () => undefined,
    forget: unused,
  });
  return { clock, catchUp };
}

test('all who ask at the same time share one read, and the next begins only after the gap', async () => {
  let reads = 0;
  const { clock, catchUp } = catchingUp(async () => {
    reads += 1;
    await Promise.resolve();
  });
  await Promise.all(Array.from({ length: 50 }, () => catchUp.read(100)));
  await catchUp.read(100);
  expect(reads).toBe(1);
  clock.advance(99);
  await catchUp.read(100);
  expect(reads).toBe(1);
  clock.advance(1);
  await Promise.all([catchUp.read(100), catchUp.read(100)]);
  expect(reads).toBe(2);
});

test('who asks during a read waits for its end', async () => {
  const order: string[] = [];
  let finish = (): void => undefined;
  const { catchUp } = catchingUp(
    () =>
      new Promise((resolve) => {
        finish = () => {
          order.push('read');
          resolve();
        };
      }),
  );
  const first = catchUp.read(100);
  const second = catchUp.read(100).then(() => order.push('second'));
  finish();
  await Promise.all([first, second]);
  expect(order).toStrictEqual(['read', 'second']);
});

test('a read that fails is over, and the next one begins', async () => {
  let reads = 0;
  const { clock, catchUp } = catchingUp(() => {
    reads += 1;
    return Promise.reject(new Error('no Redis'));
  });
  await catchUp.read(100);
  clock.advance(100);
  await catchUp.read(100);
  expect(reads).toBe(2);
});
