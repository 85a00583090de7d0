import {
  type ConnectionRecord,
  MESSAGE_VERSION,
  type MessageHead,
  type ServerTopic,
  type StreamRecord,
  type TickNumber,
} from '@mediamtx-monitor/types';

/** What is to be published of a tick: heads without their numbering, and records. */
export interface Publication {
  readonly head: Omit<MessageHead, 'type' | 'v' | 'epoch' | 'seq' | 'publishedAt'>;
  readonly streams: readonly StreamRecord[];
  readonly connections: readonly ConnectionRecord[];
}

/** Size of a topic's message: the script puts the array in as the last member of the head. */
export function bytesOfMessage(topic: ServerTopic, head: string, array: string): number {
  return Buffer.byteLength(head) + `,"${topic}":`.length + Buffer.byteLength(array);
}

/** The head of a topic's message as JSON, its members in the contract's order. */
export function headJson(
  topic: ServerTopic,
  content: Publication['head'],
  { epoch, seq }: TickNumber,
  publishedAtMs: number,
): string {
  const {
    server,
    collectedAt,
    intervalMs,
    simulated,
    source,
    sourceError,
    missing,
    totals,
    reasons = [],
  } = content;
  const head: MessageHead = {
    type: topic,
    v: MESSAGE_VERSION,
    server,
    epoch,
    seq,
    collectedAt,
    publishedAt: new Date(publishedAtMs).toISOString(),
    intervalMs,
    simulated,
    source,
    ...(sourceError === undefined ? {} : { sourceError }),
    missing,
    totals,
    reasons,
  };
  return JSON.stringify(head);
}
