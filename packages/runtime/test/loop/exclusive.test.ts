import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { Exclusive } from '../../src/loop/exclusive.ts';

test('a call that comes while another runs is skipped and counted', async () => {
  const finish: (() => void)[] = [];
  let runs = 0;
  const exclusive = new Exclusive(() => {
    runs += 1;
    return new Promise((resolve) => finish.push(resolve));
  });
  exclusive.run();
  exclusive.run();
  exclusive.run();
  expect([runs, exclusive.overlaps]).toStrictEqual([1, 2]);
  finish.pop()?.();
  await exclusive.idle();
  exclusive.run();
  expect([runs, exclusive.overlaps]).toStrictEqual([2, 2]);
  finish.pop()?.();
  await exclusive.idle();
});

test('it is idle once what runs is done', async () => {
  let finish = (): void => undefined;
  const exclusive = new Exclusive(() => new Promise((resolve) => (finish = resolve)));
  exclusive.run();
  const order: string[] = [];
  const idle = exclusive.idle().then(() => order.push('idle'));
  await delay(10);
  order.push('done');
  finish();
  await idle;
  expect(order).toStrictEqual(['done', 'idle']);
});

test('nothing running is idle', async () => {
  await expect(new Exclusive(() => Promise.resolve()).idle()).resolves.toBeUndefined();
});
