import { describe, expect, test } from '@jest/globals';
import {
  golden,
  RECORDED_VERSIONS,
  recordedAtMs,
  type RecordedPhase,
  type RecordedVersion,
} from '@mediamtx-monitor/testkit';
import { derive, deriveEvents, NO_BASELINE, NO_MEMORY } from '../../../src/derive/index.ts';
import { SETTINGS } from '../facts.ts';
import { recordedObservation } from '../recorded.ts';

/** What is told of a server on which nobody was, then everybody, then nobody again. */
function toldOf(version: RecordedVersion) {
  const firstMs = recordedAtMs(version, 'paths', 't0');
  const secondMs = recordedAtMs(version, 'paths', 't1');
  const ticks: readonly (readonly [RecordedPhase, number])[] = [
    ['empty', firstMs - 2_000],
    ['t0', firstMs],
    ['t1', secondMs],
    ['empty', secondMs + 2_000],
  ];
  let [memory, baseline] = [NO_MEMORY, NO_BASELINE];
  return ticks.map(([phase, wallMs]) => {
    const now = { wallMs, monotonicMs: wallMs - firstMs + 10_000 };
    const derived = derive(memory, recordedObservation(version, phase, now.monotonicMs), SETTINGS, now);
    ({ memory } = derived);
    const context = { settings: SETTINGS, now, intervalMs: 2_000, memory };
    const told = deriveEvents(baseline, derived.snapshot, context);
    ({ baseline } = told);
    return {
      events: told.changes.flatMap(({ event }) => event ?? []),
      sessions: told.changes.flatMap(({ session }) => session ?? []),
    };
  });
}

describe.each(RECORDED_VERSIONS)('MediaMTX %s, recorded', (version) => {
  test('tells who came and went, as it always did', () => {
    const told = toldOf(version);
    expect(told).toStrictEqual(golden(new URL(`golden/${version}.json`, import.meta.url), told));
    const [, came, stayed, went] = told.map(({ events }) => events.map(({ type }) => type));
    expect(came).toStrictEqual(expect.arrayContaining(['stream.online', 'connection.opened']));
    expect(stayed).toStrictEqual([]);
    expect(went).toStrictEqual(expect.arrayContaining(['stream.offline', 'connection.closed']));
    const opened = came?.filter((type) => type === 'connection.opened').length;
    expect(told[3]?.sessions).toHaveLength(opened ?? 0);
  });
});
