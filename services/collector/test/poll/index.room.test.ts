import { afterEach, expect, test } from '@jest/globals';
import { type Simulator, startSimulator } from '@mediamtx-monitor/simulator';
import { createFakeClock } from '@mediamtx-monitor/testkit';
import { LIST_NAMES } from '../../src/protocols/index.ts';
import { Poller } from '../../src/poll/index.ts';
import { readFully } from '../support/polls.ts';

const STREAMS = 10_000;

let simulator: Simulator | undefined;
afterEach(() => simulator?.close());

test('a tick has room for 10,000 streams with 10,000 readers over all protocols', async () => {
  simulator = await startSimulator({ streams: STREAMS, readersPerStream: 1 });
  const poller = new Poller({
    url: simulator.url,
    credentials: null,
    inContainer: false,
    intervalMs: 600_000,
    monotonicMs: createFakeClock().monotonicMs,
    isOnlyPoll: false,
    readItem: readFully,
  });
  const result = await poller.askLists();
  const outcomes = LIST_NAMES.map((list) => ({ list, outcome: result[list] }));
  const unread = outcomes.filter(({ outcome }) => outcome.kind !== 'items');
  expect(unread).toStrictEqual([]);
  const counts = new Map(
    outcomes.map(({ list, outcome }) => [list, outcome.kind === 'items' ? outcome.items.length : 0]),
  );
  expect(counts.get('paths')).toBe(STREAMS);
  // Publishers and readers, and the muxers that stand between those of HLS.
  const others = [...counts.values()].reduce((sum, count) => sum + count, 0) - STREAMS;
  expect(others).toBeGreaterThan(2 * STREAMS);
});
