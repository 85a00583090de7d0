import { expect, test } from '@jest/globals';
import type { StoredEvent } from '@mediamtx-monitor/types';
import { AvailabilityFold } from '../src/index.ts';

const SECONDS = 200;
/** The window, in seconds from the beginning of the script. */
const [FROM, TO] = [40, 160];
const START = Date.parse('2026-11-29T00:00:00Z');
const timeOf = (second: number): string => new Date(START + second * 1_000).toISOString();

/** Whole numbers below a bound, the same for a seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Known = 'up' | 'down' | 'unknown';

/** What happened, and second by second what is known of it, found in the plainest way. */
interface EventScript {
  readonly events: readonly StoredEvent[];
  readonly known: readonly Known[];
  readonly expected: readonly boolean[];
  readonly observedUntil: number;
}

function scriptOf(seed: number): EventScript {
  const random = randomOf(seed);
  const events: StoredEvent[] = [];
  const known: Known[] = Array.from({ length: SECONDS }, () => 'unknown');
  const isObserved: boolean[] = Array.from({ length: SECONDS }, () => true);
  const expected: boolean[] = Array.from({ length: SECONDS }, () => false);
  const base = { server: 'main', severity: 'info', unseenSince: null, cause: null } as const;
  let liveSince: number | null = null;
  let state: Known = 'unknown';
  for (let second = random(30); second < SECONDS; second += 1 + random(25)) {
    const isExpected = random(2) === 0;
    const stream = {
      ...base,
      stream: 'cam',
      sourceType: 'srtConn',
      expected: isExpected,
      at: timeOf(second),
      since: null,
    };
    const kind = random(5);
    if (kind === 0) {
      const until = Math.min(SECONDS, second + 1 + random(20));
      isObserved.fill(false, second, until);
      if (random(2) === 0) {
        events.push({
          ...base,
          type: 'server.unobserved',
          at: timeOf(until),
          since: null,
          unseenSince: timeOf(second),
        });
      } else {
        events.push({
          ...base,
          type: 'server.unreachable',
          at: timeOf(second),
          since: null,
          status: 'down',
        });
        events.push({
          ...base,
          type: 'server.reachable',
          at: timeOf(until),
          since: null,
          unreachableMs: (until - second) * 1_000,
        });
      }
      second = until;
      continue;
    }
    if (state !== 'up') {
      const isOnline = random(2) === 0;
      events.push(
        isOnline
          ? { ...stream, type: 'stream.online' }
          : { ...stream, type: 'stream.restarted', gapMs: null },
      );
      // What is restarted was there before.
      if (!isOnline && state === 'unknown') {
        known.fill('up', 0, second);
        expected.fill(isExpected, 0, second);
      }
      state = 'up';
      liveSince = second;
    } else if (kind === 1) {
      events.push({ ...stream, type: 'stream.stalled' });
      state = 'down';
    } else {
      events.push({
        ...stream,
        type: 'stream.offline',
        state: 'idle',
        liveSince: liveSince === null ? null : timeOf(liveSince),
      });
      state = 'down';
    }
    known.fill(state, second);
    expected.fill(isExpected, second);
  }
  const observedUntil = TO - random(20);
  isObserved.fill(false, observedUntil);
  return {
    events,
    known: known.map((each, second) => (isObserved[second] === true ? each : 'unknown')),
    expected,
    observedUntil,
  };
}

/** Pieces of downtime that follow one another without uptime in between. */
function outagesIn(known: readonly Known[]): number {
  let count = 0;
  let isDown = false;
  for (const each of known) {
    if (each === 'down' && !isDown) count += 1;
    if (each !== 'unknown') isDown = each === 'down';
  }
  return count;
}

test('2,000 random scripts: a report says what a look at each second says', () => {
  for (let seed = 1; seed <= 2_000; seed += 1) {
    const { events, known, expected, observedUntil } = scriptOf(seed);
    const fold = new AvailabilityFold({ fromMs: START + FROM * 1_000, toMs: START + TO * 1_000 });
    for (const event of events) fold.add(event);
    const observedUntilMs = new Map([['main', START + observedUntil * 1_000]]);
    const [item] = [...fold.report({ streams: [], observedUntilMs, keptSinceMs: -Infinity }).items];
    const window = known.slice(FROM, TO);
    const count = (what: Known, among = window): number => among.filter((each) => each === what).length;
    const whileExpected = window.filter((_each, index) => expected[FROM + index] === true);
    if (item === undefined) {
      expect([seed, count('unknown')]).toStrictEqual([seed, TO - FROM]);
      continue;
    }
    expect([seed, item.uptimeSeconds, item.downtimeSeconds, item.unknownSeconds]).toStrictEqual([
      seed,
      count('up'),
      count('down'),
      count('unknown'),
    ]);
    const lengths = item.outages.reduce((sum, { lengthSeconds }) => sum + lengthSeconds, 0);
    expect([seed, lengths]).toStrictEqual([seed, item.downtimeSeconds]);
    expect([seed, item.expected?.uptimeSeconds ?? 0, item.expected?.downtimeSeconds ?? 0]).toStrictEqual([
      seed,
      count('up', whileExpected),
      count('down', whileExpected),
    ]);
    // Uptime that nobody saw may part two outages.
    expect([seed, item.outages.length >= outagesIn(window)]).toStrictEqual([seed, true]);
  }
});
