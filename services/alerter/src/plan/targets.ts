import type { TargetStatus } from '@mediamtx-monitor/types';
import { ChangedMap } from '../changed-map.ts';
import type { AlerterState, AlertMoment, StoredTarget, Target } from '../model.ts';
import type { TargetAudience } from './audience.ts';
import { Marks } from './marks.ts';
import { deadLetters, type StateWithEnded } from './take-results.ts';

/**
 * Has the state keep the targets that the file has: new ones, and none that left it; whose entry is another is tried at
 * once, also where it was gone. To be called with each state that was read, and each file.
 */
export function reconcileTargets(
  state: AlerterState,
  { targets: entries }: TargetAudience,
  moment: AlertMoment,
): StateWithEnded {
  const targets = new ChangedMap(state.targets);
  for (const entry of entries) targets.set(entry.name, kept(state.targets.get(entry.name), entry, moment));
  const names = new Set(entries.map(({ name }) => name));
  const left = [...state.targets.values()].filter(({ name }) => !names.has(name));
  for (const { name } of left) targets.delete(name);
  const marks = new Marks(state.alerts);
  for (const [key, { notified }] of state.alerts) {
    for (const name of Object.keys(notified)) if (!names.has(name)) marks.delete(key, name);
  }
  const { alerts } = marks;
  const isSame = alerts === state.alerts && targets.now === state.targets;
  return {
    state: isSame ? state : { ...state, alerts, targets: targets.now },
    ended: left.flatMap((target) => deadLetters(target, LEFT, moment)),
  };
}

const LEFT = 'the target is not in MONITOR_CONFIG any more';

function kept(
  stored: StoredTarget | undefined,
  { name, digest }: Target,
  { atMs }: AlertMoment,
): StoredTarget {
  if (stored === undefined) {
    return {
      ...{ name, digest, sentAtMs: null, queue: [], deliveredAt: null, error: null },
      ...{ isDisabled: false, testedAtMs: null, told: [] },
    };
  }
  if (stored.digest === digest) return stored;
  const queue = stored.queue.map((one) => ({ ...one, nextTryAtMs: atMs }));
  return { ...stored, digest, queue, error: null, isDisabled: false };
}

/** How a target does. */
export function targetStatus(
  { name, queue, deliveredAt, error, isDisabled, testedAtMs }: StoredTarget,
  { kind }: Target,
  { atMs }: AlertMoment,
): TargetStatus {
  const state = isDisabled ? 'disabled' : error === null ? 'ok' : 'failing';
  const oldestMs = queue.reduce((oldest, { queuedAtMs }) => Math.min(oldest, queuedAtMs), Infinity);
  const queueAgeMs = queue.length === 0 ? null : atMs - oldestMs;
  const testAgeMs = testedAtMs === null ? null : atMs - testedAtMs;
  return { name, kind, state, error, deliveredAt, queueAgeMs, testAgeMs };
}
