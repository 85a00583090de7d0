import { streamsInTrouble } from '@mediamtx-monitor/model';
import {
  type Attention,
  type AttentionStream,
  MAX_ATTENTION,
  MAX_ATTENTION_BYTES,
  type StreamRecord,
} from '@mediamtx-monitor/types';

/** The streams for which something is wrong, and the worst of them by name: as many as a head has room for. */
export function attentionOf(streams: readonly StreamRecord[]): Attention {
  const troubled = streamsInTrouble(streams);
  const worst: AttentionStream[] = [];
  let bytes = 0;
  for (const entry of troubled.slice(0, MAX_ATTENTION)) {
    bytes += Buffer.byteLength(JSON.stringify(entry)) + 1;
    if (bytes > MAX_ATTENTION_BYTES) break;
    worst.push(entry);
  }
  return { count: troubled.length, worst };
}
