import { expect, test } from '@jest/globals';
import { createFakeClock } from '@mediamtx-monitor/testkit';
import { OlderCollectors } from '../../src/feed/older-collectors.ts';
import type { KnownHead } from '../../src/tick/index.ts';
import { headOf } from '../publisher.ts';

test('an older collector is one until a head of its server comes by itself, or it falls silent', () => {
  const clock = createFakeClock();
  const older = new OlderCollectors(clock);
  const known = (server: string): KnownHead => ({
    ...{ subject: server, head: headOf({ server }), receivedMs: clock.monotonicMs() },
  });
  expect([older.look(known('a')), older.look(known('b')), older.headCame('b')]).toStrictEqual([
    ...[true, true, true],
  ]);
  clock.advance(6_001);
  expect([older.look(known('a')), older.headCame('b')]).toStrictEqual([false, false]);
  expect([...older.subjects]).toStrictEqual(['a']);
  expect([older.headCame('a'), older.subjects.size]).toStrictEqual([true, 0]);
  // It publishes still, but no heads by themselves any more: an older one has taken its place.
  clock.advance(6_001);
  const again = known('a');
  expect([older.look(again), older.subjects.size]).toStrictEqual([true, 1]);
  clock.advance(6_001);
  expect([older.look(again), older.subjects.size]).toStrictEqual([true, 0]);
  older.look(known('b'));
  expect([older.forget('b'), older.forget('b'), older.subjects.size]).toStrictEqual([true, false, 0]);
});
