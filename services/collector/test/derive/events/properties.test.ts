import { expect, test } from '@jest/globals';
import type { Moment } from '@mediamtx-monitor/runtime';
import type { StoredEvent } from '@mediamtx-monitor/types';
import { monitorEventSchema, sessionRecordSchema } from '@mediamtx-monitor/types/schemas';
import fc from 'fast-check';
import Joi from 'joi';
import type { ToldState } from '../../../src/derive/events/baseline.ts';
import {
  type Baseline,
  type Change,
  derive,
  deriveEvents,
  type Memory,
  NO_BASELINE,
  NO_MEMORY,
  parseBaseline,
  restoreMemory,
  type Snapshot,
  withLastSeen,
} from '../../../src/derive/index.ts';
import type { PathFact } from '../../../src/facts.ts';
import { observations, type PollStep } from '../../support/observations.ts';
import { SETTINGS, START_MS } from '../facts.ts';
import { fold } from './story.ts';

const RUNS = 200;
const INTERVAL_MS = 2_000;

interface SeenTick {
  readonly snapshot: Snapshot;
  readonly memory: Memory;
  readonly now: Moment;
}
interface ToldTick {
  readonly seen: SeenTick;
  readonly before: Baseline;
  readonly baseline: Baseline;
  readonly changes: readonly Change[];
  readonly hash: ReadonlyMap<string, string>;
}

/** Random polls of which many show the paths of the one before, with more bytes or not: so streams stall and recover. */
const polls = fc
  .tuple(observations, fc.array(fc.nat({ max: 6 }), { minLength: 8, maxLength: 8 }))
  .map(([steps, dice]) => {
    let last: PollStep['observation']['paths'] = null;
    return steps.map((step, index): PollStep => {
      const { paths } = step.observation;
      if (paths === null) return step;
      if (last === null || dice[index] === 0) last = paths;
      else if (dice[index] === 1) last = { ...last, facts: last.facts.map(withMoreBytes) };
      return { ...step, observation: { ...step.observation, paths: { ...paths, facts: last.facts } } };
    });
  });

const withMoreBytes = (path: PathFact): PathFact => ({
  ...path,
  inboundBytes: path.inboundBytes === null ? null : path.inboundBytes + 1,
});

const whole = (ms: number): number => Math.round(ms);

/**
 * What a server showed.
 * @param isSteady whether the clock is never set, and no collector takes over
 */
function seenIn(steps: readonly PollStep[], isSteady: boolean): SeenTick[] {
  let memory = NO_MEMORY;
  let wallMs = START_MS;
  let lastMs: number | null = null;
  return steps.map((step) => {
    const monotonicMs = whole(step.monotonicMs);
    wallMs += isSteady ? monotonicMs - (lastMs ?? monotonicMs) : step.wallStepMs;
    lastMs = monotonicMs;
    const now = { wallMs, monotonicMs };
    const derived = derive(memory, step.observation, SETTINGS, now);
    memory = !isSteady && step.restarts ? restoreMemory(derived.snapshot, now) : derived.memory;
    return { ...derived, now };
  });
}

/** What is told of it, where before these ticks another collector goes on from what was written down. */
function toldOf(ticks: readonly SeenTick[], takeOvers: ReadonlySet<number>): ToldTick[] {
  let baseline = NO_BASELINE;
  let hash: ReadonlyMap<string, string> = new Map();
  return ticks.map((seen, index) => {
    const { snapshot, memory, now } = seen;
    if (takeOvers.has(index)) {
      const last = ticks[index - 1]?.snapshot;
      // Redis gives the fields of a hash in any order.
      const read = parseBaseline(new Map([...hash].reverse()), now);
      baseline = last === undefined ? read : withLastSeen(read, { ...last, gone: [] });
    }
    const before = baseline;
    const told = deriveEvents(before, snapshot, {
      settings: SETTINGS,
      now,
      intervalMs: INTERVAL_MS,
      memory,
    });
    baseline = told.baseline;
    hash = fold(hash, told.changes);
    return { seen, before, hash, ...told };
  });
}

const eventsOf = ({ changes }: Pick<ToldTick, 'changes'>): StoredEvent[] =>
  changes.flatMap(({ event }) => event ?? []);

/** What two collectors tell alike: all but since when nobody looked, and counters that were not written down. */
function comparable(tick: ToldTick) {
  const events = eventsOf(tick)
    .filter(({ type }) => type !== 'server.unobserved')
    .map((event) => ({ ...event, unseenSince: null, inboundBytes: null, outboundBytes: null }));
  const sessions = tick.changes.flatMap(({ session }) =>
    session === null
      ? []
      : [{ id: session.connection, start: session.start, end: session.end, cause: session.cause }],
  );
  return { events, sessions };
}

test('whoever goes on from what was written down tells the same from there on', () => {
  fc.assert(
    fc.property(polls, fc.array(fc.nat({ max: 7 }), { maxLength: 3 }), (steps, takeOvers) => {
      const ticks = seenIn(steps, true);
      const kept = toldOf(ticks, new Set()).map(comparable);
      expect(toldOf(ticks, new Set(takeOvers)).map(comparable)).toStrictEqual(kept);
    }),
    { numRuns: RUNS },
  );
});

/** From which states each event of a stream may come, and to which it leads. */
const STREAM_STEPS: Readonly<Record<string, { from: readonly ToldState[]; to: ToldState }>> = {
  'stream.online': { from: ['off'], to: 'live' },
  'stream.offline': { from: ['live', 'stalled'], to: 'off' },
  'stream.stalled': { from: ['live'], to: 'stalled' },
  'stream.recovered': { from: ['stalled'], to: 'live' },
};

function alternates(event: StoredEvent, states: Map<string, ToldState>, open: Set<string>): void {
  if (event.type === 'connection.opened') {
    expect(open.has(event.connection)).toBe(false);
    open.add(event.connection);
  }
  if (event.type === 'connection.closed') expect(open.delete(event.connection)).toBe(true);
  if (event.type === 'stream.health') expect(event.from).not.toBe(event.to);
  if (!('stream' in event) || 'connection' in event || event.type === 'stream.health') return;
  const state = states.get(event.stream) ?? 'off';
  const gone = event.type === 'stream.restarted' && event.gapMs !== null;
  const step = STREAM_STEPS[event.type] ?? { from: gone ? ['off'] : ['live', 'stalled'], to: 'live' };
  expect(step.from).toContain(state);
  states.set(event.stream, step.to);
}

test('events of a stream and of a connection follow each other as they can, and end where the stream is', () => {
  const types = new Set<string>();
  fc.assert(
    fc.property(polls, (steps) => {
      const takeOvers = new Set(steps.flatMap(({ restarts }, index) => (restarts ? [index + 1] : [])));
      const states = new Map<string, ToldState>();
      const open = new Set<string>();
      for (const tick of toldOf(seenIn(steps, false), takeOvers)) {
        if (tick.before.server?.listedAt === undefined || tick.before.server.listedAt === null) {
          for (const [name, { state }] of tick.baseline.streams) states.set(name, state);
          for (const id of tick.baseline.sessions.keys()) open.add(id);
          expect(eventsOf(tick).filter(({ type }) => !type.startsWith('server.'))).toStrictEqual([]);
          continue;
        }
        for (const { session } of tick.changes)
          if (session !== null) Joi.assert(session, sessionRecordSchema);
        for (const event of eventsOf(tick)) {
          Joi.assert({ id: '1-0', ...event }, monitorEventSchema);
          types.add(event.type);
          alternates(event, states, open);
        }
        for (const [name, { state }] of tick.baseline.streams) expect(states.get(name) ?? 'off').toBe(state);
        expect([...open].toSorted()).toStrictEqual([...tick.baseline.sessions.keys()].toSorted());
      }
    }),
    { numRuns: RUNS, seed: 1 },
  );
  // Each of them came about, so that the rules above were asked for all.
  expect([...types].toSorted()).toStrictEqual([
    'connection.closed',
    'connection.opened',
    'server.reachable',
    'server.restarted',
    'server.unobserved',
    'server.unreachable',
    'stream.health',
    'stream.offline',
    'stream.online',
    'stream.recovered',
    'stream.restarted',
    'stream.stalled',
  ]);
});

test('where nothing changed nothing is told', () => {
  fc.assert(
    fc.property(polls, (steps) => {
      for (const { seen, baseline } of toldOf(seenIn(steps, false), new Set())) {
        const { snapshot, memory, now } = seen;
        const later = { wallMs: now.wallMs + 1, monotonicMs: now.monotonicMs + 1 };
        const again = deriveEvents(baseline, snapshot, {
          settings: SETTINGS,
          now: later,
          intervalMs: INTERVAL_MS,
          memory,
        });
        expect(eventsOf(again)).toStrictEqual([]);
        expect(again.changes.filter(({ session }) => session !== null)).toStrictEqual([]);
      }
    }),
    { numRuns: RUNS },
  );
});

test('what stands in Redis is what is held, and comparing is pure', () => {
  fc.assert(
    fc.property(polls, (steps) => {
      for (const { seen, before, baseline, changes, hash } of toldOf(seenIn(steps, false), new Set())) {
        const names = [...baseline.streams.keys()].map((name) => `stream ${name}`);
        const ids = [...baseline.sessions.keys()].map((id) => `connection ${id}`);
        expect([...hash.keys()].toSorted()).toStrictEqual(['server', ...names, ...ids].toSorted());
        const { snapshot, memory, now } = seen;
        const context = { settings: SETTINGS, now, intervalMs: INTERVAL_MS, memory };
        expect(deriveEvents(before, snapshot, context)).toStrictEqual({ baseline, changes });
      }
    }),
    { numRuns: RUNS / 2 },
  );
});
