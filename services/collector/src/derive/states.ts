import type { StreamState } from '@mediamtx-monitor/types';
import type { PathFact } from '../facts.ts';

/** A ready stream that brings no byte for so many ticks is stalled. */
export const STALLED_TICKS = 3;

/** What decides a stream's state. */
export interface StateFacts {
  readonly path: PathFact;
  /** Ticks in a row without a new byte. */
  readonly silentTicks: number;
  /** Whether MediaMTX lists the path. */
  readonly isListed: boolean;
}

/** Whether a listed path brings media of its source, stalled or not; an always-available one may show its filler. */
export const isOnAir = (path: PathFact): boolean => path.ready && path.online !== false;

const isRedirect = (path: PathFact): boolean => path.sourceType?.toLowerCase() === 'redirect';

/**
 * Every state and what leads to it: the first row that holds is the state. From 1.16 MediaMTX calls an unready
 * static, on-demand or redirect source `online`, and an always-available path `ready` while it shows its filler.
 */
const STATE_TABLE: readonly { readonly state: StreamState; readonly when: (facts: StateFacts) => boolean }[] =
  [
    { state: 'standby', when: ({ path }) => path.ready && path.online === false },
    { state: 'stalled', when: ({ path, silentTicks }) => path.ready && silentTicks >= STALLED_TICKS },
    { state: 'live', when: ({ path }) => path.ready },
    { state: 'missing', when: ({ isListed }) => !isListed },
    { state: 'idle', when: ({ path }) => path.sourceType === null || isRedirect(path) },
    { state: 'waiting', when: () => true },
  ];

/** The state of a stream after the path list was read; while it can't be read it is `unknown`. */
export function stateOf(facts: StateFacts): StreamState {
  return STATE_TABLE.find(({ when }) => when(facts))?.state ?? 'unknown';
}
