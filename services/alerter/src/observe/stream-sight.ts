import { isUtf8 } from 'node:buffer';
import { streamsInTrouble } from '@mediamtx-monitor/model';
import {
  type AttentionStream,
  isAttentionStream,
  isShallow,
  isSparse,
  type StreamsHead,
} from '@mediamtx-monitor/types';
import { type IllSubject, subjectKey } from '../model.ts';
import { heldReasons } from './held.ts';

/** What is seen of a server's streams. */
export interface StreamSight {
  /** Those for which something is wrong, by key of the subject, the worst first. */
  readonly ill: ReadonlyMap<string, IllSubject>;
  /** Whether these are all there are, so that others are known to be well. */
  readonly isWhole: boolean;
}

/** Nothing is seen of them. */
export const UNSEEN: StreamSight = { ill: new Map(), isWhole: false };

/** Whether a head leaves out streams for which something is wrong: then the array of streams has to be read. */
export function needsArray({ attention, source }: StreamsHead): boolean {
  // A collector that says nothing of attention keeps what it read last in the array.
  if (attention === undefined) return source.status === 'up';
  return attention !== null && attention.count > attention.worst.length;
}

/**
 * What is seen by a head, and by the array where it is needed.
 * @param streams what `parseStreams` made of it; `null` where it can't be read
 */
export function streamSight(head: StreamsHead, streams: readonly AttentionStream[] | null): StreamSight {
  const { attention = null } = head;
  if (needsArray(head)) {
    return streams === null
      ? sightOf(head, attention?.worst ?? [], false)
      : sightOf(head, streamsInTrouble(streams), true);
  }
  // While the path list can't be read, nobody knows how streams are.
  return attention === null ? UNSEEN : sightOf(head, attention.worst, true);
}

function sightOf(
  { server, publishedAt, simulated }: StreamsHead,
  streams: readonly AttentionStream[],
  isWhole: boolean,
): StreamSight {
  const ill = new Map<string, IllSubject>();
  for (const { name, reasons } of streams) {
    if (reasons.length === 0) continue;
    const subject = { kind: 'stream', server, stream: name } as const;
    ill.set(subjectKey(subject), { subject, reasons: heldReasons(reasons, publishedAt), simulated });
  }
  return { ill, isWhole };
}

/** Reads an array of streams as far as it tells what is wrong with them; `null` where it isn't one. */
export function parseStreams(json: Buffer): readonly AttentionStream[] | null {
  if (!isUtf8(json) || !isSparse(json)) return null;
  let value: unknown;
  try {
    value = JSON.parse(json.toString());
  } catch {
    return null;
  }
  if (!Array.isArray(value)) return null;
  const streams: readonly unknown[] = value;
  return streams.every((stream): stream is AttentionStream => isAttentionStream(stream) && isShallow(stream))
    ? streams
    : null;
}
