import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { HEALTHS, LISTED_STATES, type Reason } from '@mediamtx-monitor/types';
import { connectionRecordSchema, streamRecordSchema } from '@mediamtx-monitor/types/schemas';
import type { Moment } from '@mediamtx-monitor/runtime';
import fc from 'fast-check';
import Joi from 'joi';
import {
  DEFAULT_THRESHOLDS,
  derive,
  type Memory,
  NO_MEMORY,
  RECONNECT_WINDOW_MS,
  restoreMemory,
  type DeriveSettings,
  type Snapshot,
} from '../src/derive/index.ts';
import { observations, type PollStep } from './support/observations.ts';

const RUNS = 200;
/** So that a text of a value shows all of it. */
const WHOLE = { depth: Infinity, maxArrayLength: null, maxStringLength: null };
const START_MS = Date.parse('2026-01-01T12:00:00.000Z');
/** Every rule can speak. */
const SETTINGS: DeriveSettings = {
  server: 'main',
  thresholdsOf: () => ({
    ...DEFAULT_THRESHOLDS,
    'bitrate-low': { warning: 1, critical: 0.1 },
    'bitrate-high': { warning: 10, critical: 100 },
  }),
  offAirMsOf: (name) => (name === 'cam' ? 60_000 : 600_000),
  expectations: {
    all: [
      {
        match: 'cam',
        isName: true,
        forMs: 5_000,
        atLeast: null,
        schedule: (wallMs) => wallMs % 60_000 < 45_000,
      },
      { match: 'cam/*', isName: false, forMs: 0, atLeast: 2, schedule: null },
      { match: '**', isName: false, forMs: 30_000, atLeast: null, schedule: null },
    ],
    of: (name) => [
      ...(name === 'cam' ? [0] : []),
      ...(name.startsWith('cam/') ? [1] : []),
      ...(name.startsWith(',') ? [2] : []),
    ],
  },
  hysteresis: { enterTicks: 2, leaveTicks: 2 },
  reconnectWindowMs: RECONNECT_WINDOW_MS,
  sessionAddresses: 'masked',
};

interface RandomTick {
  readonly memory: Memory;
  readonly snapshot: Snapshot;
  readonly before: Memory;
  readonly step: PollStep;
  readonly now: Moment;
}

/** All ticks of a sequence; where a step says so, another collector takes over from what was published. */
function run(steps: readonly PollStep[]): RandomTick[] {
  let memory = NO_MEMORY;
  let wallMs = START_MS;
  return steps.map((step) => {
    wallMs += step.wallStepMs;
    const now = { wallMs, monotonicMs: step.monotonicMs };
    const before = memory;
    const derived = derive(before, step.observation, SETTINGS, now);
    memory = step.restarts ? restoreMemory(derived.snapshot, now) : derived.memory;
    return { ...derived, before, step, now };
  });
}

/** Calls `visit` with every value within `value`. */
function walk(value: unknown, visit: (value: unknown, path: string) => void, path = ''): void {
  visit(value, path);
  if (value instanceof Map) {
    for (const [key, inner] of value) walk(inner, visit, `${path}.${String(key)}`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) walk(inner, visit, `${path}.${key}`);
  }
}

function deepFreeze<Value>(value: Value): Value {
  walk(value, (inner) => {
    // A map's entries can't be frozen: comparing with a copy shows whether they changed.
    if (typeof inner === 'object' && inner !== null && !(inner instanceof Map)) Object.freeze(inner);
  });
  return value;
}

const everyTick = (check: (tick: RandomTick) => void) => {
  fc.assert(
    fc.property(observations, (steps) => {
      run(steps).forEach(check);
    }),
    { numRuns: RUNS },
  );
};

/** Streams are those that are listed, and those that are missing for a reason, by name; without a list those from before. */
function isOfTheListedStreams({ snapshot: { streams }, before, step: { observation } }: RandomTick): void {
  const names = streams.map(({ name }) => name);
  expect(names).toStrictEqual(names.toSorted());
  expect(new Set(names).size).toBe(names.length);
  if (observation.paths === null) {
    expect(names).toStrictEqual(before.streamRecords.map(({ name }) => name));
    expect(new Set(streams.map(({ state }) => state)).size).toBeLessThanOrEqual(1);
    for (const { state } of streams) expect(state).toBe('unknown');
    return;
  }
  const listed = observation.paths.facts.map(({ name }) => name).toSorted();
  expect(streams.filter(({ state }) => state !== 'missing').map(({ name }) => name)).toStrictEqual(listed);
  for (const { state } of streams) expect(state).not.toBe('unknown');
  for (const { state, reasons, expectedBy } of streams) {
    if (state === 'missing') expect(reasons.some(isAbsence) || expectedBy !== null).toBe(true);
  }
}

const isAbsence = ({ code }: Reason): boolean => ['not-live', 'source-down', 'off-air'].includes(code);

/** What isn't live has one reason for that at most, and says how it was; what is live has neither. */
function reportsAbsenceOnce({ snapshot: { streams } }: RandomTick): void {
  for (const { state, reasons, last, expectedBy, sourceType } of streams) {
    const isLive = state === 'live' || state === 'stalled';
    expect(reasons.filter(isAbsence).length).toBeLessThanOrEqual(isLive ? 0 : 1);
    if (isLive) expect(last).toBeNull();
    const codes = reasons.map(({ code }) => code);
    if (codes.includes('off-air')) expect(last).not.toBeNull();
    if (codes.includes('not-live')) expect(expectedBy).toBe('configuration');
    if (codes.includes('source-down')) expect(sourceType).toMatch(/source$/i);
  }
}

/** The critical reasons come first. */
function hasTheWorstFirst({ snapshot: { streams, connections, reasons } }: RandomTick): void {
  for (const some of [...[...streams, ...connections].map((record) => record.reasons), reasons]) {
    const severities = some.map(({ severity }) => severity);
    expect(severities).toStrictEqual(severities.toSorted());
  }
}

/** Totals are the sums of the records, or null without a list. */
function hasTotalsOfItsRecords({ snapshot: { streams, totals }, step: { observation } }: RandomTick): void {
  if (observation.paths === null) {
    expect(new Set(Object.values(totals))).toStrictEqual(new Set([null]));
    return;
  }
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  const listed = streams.filter(({ state }) => state !== 'missing');
  expect(totals.streams).toBe(listed.length);
  expect(totals.missing).toBe(streams.length - listed.length);
  expect(totals.readers).toBe(sum(streams.map(({ readers }) => readers)));
  expect(totals.readers).toBe(sum(streams.flatMap((stream) => Object.values(stream.readersByProtocol))));
  for (const state of LISTED_STATES) {
    expect(totals.states?.[state]).toBe(streams.filter((stream) => stream.state === state).length);
  }
  for (const health of HEALTHS) {
    expect(totals.healths?.[health]).toBe(streams.filter((stream) => stream.health === health).length);
  }
  for (const rate of ['inboundMbps', 'outboundMbps'] as const) {
    const counted = listed.filter(({ state }) => rate === 'outboundMbps' || state !== 'standby');
    const known = counted.map((stream) => stream[rate]).filter((value) => value !== null);
    if (known.length === 0 && counted.length > 0) expect(totals[rate]).toBeNull();
    else expect(Math.abs(Number(totals[rate]) - sum(known))).toBeLessThanOrEqual(0.001);
  }
}

/** Health is that of the worst reason; each code has one reason at most, and what is unknown has none. */
function isAsUnwellAsItsReasons({ snapshot: { streams, connections } }: RandomTick): void {
  for (const { health, reasons } of [...streams, ...connections]) {
    const severities = new Set(reasons.map(({ severity }) => severity));
    const worst = severities.has('critical') ? 'critical' : severities.has('warning') ? 'warning' : 'ok';
    expect(health === 'unknown' ? 'ok' : health).toBe(worst);
    expect(new Set(reasons.map(({ code }) => code)).size).toBe(reasons.length);
  }
}

/** No rate is more than all bytes ever received within the shortest time that is measured, 250 ms. */
function hasPossibleRates({ snapshot: { streams } }: RandomTick): void {
  for (const { inboundMbps, bytesReceived } of streams) {
    const most = ((bytesReceived ?? 0) * 8 * 4) / 1e6;
    expect(inboundMbps ?? 0).toBeLessThanOrEqual(most * (1 + Number.EPSILON * 4) + 0.001);
  }
}

describe('whatever is observed', () => {
  test('no number is negative, infinite or none at all', () => {
    everyTick(({ snapshot, memory }) => {
      walk({ snapshot, memory }, (value, path) => {
        if (typeof value !== 'number' || (Number.isFinite(value) && value >= 0)) return;
        throw new Error(`${path} is ${value}`);
      });
    });
  });

  test('every record is valid', () => {
    let tick = 0;
    everyTick(({ snapshot: { streams, connections } }) => {
      // Joi is slow: some of them in each tick, all of them in some.
      tick += 1;
      const stride = tick % 10 === 0 ? 1 : 4;
      streams
        .filter((_, index) => (index + tick) % stride === 0)
        .forEach((record) => {
          Joi.assert(record, streamRecordSchema);
        });
      connections
        .filter((_, index) => (index + tick) % stride === 0)
        .forEach((record) => {
          Joi.assert(record, connectionRecordSchema);
        });
    });
  });

  test('a snapshot is consistent', () => {
    everyTick((tick) => {
      isOfTheListedStreams(tick);
      reportsAbsenceOnce(tick);
      hasTheWorstFirst(tick);
      hasTotalsOfItsRecords(tick);
      isAsUnwellAsItsReasons(tick);
      hasPossibleRates(tick);
    });
  });

  test('everything that can be wrong with a stream or a server comes about', () => {
    const seen = new Set<string>();
    const ticks = fc.sample(observations, { seed: 1, numRuns: RUNS }).flatMap(run);
    for (const { snapshot } of ticks) {
      const records = [snapshot, ...snapshot.streams];
      for (const { code } of records.flatMap(({ reasons }) => reasons)) seen.add(code);
    }
    const expected = ['not-live', 'source-down', 'off-air', 'forward-failing', 'server-unreachable'];
    expect(expected.filter((code) => !seen.has(code))).toStrictEqual([]);
  });

  test('deriving is pure: the same again gives the same, and what was given stays as it was', () => {
    fc.assert(
      fc.property(observations, (steps) => {
        for (const { before, step, now, snapshot } of run(steps)) {
          const written = inspect(before, WHOLE);
          deepFreeze(before);
          deepFreeze(step.observation);
          const again = derive(before, step.observation, SETTINGS, now);
          expect(again.snapshot).toStrictEqual(snapshot);
          expect(derive(before, step.observation, SETTINGS, now)).toStrictEqual(again);
          expect(inspect(before, WHOLE)).toBe(written);
        }
      }),
      { numRuns: RUNS / 2 },
    );
  });
});
