import { expect, test } from '@jest/globals';
import { startFeed } from '../bench.ts';
import { happening, numbers } from '../happening.ts';

const ALL = { after: null, before: null, limit: 100, maxEntries: 1_000 } as const;

/** Does nothing, and lets nothing else be done. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

test('a read whose answer came while this process was busy has it', async () => {
  const { feed, publisher, lines } = await startFeed();
  await happening({ publisher }, feed).add(numbers(1, 100));
  const before = lines.length;
  const reading = feed.kept.events(ALL, () => true, {
    network: '',
    spent: () => undefined,
    signal: new AbortController().signal,
  });
  // Its command is out once those who wait for a turn have had it.
  await Promise.resolve();
  block(1_300);
  expect((await reading).items).toHaveLength(100);
  expect(lines.slice(before)).toStrictEqual([]);
});
