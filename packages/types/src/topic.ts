/** What messages are about: also the member of their heads that names it. */
export const SUBJECT_KINDS = ['server', 'host'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/**
 * How a topic's messages reach those who want them. `snapshot`: each is complete, so the newest of a server or host takes
 * the place of the one before, and a slow client skips to it. `event`: all of them, in order, from a cursor on.
 */
export type TopicKind = 'snapshot' | 'event';

export interface TopicDeclaration {
  /** What its messages are about. */
  readonly subject: SubjectKind;
  readonly kind: TopicKind;
}

/** Every topic that is published. Its name is also that of its messages' array, and of its channel. */
export const TOPIC_DECLARATIONS = {
  streams: { subject: 'server', kind: 'snapshot' },
  connections: { subject: 'server', kind: 'snapshot' },
  hosts: { subject: 'host', kind: 'snapshot' },
} as const satisfies Readonly<Record<string, TopicDeclaration>>;
export type Topic = keyof typeof TOPIC_DECLARATIONS;

/** Their names. */
export const TOPICS = Object.keys(TOPIC_DECLARATIONS) as readonly Topic[];

/** Topics that a collector publishes. */
export type ServerTopic = Exclude<Topic, 'hosts'>;

/**
 * What stands before the array in a message's JSON. JSON escapes quotes inside strings, so the first
 * occurrence is the array's beginning, whatever streams are called.
 */
export function arrayMarker(topic: Topic): string {
  return `,"${topic}":[`;
}

/** What a message begins with, up to its array, which is followed by nothing but a brace. */
export function messageOpening(topic: Topic, headJson: string): string {
  const opening = headJson.slice(0, headJson.lastIndexOf('}'));
  return `${opening}${arrayMarker(topic).slice(0, -1)}`;
}

/** Puts a head and an array, both JSON already, together into one message. */
export function joinMessage(topic: Topic, headJson: string, arrayJson: string): string {
  return `${messageOpening(topic, headJson)}${arrayJson}}`;
}
