import {
  isSameTick,
  type SubjectKind,
  subjectOf,
  Succession,
  type TickNumber,
  type Topic,
  TOPIC_DECLARATIONS,
  TOPICS,
} from '@mediamtx-monitor/types';
import type { TopicMessage, TopicMessages } from './messages.ts';

/** The newest message of each topic and server or host. */
export interface Newest {
  /**
   * Takes a message unless a newer one is held. One of the same tick is taken: what is subscribed to may have changed
   * in between.
   * @returns whether it was taken
   */
  readonly offer: (message: TopicMessage) => boolean;
  readonly get: <T extends Topic>(topic: T, subject: string) => TopicMessages[T] | undefined;
  /** Forgets the messages, but not how new they were. */
  readonly clear: () => void;
  /** Forgets all about a server or host. */
  readonly forget: (kind: SubjectKind, subject: string) => void;
}

interface NewestMessage {
  readonly succession: Succession;
  held: TickNumber | undefined;
  message: TopicMessage | undefined;
}

export function createNewest(monotonicMs: () => number): Newest {
  const lines = new Map<string, NewestMessage>();
  const keyOf = (topic: Topic, subject: string): string => `${topic} ${subject}`;
  return {
    offer: (message) => {
      const key = keyOf(message.type, subjectOf(message));
      const line = lines.get(key) ?? { succession: new Succession(), held: undefined, message: undefined };
      const isAgain = line.held !== undefined && isSameTick(line.held, message);
      if (!isAgain && !line.succession.takes(message, monotonicMs())) return false;
      const { epoch, seq } = message;
      line.held = { epoch, seq };
      line.message = message;
      lines.set(key, line);
      return true;
    },
    // The key holds the topic, so the message is that topic's.
    get: <T extends Topic>(topic: T, subject: string) =>
      lines.get(keyOf(topic, subject))?.message as TopicMessages[T] | undefined,
    clear: () => {
      for (const line of lines.values()) line.message = undefined;
    },
    forget: (kind, subject) => {
      for (const topic of TOPICS)
        if (TOPIC_DECLARATIONS[topic].subject === kind) lines.delete(keyOf(topic, subject));
    },
  };
}
