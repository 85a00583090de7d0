import { TOPIC_DECLARATIONS, type TopicHead } from '@mediamtx-monitor/types';
import type { ServerHead, Tick } from '../tick/index.ts';

/** What of a topic is the newest about a server or host. */
export type LiveItem = Tick<TopicHead> | ServerHead;

/** The same for what takes the place of another. */
export function keyOf({ topic, subject }: LiveItem): string {
  return `${topic} ${subject}`;
}

/** Whether it is about a server, so that a choice of servers is about it. */
export function isOfServer({ topic }: LiveItem): boolean {
  return TOPIC_DECLARATIONS[topic].subject === 'server';
}
