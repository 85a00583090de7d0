import { expect, test } from '@jest/globals';
import { createFakeClock } from '@mediamtx-monitor/testkit';
import { Follower } from '../../src/feed/follower.ts';
import type { KnownHead } from '../../src/tick/index.ts';
import { headOf } from '../publisher.ts';

/** A follower, and what it has followed (`+`) and left (`-`). */
function following() {
  const clock = createFakeClock();
  const steps: string[] = [];
  const follower = new Follower<'streams' | 'connections'>({
    clock,
    leading: 'streams',
    follow: (topic, isFollowed) => steps.push(`${isFollowed ? '+' : '-'}${topic}`),
    ringWithin: () => undefined,
  });
  return { clock, steps, follower };
}

test('what a request wants is followed for a minute after the last one', () => {
  const { clock, steps, follower } = following();
  follower.want('streams');
  clock.advance(30_000);
  follower.want('streams');
  expect(follower.review()).toBe(60_001);
  clock.advance(60_000);
  expect([follower.review(), steps]).toStrictEqual([1, ['+streams']]);
  clock.advance(1);
  expect([follower.review(), steps, follower.followed]).toStrictEqual([
    Infinity,
    ['+streams', '-streams'],
    [],
  ]);
});

test('what a client wants is followed as long as one is here, and for a minute: it may come back', () => {
  const { clock, steps, follower } = following();
  follower.hold('connections');
  follower.hold('connections');
  follower.release('connections');
  clock.advance(600_000);
  expect([follower.review(), follower.followed]).toStrictEqual([Infinity, ['connections']]);
  follower.release('connections');
  expect(follower.review()).toBe(60_001);
  clock.advance(60_001);
  follower.review();
  expect(steps).toStrictEqual(['+connections', '-connections']);
});

test('an older collector is followed until a head of its server comes by itself, or it falls silent', () => {
  const { clock, steps, follower } = following();
  const known = (server: string): KnownHead => ({
    ...{ subject: server, head: headOf({ server }), receivedMs: clock.monotonicMs() },
  });
  const first = known('a');
  follower.look(first);
  follower.look(known('b'));
  follower.headCame('b');
  clock.advance(6_001);
  follower.look(known('a'));
  follower.headCame('b');
  follower.review();
  expect(steps).toStrictEqual(['+streams']);
  follower.headCame('a');
  follower.review();
  expect(steps).toStrictEqual(['+streams', '-streams']);
  // It publishes still, but no heads by themselves any more: an older one has taken its place.
  clock.advance(6_001);
  const older = known('a');
  follower.look(older);
  expect(steps.at(-1)).toBe('+streams');
  clock.advance(6_001);
  follower.look(older);
  follower.review();
  expect(steps.at(-1)).toBe('-streams');
});
