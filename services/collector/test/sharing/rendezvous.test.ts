import { expect, test } from '@jest/globals';
import { inOrderFor } from '../../src/sharing/rendezvous.ts';

const SERVERS = Array.from({ length: 1_000 }, (_, n) => `server-${n}`);
const COLLECTORS = Array.from({ length: 10 }, (_, n) => `collector-${n}`);

const firstOf = (server: string, collectors: readonly string[]): string | undefined =>
  inOrderFor(server, collectors)[0];

test('the order is the same whoever works it out', () => {
  const order = inOrderFor('main', COLLECTORS);
  expect([...order].sort()).toStrictEqual(COLLECTORS);
  expect(inOrderFor('main', COLLECTORS.toReversed())).toStrictEqual(order);
  expect(inOrderFor('main', [])).toStrictEqual([]);
});

test('each has about the same share', () => {
  for (const one of COLLECTORS) {
    const share = SERVERS.filter((server) => firstOf(server, COLLECTORS) === one).length;
    expect(share).toBeGreaterThan(60);
    expect(share).toBeLessThan(140);
  }
});

test('one that goes or comes moves only what was or becomes its own', () => {
  const [gone, ...left] = COLLECTORS;
  for (const server of SERVERS) {
    const before = firstOf(server, COLLECTORS);
    if (before !== gone) expect(firstOf(server, left)).toBe(before);
  }
});
