import type { AlertsHead } from './alert.ts';
import type { HostsHead } from './host.ts';
import type { StatusMessage } from './live.ts';
import type { MessageHead, ServersMessage } from './message.ts';
import { isEventTopic, type SubjectKind, type Topic, TOPIC_DECLARATIONS } from './topic.ts';

/** The head of a message of any topic. */
export type TopicHead = MessageHead | HostsHead | AlertsHead;

/** What a message is about: a server, a host, or all together. */
export function kindOf(message: TopicHead | ServersMessage | StatusMessage): SubjectKind {
  if (message.type !== 'status') return TOPIC_DECLARATIONS[message.type].subject;
  if ('topic' in message) return 'fleet';
  return 'host' in message ? 'host' : 'server';
}

/** Id of the server or host that a message is about; of what is about all together its topic. */
export function subjectOf(message: TopicHead | ServersMessage | StatusMessage): string {
  if (message.type === 'hosts') return message.host;
  if (message.type === 'alerts') return message.type;
  if (message.type !== 'status') return message.server;
  if ('topic' in message) return message.topic;
  return 'host' in message ? message.host : message.server;
}

/**
 * Whether a subscription brings what is told about a server, a host, or all together. `server` chooses among servers,
 * one or several: which host one runs on isn't known.
 */
export function isSubscribed(
  { topics, server }: { readonly topics: readonly Topic[]; readonly server?: OneOrSeveral | undefined },
  kind: SubjectKind,
  subject: string,
): boolean {
  const isOfKind = (topic: Topic): boolean =>
    !isEventTopic(topic) && TOPIC_DECLARATIONS[topic].subject === kind;
  if (!topics.some(isOfKind)) return false;
  return kind !== 'server' || server === undefined || namedServers(server).includes(subject);
}

/** Ids of servers as a subscription has them. */
type OneOrSeveral = string | readonly string[];

/** The servers that a subscription names. */
export function namedServers(ids: OneOrSeveral): readonly string[] {
  return typeof ids === 'string' ? [ids] : ids;
}

/** When the data of a message was collected (RFC 3339, UTC); `null` if never. Alerts are what they are when they are told. */
export function collectedAtOf(head: TopicHead | ServersMessage): string | null {
  return head.type === 'alerts' ? head.publishedAt : head.collectedAt;
}
