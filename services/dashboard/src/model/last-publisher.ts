import type { ConnectionRecord, Protocol } from '@mediamtx-monitor/types';
import type { ListedStream } from './streams.ts';

/** Who published a stream that nobody publishes any more, as far as that is known. */
export interface LastPublisher {
  readonly remoteAddr: string | null;
  readonly user: string | null;
  readonly userAgent: string | null;
  readonly protocol: Protocol | null;
}

/**
 * Why no connection brings a stream: `unknown`: it isn't known whether one does; `fetched`: the server fetches it;
 * `nobody` publishes it.
 */
export type NoPublisher = 'unknown' | 'fetched' | 'nobody';

/** Why no connection is known that brings a stream. */
export function whyNoPublisher({ stream, health, stale }: ListedStream): NoPublisher {
  if (stale || stream.state === 'unknown') return 'unknown';
  if (stream.pull != null) return 'fetched';
  const isSilent = stream.state === 'live' || stream.state === 'stalled' || health === 'unknown';
  return isSilent ? 'unknown' : 'nobody';
}

/**
 * Who published a stream last that nobody publishes now.
 * @param seen who did while this page was looking
 */
export function lastPublisherOf(listed: ListedStream, seen: ConnectionRecord | null): LastPublisher | null {
  if (whyNoPublisher(listed) !== 'nobody') return null;
  const { last } = listed.stream;
  return last?.publisher == null ? seen : { ...last.publisher, protocol: last.protocol };
}
