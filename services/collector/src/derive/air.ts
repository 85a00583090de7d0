import type { Moment } from '@mediamtx-monitor/runtime';
import type { ConnectionRecord, LastLive, StreamRecord } from '@mediamtx-monitor/types';
import { type Airing, type Away, RECENT_MS, type StreamMemory } from './memory.ts';
import { sourceProtocolOf } from './pull.ts';
import { isoTime } from '../samples.ts';

/** What is live for less than this isn't missed when it goes. */
const MISSED_AFTER_MS = 10_000;

type AirBefore = Pick<StreamMemory, 'airing' | 'away' | 'state' | 'liveRecord'>;

/**
 * Goes on with what is remembered of a live stream. One that was missed before and comes back is missed at once when it
 * goes again.
 * @param liveForMs how long it has been live, where it wasn't before
 */
export function nextAiring(
  before: AirBefore | undefined,
  since: string,
  liveForMs: number,
  { monotonicMs }: Moment,
): Airing {
  const airing = before?.airing ?? null;
  if (airing === null) {
    const away = before?.away;
    const wasMissed = away?.isMissed === true && monotonicMs - away.fromMs < RECENT_MS;
    const fromMs = monotonicMs - Math.min(liveForMs, MISSED_AFTER_MS);
    return { since, fromMs, isMissed: wasMissed || liveForMs >= MISSED_AFTER_MS };
  }
  if (airing.isMissed || monotonicMs - airing.fromMs < MISSED_AFTER_MS) return airing;
  return { since: airing.since, fromMs: airing.fromMs, isMissed: true };
}

/**
 * Whether a stall before a stream went says that something broke. Of a browser it doesn't: when its page is closed MediaMTX
 * notices only seconds later, so that each normal end looks like that.
 */
export function stallCounts(sourceType: string | null): boolean {
  return sourceType?.toLowerCase() !== 'webrtcsession';
}

/** Goes on with what is remembered of a stream that isn't live. */
export function nextAway(before: AirBefore | undefined, { wallMs, monotonicMs }: Moment): Away {
  return (
    before?.away ?? {
      since: isoTime(wallMs),
      fromMs: monotonicMs,
      isMissed: before?.airing?.isMissed ?? false,
      wasStalled: before?.state === 'stalled' && stallCounts(before.liveRecord?.sourceType ?? null),
      reasonCode: null,
    }
  );
}

/** What a record says of a stream that was live, from its record and its publisher's then. */
export function lastLiveOf(
  record: StreamRecord,
  publisher: ConnectionRecord | null,
  { since, liveAtMs }: { readonly since: string; readonly liveAtMs: number },
): LastLive {
  return {
    liveAt: isoTime(liveAtMs),
    liveSince: since,
    wasStalled: record.state === 'stalled',
    sourceType: record.sourceType,
    tracks: record.tracks,
    media: record.media,
    protocol: publisher?.protocol ?? sourceProtocolOf(record.sourceType),
    publisher:
      publisher === null || record.sourceId === null
        ? null
        : { remoteAddr: publisher.remoteAddr, user: publisher.user, userAgent: publisher.userAgent },
    readers: record.readers,
    inboundMbps: record.inboundMbps,
  };
}

/** The same of a stream that was live in the tick before, if it was; otherwise as it was said then. */
export function nextLast(before: StreamMemory | undefined): LastLive | null {
  if (before === undefined) return null;
  const { airing, lastLiveAt, liveRecord, livePublisher, last } = before;
  if (airing === null || lastLiveAt === null || liveRecord === null) return last;
  return lastLiveOf(liveRecord, livePublisher, { since: airing.since, liveAtMs: lastLiveAt.wallMs });
}
