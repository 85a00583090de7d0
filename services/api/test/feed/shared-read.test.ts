import { expect, test } from '@jest/globals';
import { createFakeClock } from '@mediamtx-monitor/testkit';
import { SharedRead } from '../../src/feed/shared-read.ts';

test('all who ask at the same time share one read, and the next begins only after the gap', async () => {
  const clock = createFakeClock();
  let reads = 0;
  const shared = new SharedRead(async () => {
    reads += 1;
    await Promise.resolve();
  }, clock);
  await Promise.all(Array.from({ length: 50 }, () => shared.ask(100)));
  await shared.ask(100);
  expect(reads).toBe(1);
  clock.advance(99);
  await shared.ask(100);
  expect(reads).toBe(1);
  clock.advance(1);
  await Promise.all([shared.ask(100), shared.ask(100)]);
  expect(reads).toBe(2);
});

test('who asks during a read waits for its end', async () => {
  const order: string[] = [];
  let finish = (): void => undefined;
  const shared = new SharedRead(
    () =>
      new Promise((resolve) => {
        finish = () => {
          order.push('read');
          resolve();
        };
      }),
    createFakeClock(),
  );
  const first = shared.ask(100);
  const second = shared.ask(100).then(() => order.push('second'));
  finish();
  await Promise.all([first, second]);
  expect(order).toEqual(['read', 'second']);
});
