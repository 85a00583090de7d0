import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { Compressed, Compressions } from '../../src/tick/compressions.ts';

/** Takes both places there are, until the returned function is called. */
async function occupy(compressions: Compressions): Promise<() => void> {
  let free = (): void => undefined;
  const isOver = new Promise<void>((resolve) => {
    free = resolve;
  });
  for (const key of ['one', 'other']) {
    compressions.addForAll(key, { isWanted: () => true, run: () => isOver, leaveOut: () => undefined });
  }
  await turn();
  return free;
}

function counted(isForAll: boolean) {
  let made = 0;
  const compressed = new Compressed({
    isForAll,
    make: () => {
      made += 1;
      return Promise.resolve(Buffer.from('small'));
    },
  });
  return { compressed, made: () => made };
}

const waiting = (finished: string[], name = 'finished', isWaiting = () => true) => ({
  isWaiting,
  onDone: () => finished.push(name),
});

test('is made once for all who ask, and each is told once', async () => {
  const { compressed, made } = counted(true);
  const compressions = new Compressions();
  const finished: string[] = [];
  const often = waiting(finished, 'often');
  for (let n = 0; n < 3; n += 1) expect(compressed.ask(compressions, often)).toBe(true);
  expect(compressed.ask(compressions, waiting(finished, 'other'))).toBe(true);
  expect(compressed.bytes).toBeUndefined();
  await turn();
  expect(compressed.bytes?.toString()).toBe('small');
  expect(finished).toStrictEqual(['often', 'other']);
  expect(made()).toBe(1);
});

test('is left out when nobody waits any more, and made when somebody asks anew', async () => {
  const { compressed, made } = counted(true);
  const compressions = new Compressions();
  const free = await occupy(compressions);
  const finished: string[] = [];
  let isHere = true;
  compressed.ask(
    compressions,
    waiting(finished, 'gone', () => isHere),
  );
  isHere = false;
  free();
  await turn();
  expect([made(), finished]).toStrictEqual([0, ['gone']]);
  compressed.ask(compressions, waiting(finished, 'new'));
  await turn();
  expect([made(), finished]).toStrictEqual([1, ['gone', 'new']]);
});

test('is made as long as one of many waits', async () => {
  const { compressed, made } = counted(true);
  const compressions = new Compressions();
  const finished: string[] = [];
  for (const name of ['a', 'b'])
    compressed.ask(
      compressions,
      waiting(finished, name, () => name === 'b'),
    );
  await turn();
  expect([made(), finished]).toStrictEqual([1, ['a', 'b']]);
});

test('has nobody wait where there is no room', async () => {
  const compressions = new Compressions();
  await occupy(compressions);
  const others = Array.from({ length: 9 }, () => counted(false).compressed);
  const finished: string[] = [];
  expect(others.map((other) => other.ask(compressions, waiting(finished)))).toStrictEqual([
    ...Array<boolean>(8).fill(true),
    false,
  ]);
  // Of what is in the queue already, others may wait too.
  expect(others[0]?.ask(compressions, waiting(finished))).toBe(true);
  expect(counted(true).compressed.ask(compressions, waiting(finished))).toBe(true);
});

test('that can’t be made is told, too', async () => {
  const compressed = new Compressed({ isForAll: true, make: () => Promise.resolve(undefined) });
  const finished: string[] = [];
  compressed.ask(new Compressions(), waiting(finished));
  await turn();
  expect([compressed.bytes, finished]).toStrictEqual([undefined, ['finished']]);
});
