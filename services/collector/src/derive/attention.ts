import {
  type Attention,
  type AttentionStream,
  MAX_ATTENTION,
  MAX_ATTENTION_BYTES,
  type Reason,
  type StreamRecord,
} from '@mediamtx-monitor/types';

/** The streams for which something is wrong, and the worst of them by name: as many as a head has room for. */
export function attentionOf(streams: readonly StreamRecord[]): Attention {
  const troubled = streams.flatMap((stream) => {
    const [worst] = stream.reasons;
    return worst === undefined ? [] : [{ stream, worst }];
  });
  const sorted = troubled.toSorted((one, other) => byBadness(one.worst, other.worst));
  const worst: AttentionStream[] = [];
  let bytes = 0;
  for (const { stream } of sorted.slice(0, MAX_ATTENTION)) {
    const { name, state, health, reasons } = stream;
    const entry = { name, state, health, reasons };
    bytes += Buffer.byteLength(JSON.stringify(entry)) + 1;
    if (bytes > MAX_ATTENTION_BYTES) break;
    worst.push(entry);
  }
  return { count: troubled.length, worst };
}

/** What is critical comes first, then what has been wrong for longer. */
function byBadness(one: Reason, other: Reason): number {
  if (one.severity !== other.severity) return one.severity === 'critical' ? -1 : 1;
  return one.since < other.since ? -1 : one.since > other.since ? 1 : 0;
}
