import { expect, test } from '@jest/globals';
import { OlderReads } from '../../src/feed/older-reads.ts';

test('whoever wanted nothing of its last page waits behind the others, but not for ever', async () => {
  const reads = new OlderReads();
  const order: string[] = [];
  const read = (isIdle: boolean, name: string): Promise<void> =>
    reads.take(isIdle, () => {
      order.push(name);
      return Promise.resolve();
    });
  let finish = (): void => undefined;
  const first = reads.take(false, () => new Promise<void>((resolve) => (finish = resolve)));
  const idle = ['a', 'b', 'c'].map((name) => read(true, name));
  // They are in line when their pause is over.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const wanted = ['1', '2', '3', '4', '5', '6'].map((name) => read(false, name));
  finish();
  await Promise.all([first, ...idle, ...wanted]);
  expect(order).toStrictEqual(['1', '2', '3', '4', 'a', '5', '6', 'b', 'c']);
});

test('a read that fails lets the next one read', async () => {
  const reads = new OlderReads();
  const broken = reads.take(false, () => Promise.reject(new Error('broken')));
  const next = reads.take(false, () => Promise.resolve('read'));
  await expect(broken).rejects.toThrow('broken');
  expect(await next).toBe('read');
});
