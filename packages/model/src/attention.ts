import type { AttentionStream, Reason } from '@mediamtx-monitor/types';

/** The streams for which something is wrong, as a head names them, the worst first: what has a reason, missing ones too. */
export function streamsInTrouble(streams: readonly AttentionStream[]): readonly AttentionStream[] {
  const troubled = streams.flatMap(({ name, state, health, reasons }) => {
    const [worst] = reasons;
    return worst === undefined ? [] : [{ worst, stream: { name, state, health, reasons } }];
  });
  return troubled.toSorted((one, other) => byBadness(one.worst, other.worst)).map(({ stream }) => stream);
}

/** What is critical comes first, then what has been wrong for longer. */
function byBadness(one: Reason, other: Reason): number {
  if (one.severity !== other.severity) return one.severity === 'critical' ? -1 : 1;
  return one.since < other.since ? -1 : one.since > other.since ? 1 : 0;
}
