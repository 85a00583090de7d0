import { expect, test } from '@jest/globals';
import { happenedMs, isUnseen, secondsBetween } from '../src/index.ts';
import { event, inWindow, OBSERVED, reportOf, WINDOW } from './support/availability.ts';

const ms = (second: number): number => WINDOW.fromMs + second * 1_000;

test.each([
  ['stream.online', 8],
  ['stream.restarted', 8],
  ['stream.stalled', 8],
  ['stream.health', 10],
  ['alert.resolved', 10],
  ['connection.closed', 10],
] as const)('%s happened %d s after the beginning, seen at 10 and since 8', (type, second) => {
  expect(happenedMs(event(type, inWindow(10), { since: inWindow(8) }))).toBe(ms(second));
});

test('nothing happened later than it was seen, and what tells no other time when that was', () => {
  expect(happenedMs(event('stream.online', inWindow(10), { since: inWindow(12) }))).toBe(ms(10));
  expect(happenedMs(event('stream.offline', inWindow(10)))).toBe(ms(10));
});

test('nobody saw it where nobody looked, unless it tells when it was', () => {
  const unseen = { unseenSince: inWindow(2) };
  expect(isUnseen(event('stream.online', inWindow(10), unseen))).toBe(true);
  expect(isUnseen(event('stream.online', inWindow(10), { ...unseen, since: inWindow(8) }))).toBe(false);
  expect(isUnseen(event('stream.online', inWindow(10)))).toBe(false);
});

test('a length is that between the seconds that are shown', () => {
  expect(secondsBetween(1_900, 3_100)).toBe(2);
  expect(secondsBetween(1_100, 2_900)).toBe(1);
});

test('a report has the outage end when the stream was live again, and counts what was seen of it', () => {
  const [item] = reportOf([
    event('stream.online', inWindow(1)),
    event('stream.stalled', inWindow(13), { since: inWindow(10) }),
    event('stream.offline', inWindow(16), { liveSince: inWindow(1), state: 'missing' }),
    event('server.unobserved', inWindow(75), { unseenSince: inWindow(66) }),
    event('stream.online', inWindow(75), { since: inWindow(73), unseenSince: inWindow(66) }),
  ]);
  expect(item?.outages).toMatchObject([{ start: inWindow(10), end: inWindow(73), lengthSeconds: 56 }]);
});

test('one of which only the return is told is as long as it says, and ends then', () => {
  const back = { since: inWindow(28), gapMs: 12_000 };
  const [item] = reportOf([
    event('stream.health', inWindow(1), { from: 'ok', to: 'warning' }),
    event('stream.restarted', inWindow(30), back),
  ]);
  expect(item?.outages).toMatchObject([{ start: inWindow(18), end: inWindow(28), lengthSeconds: 10 }]);
});

test('a stream restarts when it is another run, or live again within 10 minutes, as its record says', () => {
  const gone = (second: number) =>
    event('stream.offline', inWindow(second), { liveSince: inWindow(0), state: 'missing' });
  const restarts = (...events: Parameters<typeof reportOf>[0]) => reportOf(events, OBSERVED)[0]?.restarts;
  expect(restarts(gone(1), event('stream.online', inWindow(90)))).toBe(1);
  expect(restarts(gone(-511), event('stream.online', inWindow(90)))).toBe(0);
  expect(restarts(gone(-509), event('stream.online', inWindow(90)))).toBe(1);
  expect(restarts(event('stream.restarted', inWindow(3), { gapMs: null }))).toBe(1);
  expect(restarts(event('stream.online', inWindow(90)))).toBe(0);
  expect(restarts(gone(-9), event('stream.online', inWindow(-2)))).toBe(0);
});
