import { expect, jest, test } from '@jest/globals';
import type { StoredEvent } from '@mediamtx-monitor/types';
import { AvailabilityFold } from '../src/index.ts';
import { Timeline, TimeTrue } from '../src/timeline.ts';

/** Whole numbers below a bound, the same for a seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test('500 random timelines: the time between two moments is what a look at each moment says', () => {
  const [from, to] = [20, 120];
  for (let seed = 1; seed <= 500; seed += 1) {
    const random = randomOf(seed);
    const timeline = new Timeline(from, to, random(2) === 0);
    for (let fills = random(30); fills > 0; fills -= 1) {
      timeline.fill(random(2) === 0, random(140), random(4) === 0 ? Infinity : random(140));
    }
    const isTrue = Array.from({ length: to - from }, (_, ms) => timeline.pieceAt(from + ms).value);
    const time = new TimeTrue(timeline);
    for (let looks = 0; looks < 20; looks += 1) {
      const start = from + random(to - from);
      const end = start + random(to - start + 1);
      const plain = isTrue.slice(start - from, end - from).filter(Boolean).length;
      expect([seed, start, end, time.between(start, end)]).toStrictEqual([seed, start, end, plain]);
    }
  }
});

test('a report looks at how its server was observed once, not once for each stream', () => {
  const [streams, flaps] = [50, 200];
  const base = { server: 'main', severity: 'info', since: null, unseenSince: null, cause: null } as const;
  const at = (ms: number): string => new Date(ms).toISOString();
  const fold = new AvailabilityFold({ fromMs: 0, toMs: 1_000_000 });
  const ofStream = { ...base, type: 'stream.online', at: at(0), sourceType: null, expected: true } as const;
  const unreachable = { ...base, type: 'server.unreachable', status: 'down' } as const;
  const reachable = { ...base, type: 'server.reachable', unreachableMs: 1_000 } as const;
  const events: StoredEvent[] = [];
  for (let n = 0; n < streams; n += 1) events.push({ ...ofStream, stream: `s${n}` });
  for (let n = 1; n <= flaps; n += 1) {
    events.push({ ...unreachable, at: at(n * 4_000) }, { ...reachable, at: at(n * 4_000 + 1_000) });
  }
  for (const event of events) fold.add(event);
  const piecesSpy = jest.spyOn(Timeline.prototype, 'pieces', 'get');
  const observedUntilMs = new Map([['main', 1_000_000]]);
  const items = [...fold.report({ streams: [], observedUntilMs, keptSinceMs: null }).items];
  const looks = piecesSpy.mock.calls.length;
  piecesSpy.mockRestore();
  expect(items.map(({ uptimeSeconds }) => uptimeSeconds)).toStrictEqual(items.map(() => 1_000 - flaps));
  expect([items.length, looks < 20 * streams]).toStrictEqual([streams, true]);
});
