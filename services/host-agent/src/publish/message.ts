import { type HostRecord, type HostsMessage, MESSAGE_VERSION } from '@mediamtx-monitor/types';

/** What a message says of itself. */
export interface MessageMark {
  readonly epoch: number;
  readonly seq: number;
  /** Unix times. */
  readonly collectedAtMs: number;
  readonly publishedAtMs: number;
  readonly intervalMs: number;
}

/** A message as JSON, its members in the contract's order. */
export function messageJson(record: HostRecord, mark: MessageMark): string {
  const message: HostsMessage = {
    type: 'hosts',
    v: MESSAGE_VERSION,
    host: record.host,
    epoch: mark.epoch,
    seq: mark.seq,
    collectedAt: new Date(mark.collectedAtMs).toISOString(),
    publishedAt: new Date(mark.publishedAtMs).toISOString(),
    intervalMs: mark.intervalMs,
    hosts: [record],
  };
  return JSON.stringify(message);
}
