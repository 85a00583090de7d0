import type { HostsHead } from './host.ts';
import type { StatusMessage } from './live.ts';
import type { MessageHead } from './message.ts';
import { isEventTopic, type SubjectKind, type Topic, TOPIC_DECLARATIONS } from './topic.ts';

/** The head of a message of any topic. */
export type TopicHead = MessageHead | HostsHead;

/** What a message is about: a server or a host. */
export function kindOf(message: TopicHead | StatusMessage): SubjectKind {
  if (message.type !== 'status') return TOPIC_DECLARATIONS[message.type].subject;
  return 'host' in message ? 'host' : 'server';
}

/** Id of the server or host that a message is about. */
export function subjectOf(message: TopicHead | StatusMessage): string {
  if (message.type === 'hosts') return message.host;
  if (message.type !== 'status') return message.server;
  return 'host' in message ? message.host : message.server;
}

/**
 * Whether a subscription brings what is told about a server or host. `server` chooses among servers: which host one
 * runs on isn't known.
 */
export function isSubscribed(
  { topics, server }: { readonly topics: readonly Topic[]; readonly server?: string | undefined },
  kind: SubjectKind,
  subject: string,
): boolean {
  const isOfKind = (topic: Topic): boolean =>
    !isEventTopic(topic) && TOPIC_DECLARATIONS[topic].subject === kind;
  if (!topics.some(isOfKind)) return false;
  return kind === 'host' || server === undefined || server === subject;
}
