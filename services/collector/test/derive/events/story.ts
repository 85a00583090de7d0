import type { EventType, SessionRecord, StoredEvent } from '@mediamtx-monitor/types';
import {
  type Baseline,
  type Change,
  derive,
  deriveEvents,
  type DeriveSettings,
  type Memory,
  NO_BASELINE,
  NO_MEMORY,
  parseBaseline,
  type Snapshot,
} from '../../../src/derive/index.ts';
import type { ConnectionFact } from '../../../src/protocols/index.ts';
import {
  IDLE,
  observation,
  pathFact,
  rtmpConnection,
  SETTINGS,
  srtConnection,
  START_MS,
  TICK_MS,
  type TickFacts,
} from '../facts.ts';

/** What one tick told. */
export interface Told {
  readonly changes: readonly Change[];
  readonly events: readonly StoredEvent[];
  readonly sessions: readonly SessionRecord[];
  readonly snapshot: Snapshot;
  readonly baseline: Baseline;
}

/** The hash after changes were made in it. */
export function fold(hash: ReadonlyMap<string, string>, changes: readonly Change[]): Map<string, string> {
  const folded = new Map(hash);
  for (const [field, text] of changes.flatMap(({ baseline }) => Object.entries(baseline))) {
    if (text === null) folded.delete(field);
    else folded.set(field, text);
  }
  return folded;
}

/** What happens to a server, tick by tick, and what is told of it. */
export function story(settings: Partial<DeriveSettings> = {}) {
  const all = { ...SETTINGS, ...settings };
  let memory: Memory = NO_MEMORY;
  let baseline = NO_BASELINE;
  let hash = new Map<string, string>();
  let monotonicMs = 0;
  let wallMs = START_MS;
  const tick = (facts: TickFacts, afterMs = TICK_MS): Told => {
    monotonicMs += afterMs;
    wallMs += afterMs;
    const now = { wallMs, monotonicMs };
    const derived = derive(memory, observation(facts, monotonicMs), all, now);
    memory = derived.memory;
    const { snapshot } = derived;
    const told = deriveEvents(baseline, snapshot, { settings: all, now, intervalMs: TICK_MS, memory });
    baseline = told.baseline;
    hash = fold(hash, told.changes);
    return {
      ...told,
      snapshot,
      events: told.changes.flatMap(({ event }) => event ?? []),
      sessions: told.changes.flatMap(({ session }) => session ?? []),
    };
  };
  return {
    tick,
    /** One tick, of which only the events are given back. */
    events: (facts: TickFacts, afterMs?: number) => tick(facts, afterMs).events,
    types: (facts: TickFacts, afterMs?: number): EventType[] =>
      tick(facts, afterMs).events.map(({ type }) => type),
    /** The system's clock is set. */
    setClock: (byMs: number) => {
      wallMs += byMs;
    },
    /** Another collector, which knows what stands in Redis. */
    restart: (afterMs = 0) => {
      monotonicMs = 5_000_000;
      wallMs += afterMs;
      memory = NO_MEMORY;
      baseline = parseBaseline(hash, { wallMs, monotonicMs });
    },
    hash: () => hash,
    baseline: () => baseline,
  };
}

/** One path, as told. */
export const paths = (...facts: Parameters<typeof pathFact>): TickFacts => ({ paths: [pathFact(...facts)] });
export const LIVE: TickFacts = paths();
/** The same publisher, with more bytes in each tick. */
export const live = (tick: number, fields: Parameters<typeof pathFact>[0] = {}): TickFacts =>
  paths({ inboundBytes: 1_000_000 * (tick + 1), ...fields });
export const IDLE_PATH: TickFacts = paths(IDLE);
export const NONE: TickFacts = { paths: [] };
export const DOWN: TickFacts = {
  paths: null,
  but: (made) => ({
    ...made,
    protocols: made.protocols.map(({ protocol }) => ({ protocol, connections: { kind: 'failed' } })),
  }),
};
/** `cam` with its publisher and a viewer. */
export const WATCHED: TickFacts = { ...LIVE, connections: [srtConnection(), rtmpConnection(0)] };
/** The list of a protocol fails. */
export const failing = (facts: TickFacts, failed: ConnectionFact['protocol']): TickFacts => ({
  ...facts,
  but: (made) => ({
    ...made,
    protocols: made.protocols.map((one) =>
      one.protocol === failed ? { ...one, connections: { kind: 'failed' } } : one,
    ),
  }),
});

/** A stream that was live for so many ticks. */
export function lived(ticks = 10, settings: Partial<DeriveSettings> = {}) {
  const told = story(settings);
  for (let tick = 0; tick < ticks; tick += 1) told.tick(live(tick));
  return told;
}
