import { type LastLive, NOTHING_DERIVED, PROTOCOLS, type StreamRecord } from '@mediamtx-monitor/types';
import type { LastSeen } from '../data/history.ts';
import type { LastPublisher } from './last-publisher.ts';
import { sourceProtocol } from './protocol.ts';
import { keyOf, type ListedStream } from './streams.ts';

const NO_MEDIA = { video: null, audio: null, others: [] };

/**
 * A stream that its server doesn't list any more, as if its collector had kept a record of it: missing, with what it was
 * as its last.
 * @param publisher who published it when it was last listed
 * @param now when its server was heard of last (RFC 3339, UTC)
 */
export function goneStream(seen: LastSeen, publisher: LastPublisher | null, now: string): ListedStream {
  const { record } = seen;
  const stream: StreamRecord = {
    ...record,
    ...NOTHING_DERIVED,
    state: 'missing',
    health: 'ok',
    since: seen.asOf,
    sourceType: null,
    tracks: [],
    media: NO_MEDIA,
    readers: 0,
    readersByProtocol: {},
    forwards: null,
    pull: null,
    last: lastOf(seen, publisher),
  };
  return {
    key: keyOf(record),
    label: record.name,
    stream,
    health: 'ok',
    reasons: [],
    stale: false,
    asOf: now,
  };
}

function lastOf({ record, asOf }: LastSeen, publisher: LastPublisher | null): LastLive | null {
  if (record.state !== 'live' && record.state !== 'stalled') return record.last ?? null;
  const protocol = sourceProtocol(record);
  return {
    liveAt: asOf,
    liveSince: record.since,
    wasStalled: record.state === 'stalled',
    sourceType: record.sourceType,
    tracks: record.tracks,
    media: record.media,
    protocol: PROTOCOLS.find((one) => one === protocol) ?? null,
    publisher,
    readers: record.readers,
    inboundMbps: record.inboundMbps,
  };
}
