import { describe, expect, test } from '@jest/globals';
import { HEALTHS, STREAM_STATES } from '@mediamtx-monitor/types';
import { connectionRecordSchema, streamRecordSchema } from '@mediamtx-monitor/types/schemas';
import fc from 'fast-check';
import Joi from 'joi';
import {
  DEFAULT_THRESHOLDS,
  derive,
  type Memory,
  NO_MEMORY,
  restoreMemory,
  type Settings,
  type Snapshot,
} from '../src/derive/index.ts';
import { observations, type Step } from './support/observations.ts';

const RUNS = 300;
const START_MS = Date.parse('2026-01-01T12:00:00.000Z');
/** Every rule can speak. */
const SETTINGS: Settings = {
  server: 'main',
  thresholdsOf: () => ({
    ...DEFAULT_THRESHOLDS,
    'bitrate-low': { warning: 1, critical: 0.1 },
    'bitrate-high': { warning: 10, critical: 100 },
  }),
  hysteresis: { enterTicks: 2, leaveTicks: 2 },
};

interface Tick {
  readonly memory: Memory;
  readonly snapshot: Snapshot;
  readonly before: Memory;
  readonly step: Step;
  readonly nowMs: number;
}

/** All ticks of a sequence; where a step says so, another collector takes over from what was published. */
function run(steps: readonly Step[]): Tick[] {
  let memory = NO_MEMORY;
  let nowMs = START_MS;
  return steps.map((step) => {
    nowMs += step.wallStepMs;
    const before = memory;
    const derived = derive(before, step.observation, SETTINGS, nowMs);
    memory = step.restarts ? restoreMemory(derived.snapshot) : derived.memory;
    return { ...derived, before, step, nowMs };
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

const everyTick = (check: (tick: Tick) => void) => {
  fc.assert(
    fc.property(observations, (steps) => {
      run(steps).forEach(check);
    }),
    { numRuns: RUNS },
  );
};

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

  test('streams are those that were listed, by name; without a list those from before', () => {
    everyTick(({ snapshot, before, step: { observation } }) => {
      const names = snapshot.streams.map(({ name }) => name);
      const listed =
        observation.paths?.facts.map(({ name }) => name) ?? before.streamRecords.map(({ name }) => name);
      expect(names).toEqual(listed.toSorted());
    });
  });

  test('the totals are the sums of the records, or null without a list', () => {
    everyTick(({ snapshot: { streams, totals }, step: { observation } }) => {
      if (observation.paths === null) {
        expect(new Set(Object.values(totals))).toEqual(new Set([null]));
        return;
      }
      expect(totals.streams).toBe(streams.length);
      expect(totals.readers).toBe(streams.reduce((sum, { readers }) => sum + readers, 0));
      for (const state of STREAM_STATES) {
        expect(totals.states?.[state]).toBe(streams.filter((stream) => stream.state === state).length);
      }
      for (const health of HEALTHS) {
        expect(totals.healths?.[health]).toBe(streams.filter((stream) => stream.health === health).length);
      }
      for (const rate of ['inboundMbps', 'outboundMbps'] as const) {
        const known = streams.map((stream) => stream[rate]).filter((value) => value !== null);
        if (known.length === 0 && streams.length > 0) expect(totals[rate]).toBeNull();
        else expect(totals[rate]).toBeCloseTo(known.reduce((sum, value) => sum + value, 0), 2);
      }
    });
  });

  test('readers by protocol add up to the readers', () => {
    everyTick(({ snapshot: { streams } }) => {
      for (const { readers, readersByProtocol } of streams) {
        expect(Object.values(readersByProtocol).reduce((sum, count) => sum + count, 0)).toBe(readers);
      }
    });
  });

  test('health is as bad as the worst reason, and unknown has none', () => {
    everyTick(({ snapshot: { streams, connections } }) => {
      for (const { health, reasons } of [...streams, ...connections]) {
        const severities = new Set(reasons.map(({ severity }) => severity));
        const worst = severities.has('critical') ? 'critical' : severities.has('warning') ? 'warning' : 'ok';
        expect(health === 'unknown' ? 'ok' : health).toBe(worst);
        expect(new Set(reasons.map(({ code }) => code)).size).toBe(reasons.length);
      }
    });
  });

  test('a rate is never more than the bytes that came', () => {
    everyTick(({ snapshot: { streams } }) => {
      for (const { inboundMbps, bytesReceived } of streams) {
        // All bytes ever received, within the shortest time that is measured, 250 ms; and the rounding.
        if (inboundMbps !== null) {
          expect(inboundMbps).toBeLessThanOrEqual(((bytesReceived ?? 0) * 8 * 4) / 1e6 + 0.001);
        }
      }
    });
  });

  test('without a path list all is unknown, else nothing is', () => {
    everyTick(({ snapshot: { streams }, step: { observation } }) => {
      for (const { state } of streams) expect(state === 'unknown').toBe(observation.paths === null);
    });
  });

  test('deriving is pure: the same again gives the same, and what was given stays as it was', () => {
    fc.assert(
      fc.property(observations, (steps) => {
        for (const { before, step, nowMs, snapshot } of run(steps)) {
          const copy = structuredClone(before);
          deepFreeze(before);
          deepFreeze(step.observation);
          const again = derive(before, step.observation, SETTINGS, nowMs);
          expect(again.snapshot).toEqual(snapshot);
          expect(derive(before, step.observation, SETTINGS, nowMs)).toEqual(again);
          expect(before).toEqual(copy);
        }
      }),
      { numRuns: RUNS / 3 },
    );
  });
});
