import type { StatusState } from '../http/status-page.ts';

/** How a stream is now, as far as a status page goes by it. */
export interface StreamLook {
  readonly server: string;
  readonly name: string;
  /** As its record has it. */
  readonly state: string;
  readonly health: string;
  readonly isExpected: boolean;
  readonly isOnDemand: boolean;
}

/** What is known of what an entry stands for. */
export interface EntryLook {
  /** Records whose names match. */
  readonly streams: readonly StreamLook[];
  /** Whether all servers were looked at that it may be on. */
  readonly isWhole: boolean;
  /** Whether it was expected at certain times lately. */
  readonly hasSchedule: boolean;
  /** Whether what keeps it from being up is planned. */
  readonly isMaintained: boolean;
}

/** Of many, only those that run, or should, or went a moment ago. */
function isTelling({ state, isExpected }: StreamLook): boolean {
  return isExpected || !['idle', 'waiting', 'standby'].includes(state);
}

function stateOf({ state, health, isExpected, isOnDemand }: StreamLook, hasSchedule: boolean): StatusState {
  if (state === 'live') return health === 'critical' ? 'disrupted' : 'up';
  if (state === 'unknown') return 'unknown';
  if (state === 'stalled' || isExpected) return 'down';
  return hasSchedule || isOnDemand ? 'unscheduled' : 'down';
}

/** The state of an entry: it is up while any of its streams is, and disrupted while others of them aren't. */
export function entryState({ streams, isWhole, hasSchedule, isMaintained }: EntryLook): StatusState {
  const telling = streams.length > 1 ? streams.filter(isTelling) : streams;
  const states = new Set(telling.map((stream) => stateOf(stream, hasSchedule)));
  if (states.size === 0) states.add(absent(streams, isWhole, hasSchedule));
  const state = joined(states);
  const isTrouble = state === 'down' || state === 'disrupted' || state === 'unknown';
  return isTrouble && isMaintained ? 'maintenance' : state;
}

/** Of one that has no stream that tells anything. */
function absent(streams: readonly StreamLook[], isWhole: boolean, hasSchedule: boolean): StatusState {
  if (streams.length === 0 && !isWhole) return 'unknown';
  return hasSchedule ? 'unscheduled' : 'down';
}

function joined(states: ReadonlySet<StatusState>): StatusState {
  if (states.has('up') || states.has('disrupted')) {
    return states.has('disrupted') || states.has('down') ? 'disrupted' : 'up';
  }
  return (['unknown', 'down', 'unscheduled'] as const).find((each) => states.has(each)) ?? 'unknown';
}

/** The state of a page: the worst that readers should know of. */
export function pageState(states: readonly StatusState[]): StatusState {
  const asked = states.filter((state) => state !== 'unscheduled');
  if (asked.length === 0) return 'unscheduled';
  if (asked.every((state) => state === 'down')) return 'down';
  if (asked.some((state) => state === 'down' || state === 'disrupted')) return 'disrupted';
  return (['unknown', 'maintenance', 'up'] as const).find((each) => asked.includes(each)) ?? 'unknown';
}
