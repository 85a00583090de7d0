import type { Moment } from '@mediamtx-monitor/runtime';
import type { SessionRecord, StoredEvent } from '@mediamtx-monitor/types';
import { isoTime } from '../../samples.ts';
import type { Memory } from '../memory.ts';
import { rewritten } from '../moment.ts';
import type { DeriveSettings } from '../settings.ts';

/**
 * One step from what was told before to what is told now: what is appended, and what it makes of the baseline. One
 * without event and session only writes down how far things are.
 */
export interface Change {
  readonly event: StoredEvent | null;
  /** A session that ended. */
  readonly session: SessionRecord | null;
  /** Fields of the baseline's hash that it sets; `null` removes one. */
  readonly baseline: Readonly<Record<string, string | null>>;
}

/** What events are derived with, beside what was told and the snapshot. */
export interface EventContext {
  readonly settings: DeriveSettings;
  readonly now: Moment;
  /** Time between two ticks. */
  readonly intervalMs: number;
  /** As it came with the snapshot. */
  readonly memory: Pick<Memory, 'streams'>;
}

/** A tick in which the path list was read, as events of streams and connections tell it. */
export interface ListedTick extends EventContext {
  /** RFC 3339, UTC. */
  readonly at: string;
  /** When the path list was read before, where that is more than three intervals ago (RFC 3339, UTC). */
  readonly unseenSince: string | null;
  /** How long ago it was read before; 0 where that is too long ago to say anything of the time in between. */
  readonly spanMs: number;
  /** Whether it was never read before. */
  readonly isFirst: boolean;
  /** Whether MediaMTX is another process than before. */
  readonly isRestarted: boolean;
}

/** After so many intervals without a look nobody knows what was in between. */
const UNSEEN_INTERVALS = 3;

/** When it was looked last (RFC 3339, UTC), where that is so long ago that nobody knows what was in between; else `null`. */
export function unseen(lookedAt: Moment, now: Moment, intervalMs: number): string | null {
  if (now.monotonicMs - lookedAt.monotonicMs <= UNSEEN_INTERVALS * intervalMs) return null;
  return isoTime(rewritten(lookedAt, now).wallMs);
}

/** An earlier beginning, where it is one: MediaMTX's clock may be ahead of ours. */
export function earlier(since: string | null, at: string): string | null {
  return since !== null && since < at ? since : null;
}
