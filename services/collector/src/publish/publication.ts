import { MESSAGE_VERSION, type StreamsHead } from '@mediamtx-monitor/types';

/** What is to be published of a tick: the head without its numbering, and the array. */
export type Publication = Omit<StreamsHead, 'type' | 'v' | 'epoch' | 'seq' | 'publishedAt'>;

/** The head of a message as JSON, its members in the contract's order. */
export function headJson(content: Publication, epoch: number, seq: number, publishedAtMs: number): string {
  const { server, collectedAt, intervalMs, simulated, source, missing, totals } = content;
  const head: StreamsHead = {
    type: 'streams',
    v: MESSAGE_VERSION,
    server,
    epoch,
    seq,
    collectedAt,
    publishedAt: new Date(publishedAtMs).toISOString(),
    intervalMs,
    simulated,
    source,
    missing,
    totals,
  };
  return JSON.stringify(head);
}
