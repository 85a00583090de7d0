import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { type Compression, Compressions } from '../../src/tick/compressions.ts';

/** Compressions that are done when told to, and what became of them. */
function recorded() {
  const compressions = new Compressions();
  const log: string[] = [];
  const finishers = new Map<string, () => void>();
  const unwanted = new Set<string>();
  const of = (name: string): Compression => ({
    isWanted: () => !unwanted.has(name),
    run: () => {
      log.push(name);
      return new Promise((resolve) => finishers.set(name, resolve));
    },
    leaveOut: () => {
      log.push(`not ${name}`);
    },
  });
  const finish = async (name: string): Promise<void> => {
    finishers.get(name)?.();
    await turn();
  };
  return { compressions, log, unwanted, of, finish };
}

test('two run at a time, the others in their order', async () => {
  const { compressions, log, of, finish } = recorded();
  for (const name of ['a', 'b', 'c', 'd']) compressions.addForAll(name, of(name));
  await turn();
  expect(log).toStrictEqual(['a', 'b']);
  await finish('b');
  expect(log).toStrictEqual(['a', 'b', 'c']);
  await finish('a');
  await finish('c');
  await finish('d');
  compressions.addForAll('e', of('e'));
  await turn();
  expect(log).toStrictEqual(['a', 'b', 'c', 'd', 'e']);
});

test('none begins before all that is being told was told', async () => {
  const { compressions, log, unwanted, of } = recorded();
  unwanted.add('a');
  compressions.addForAll('a', of('a'));
  unwanted.delete('a');
  await turn();
  expect(log).toStrictEqual(['a']);
});

test('what nobody waits for when its turn comes is left out', async () => {
  const { compressions, log, unwanted, of, finish } = recorded();
  for (const name of ['a', 'b', 'c', 'd', 'e']) compressions.addForAll(name, of(name));
  await turn();
  unwanted.add('c').add('d');
  await finish('a');
  expect(log).toStrictEqual(['a', 'b', 'not c', 'not d', 'e']);
});

test('what is newer takes the place of what waits, and its turn', async () => {
  const { compressions, log, of, finish } = recorded();
  for (const name of ['a', 'b', 'c', 'd']) compressions.addForAll(name, of(name));
  await turn();
  compressions.addForAll('c', of('c2'));
  compressions.addForAll('c', of('c3'));
  await turn();
  expect(log).toStrictEqual(['a', 'b', 'not c', 'not c2']);
  await finish('a');
  await finish('b');
  expect(log.slice(4)).toStrictEqual(['c3', 'd']);
});

test('of what only some want, eight wait at most', async () => {
  const { compressions, log, of, finish } = recorded();
  compressions.addForAll('a', of('a'));
  compressions.addForAll('b', of('b'));
  await turn();
  const names = Array.from({ length: 10 }, (_, n) => `some ${n}`);
  const taken = names.map((name) => compressions.addForSome(of(name)));
  expect(taken).toStrictEqual([...Array<boolean>(8).fill(true), false, false]);
  compressions.addForAll('c', of('c'));
  await finish('a');
  await finish('b');
  expect(log).toStrictEqual(['a', 'b', 'some 0', 'c']);
  expect(compressions.addForSome(of('late'))).toBe(true);
});

test('both kinds come in turns, so that neither has the other wait for ever', async () => {
  const { compressions, log, of, finish } = recorded();
  for (const name of ['a', 'b', 'c', 'd', 'e']) compressions.addForAll(name, of(name));
  for (const name of ['x', 'y']) compressions.addForSome(of(name));
  await turn();
  for (const name of ['a', 'x', 'b', 'y', 'c', 'd', 'e']) await finish(name);
  expect(log).toStrictEqual(['a', 'x', 'b', 'y', 'c', 'd', 'e']);
});
