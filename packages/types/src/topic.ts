/**
 * What messages are about. `server`, `host`: one of them; also the member of their heads that names it. `fleet`: all
 * together, so that there is one message.
 */
export const SUBJECT_KINDS = ['server', 'host', 'fleet'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/**
 * How a topic's messages reach those who want them. `snapshot`: each is complete, so the newest of a subject takes
 * the place of the one before, and a slow client skips to it. `head`: the same of heads by themselves, without an array.
 * `event`: all of them, in order, from a cursor on.
 */
export type TopicKind = 'snapshot' | 'head' | 'event';

export interface TopicDeclaration {
  /** What its messages are about. */
  readonly subject: SubjectKind;
  readonly kind: TopicKind;
}

/**
 * Every topic that is published. Its name is also that of its messages' array, where they have one, and but for events
 * that of their channel.
 */
export const TOPIC_DECLARATIONS = {
  streams: { subject: 'server', kind: 'snapshot' },
  servers: { subject: 'server', kind: 'head' },
  connections: { subject: 'server', kind: 'snapshot' },
  hosts: { subject: 'host', kind: 'snapshot' },
  events: { subject: 'server', kind: 'event' },
  alerts: { subject: 'fleet', kind: 'snapshot' },
} as const satisfies Readonly<Record<string, TopicDeclaration>>;
export type Topic = keyof typeof TOPIC_DECLARATIONS;

type TopicOfKind<Kind extends TopicKind> = {
  [Name in Topic]: (typeof TOPIC_DECLARATIONS)[Name]['kind'] extends Kind ? Name : never;
}[Topic];

/** Topics whose newest message is all there is to know, with an array. */
export type SnapshotTopic = TopicOfKind<'snapshot'>;
/** Topics whose newest message is all there is to know. */
export type NewestTopic = SnapshotTopic | TopicOfKind<'head'>;
/** Topics of which nothing may be left out. */
export type EventTopic = TopicOfKind<'event'>;

/** Their names. */
export const TOPICS = Object.keys(TOPIC_DECLARATIONS) as readonly Topic[];

/** Topics that a collector publishes with each tick. */
export type ServerTopic = {
  [Name in SnapshotTopic]: (typeof TOPIC_DECLARATIONS)[Name]['subject'] extends 'server' ? Name : never;
}[SnapshotTopic];

/** Topics that are about all servers and hosts together. */
export type FleetTopic = {
  [Name in SnapshotTopic]: (typeof TOPIC_DECLARATIONS)[Name]['subject'] extends 'fleet' ? Name : never;
}[SnapshotTopic];

/** Whether a topic's messages are snapshots, with an array. */
export function isSnapshotTopic(topic: Topic): topic is SnapshotTopic {
  return TOPIC_DECLARATIONS[topic].kind === 'snapshot';
}

/** Whether a topic has events, of which nothing may be left out. */
export function isEventTopic(topic: Topic): topic is EventTopic {
  return TOPIC_DECLARATIONS[topic].kind === 'event';
}

/**
 * What stands before the array in a message's JSON. JSON escapes quotes inside strings, so the first
 * occurrence is the array's beginning, whatever streams are called.
 */
export function arrayMarker(topic: SnapshotTopic): string {
  return `,"${topic}":[`;
}

/** What a message begins with, up to its array, which is followed by nothing but a brace. */
export function messageOpening(topic: SnapshotTopic, headJson: string): string {
  const opening = headJson.slice(0, headJson.lastIndexOf('}'));
  return `${opening}${arrayMarker(topic).slice(0, -1)}`;
}

/** Puts a head and an array, both JSON already, together into one message. */
export function joinMessage(topic: SnapshotTopic, headJson: string, arrayJson: string): string {
  return `${messageOpening(topic, headJson)}${arrayJson}}`;
}
