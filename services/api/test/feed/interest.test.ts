import { expect, test } from '@jest/globals';
import { createFakeClock } from '@mediamtx-monitor/testkit';
import { ALL, Interest, only } from '../../src/feed/interest.ts';

/** Interest in three servers, and what became wanted (`+`) and isn't any more (`-`). */
function interested() {
  const clock = createFakeClock();
  const steps: string[] = [];
  const interest = new Interest<'streams' | 'connections'>({
    clock,
    onChange: (topic, server, isWanted) => steps.push(`${isWanted ? '+' : '-'}${topic} ${server}`),
    ringWithin: () => undefined,
  });
  for (const server of ['a', 'b', 'c']) interest.see(server);
  /** What has changed since it was asked last. */
  const changes = () => steps.splice(0).sort();
  return { clock, interest, changes };
}

test('what a request wants is wanted for a minute after the last one, of its server alone', () => {
  const { clock, interest, changes } = interested();
  interest.want('streams', only('b'));
  clock.advance(30_000);
  interest.want('streams', only('b'));
  expect(interest.review()).toBe(60_001);
  clock.advance(60_000);
  expect([interest.review(), changes()]).toStrictEqual([1, ['+streams b']]);
  clock.advance(1);
  expect([interest.review(), changes()]).toStrictEqual([Infinity, ['-streams b']]);
  expect(interest.wantedOf('streams')).toStrictEqual([]);
});

test('what a client wants is wanted as long as one is here, and for a minute: it may come back', () => {
  const { clock, interest, changes } = interested();
  const releases = [1, 2].map(() => interest.hold(['connections'], only('c')));
  releases[0]?.();
  // Once is enough.
  releases[0]?.();
  clock.advance(600_000);
  expect([interest.review(), changes()]).toStrictEqual([Infinity, ['+connections c']]);
  releases[1]?.();
  expect(interest.review()).toBe(60_001);
  clock.advance(60_001);
  interest.review();
  expect(changes()).toStrictEqual(['-connections c']);
});

test('a server that several want stays as long as one of them does', () => {
  const { clock, interest, changes } = interested();
  const release = interest.hold(['streams'], only('a'));
  interest.want('streams', ALL);
  expect(changes()).toStrictEqual(['+streams a', '+streams b', '+streams c']);
  clock.advance(60_001);
  interest.review();
  expect(changes()).toStrictEqual(['-streams b', '-streams c']);
  release();
  clock.advance(60_001);
  interest.review();
  expect(changes()).toStrictEqual(['-streams a']);
});

test('one that comes is wanted by all who chose it before, and one that goes by nobody', () => {
  const { interest, changes } = interested();
  interest.hold(['streams'], ALL);
  interest.hold(['connections'], only('d'));
  changes();
  expect(interest.isWanted('connections', 'd')).toBe(true);
  interest.see('d');
  expect(changes()).toStrictEqual(['+connections d', '+streams d']);
  interest.forget('d');
  interest.forget('d');
  expect(changes()).toStrictEqual(['-connections d', '-streams d']);
  expect(interest.isWanted('streams', 'd')).toBe(true);
});

test('one that isn’t chosen any more is let go a minute later, unless it is chosen again', () => {
  const { clock, interest, changes } = interested();
  const chosen = new Set(['a']);
  interest.hold(['streams'], { key: 'some', isChosen: (server) => chosen.has(server) });
  chosen.add('b');
  interest.see('b');
  expect(changes()).toStrictEqual(['+streams a', '+streams b']);
  chosen.clear();
  for (const server of ['a', 'b']) interest.see(server);
  clock.advance(30_000);
  chosen.add('b');
  interest.see('b');
  expect([interest.review(), changes()]).toStrictEqual([30_001, []]);
  clock.advance(30_001);
  expect([interest.review(), changes()]).toStrictEqual([Infinity, ['-streams a']]);
});
