import {
  EVENT_ID,
  FEW_WILDCARDS,
  isServerId,
  isSubscribed,
  kindOf,
  LABEL_CHOICE,
  LABEL_CHOICE_RULE,
  MAX_GLOB_LENGTH,
  MAX_GLOB_WILDCARDS,
  MAX_LABELS,
  MAX_SUBSCRIBED_SERVERS,
  namedServers,
  SERVER_ID_RULE,
  type StatusMessage,
  subjectOf,
  type SubjectKind,
  type SubscribeMessage,
  type Topic,
  TOPICS,
} from '@mediamtx-monitor/types';
import { MonitorError } from './errors.ts';
import type { TopicMessage } from './messages.ts';

/** What to be told. */
export interface Subscription {
  /** Streams unless given. */
  readonly topics?: readonly Topic[] | undefined;
  /** Only this server, or these, at most 100; all unless given. Of hosts all are told in any case. */
  readonly server?: string | readonly string[] | undefined;
  /**
   * Only servers that have all these labels at that moment, each as `name:value`, at most 16; all unless given. One that
   * hasn't them any more is told to be gone.
   */
  readonly label?: readonly string[] | undefined;
  /** Only streams whose name matches this glob (`*` within a segment, `**` across), and their connections. */
  readonly stream?: string | undefined;
  /**
   * Where to go on in topic `events`: a cursor that was told before, or the id of an event. With what happens from now on
   * unless given.
   */
  readonly cursor?: string | undefined;
}

const DEFAULT_TOPICS: readonly Topic[] = ['streams'];

/**
 * What is sent for a subscription. The API would refuse a wrong one too, but a browser isn't told why.
 * @throws {MonitorError} `invalid-subscription`
 */
export function subscribeMessage({ topics, server, label, stream, cursor }: Subscription): SubscribeMessage {
  if (topics !== undefined && (topics.length === 0 || !topics.every((topic) => TOPICS.includes(topic)))) {
    throw invalid(`topics must be some of ${TOPICS.join(', ')}`);
  }
  if (server !== undefined && !areServers(namedServers(server))) {
    throw invalid(`server must be ${SERVER_ID_RULE}; of several up to ${MAX_SUBSCRIBED_SERVERS}`);
  }
  if (label !== undefined && !areLabelChoices(label)) {
    throw invalid(`label must be up to ${MAX_LABELS} of ${LABEL_CHOICE_RULE}`);
  }
  if (stream !== undefined && !isGlob(stream)) {
    throw invalid(
      `stream must be a glob of at most ${MAX_GLOB_LENGTH} characters and ${MAX_GLOB_WILDCARDS} wildcards`,
    );
  }
  if (cursor !== undefined && !isCursor(cursor)) throw invalid('cursor must be one that the API has told');
  return {
    action: 'subscribe',
    ...(topics && { topics: [...new Set(topics)] }),
    ...(server !== undefined && { server: typeof server === 'string' ? server : [...new Set(server)] }),
    ...(label !== undefined && { label: [...new Set(label)] }),
    ...(stream !== undefined && { stream }),
    ...(cursor !== undefined && { cursor }),
  };
}

/** The subscription without some topics; `null` where it has none of these, or no other. */
export function withoutTopics(
  subscription: SubscribeMessage,
  unwanted: readonly Topic[],
): SubscribeMessage | null {
  const { topics = DEFAULT_TOPICS } = subscription;
  const left = topics.filter((topic) => !unwanted.includes(topic));
  return left.length === 0 || left.length === topics.length ? null : { ...subscription, topics: left };
}

/** Whether what is told about a server or host belongs to a subscription. */
export function isAbout(
  { topics = DEFAULT_TOPICS, server }: SubscribeMessage,
  kind: SubjectKind,
  subject: string,
): boolean {
  return isSubscribed({ topics, server }, kind, subject);
}

/** Whether a message belongs to a subscription; one that was under way when it changed may not. */
export function isWanted(subscription: SubscribeMessage, message: TopicMessage | StatusMessage): boolean {
  const { topics = DEFAULT_TOPICS } = subscription;
  return (
    (message.type === 'status' || topics.includes(message.type)) &&
    isAbout(subscription, kindOf(message), subjectOf(message))
  );
}

function areServers(ids: readonly string[]): boolean {
  return ids.length > 0 && ids.length <= MAX_SUBSCRIBED_SERVERS && ids.every(isServerId);
}

function areLabelChoices(texts: readonly string[]): boolean {
  return (
    texts.length <= MAX_LABELS &&
    texts.every((text) => LABEL_CHOICE.test(text) && !/\p{Surrogate}/u.test(text))
  );
}

function isCursor(text: string): boolean {
  return text.split(',').every((part) => EVENT_ID.test(part.replace(/^[a-z]+:/, '')));
}

function isGlob(text: string): boolean {
  return (
    text !== '' &&
    text.length <= MAX_GLOB_LENGTH &&
    FEW_WILDCARDS.test(text) &&
    // Half a character can't be written into a URL.
    !/\p{Surrogate}/u.test(text)
  );
}

function invalid(rule: string): MonitorError {
  return new MonitorError('invalid-subscription', rule);
}
