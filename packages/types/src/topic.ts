/** Topics a message can belong to; each is also the name of the message's array and of its channel. */
export const TOPICS = ['streams', 'connections', 'hosts'] as const;
export type Topic = (typeof TOPICS)[number];

/** What the messages of a topic are about: also the member of their heads that names it. */
export const SUBJECT_KINDS = {
  streams: 'server',
  connections: 'server',
  hosts: 'host',
} as const satisfies Record<Topic, string>;
export type SubjectKind = (typeof SUBJECT_KINDS)[Topic];

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
