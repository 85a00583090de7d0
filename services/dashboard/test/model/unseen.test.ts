import { expect, test } from '@jest/globals';
import type { MonitorEvent } from '@mediamtx-monitor/types';
import { unseenTimes } from '../../src/model/unseen.ts';
import { happened, second } from '../support/happened.ts';

const START = Date.parse(second(0));
const SPAN = { fromMs: START + 10_000, toMs: START + 100_000 };
const seconds = (events: readonly MonitorEvent[], isStreams = true) =>
  unseenTimes(events, 'main', isStreams, SPAN).map(({ fromMs, toMs }) => [
    (fromMs - START) / 1_000,
    (toMs - START) / 1_000,
  ]);
const UNOBSERVED = happened('server.unobserved', 50, { unseenSince: second(41) });

test('nobody looked, or it couldn’t be read, up to now where that goes on', () => {
  expect(
    seconds([
      happened('server.unreachable', 20, { since: second(18) }),
      happened('server.reachable', 30, { unreachableMs: 10_000 }),
      UNOBSERVED,
      happened('server.unreachable', 95, { unseenSince: second(90) }),
    ]),
  ).toStrictEqual([
    [18, 30],
    [41, 50],
    [90, 100],
  ]);
});

test('what began before, or is another server’s, counts as far as it lies in there', () => {
  expect(
    seconds([
      happened('server.reachable', 15, { unreachableMs: 60_000 }),
      happened('server.unobserved', 50, { unseenSince: second(41), server: 'north' }),
      happened('server.unobserved', 60),
      happened('server.unobserved', 9, { unseenSince: second(1) }),
      happened('stream.offline', 70, { unseenSince: second(65) }),
    ]),
  ).toStrictEqual([[10, 15]]);
});

test('of a server itself it is known that it couldn’t be read', () => {
  expect(seconds([happened('server.unreachable', 20), UNOBSERVED], false)).toStrictEqual([[41, 50]]);
});
