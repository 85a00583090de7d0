import {
  isEventTopic,
  isSameTick,
  type SubjectKind,
  subjectOf,
  Succession,
  type TickNumber,
  type NewestTopic,
  TOPIC_DECLARATIONS,
  TOPICS,
} from '@mediamtx-monitor/types';
import type { TopicMessage, TopicMessages } from './messages.ts';

interface NewestMessage {
  readonly succession: Succession;
  held: TickNumber | undefined;
  message: TopicMessage | undefined;
}

/** The newest message of each topic and server or host. */
export class Newest {
  readonly #monotonicMs: () => number;
  readonly #lines = new Map<string, NewestMessage>();

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
  }

  /**
   * Takes a message unless a newer one is held. One of the same tick is taken: what is subscribed to may have changed
   * in between.
   * @returns whether it was taken
   */
  offer(message: TopicMessage): boolean {
    const key = keyOf(message.type, subjectOf(message));
    const line = this.#lines.get(key) ?? {
      succession: new Succession(),
      held: undefined,
      message: undefined,
    };
    const isAgain = line.held !== undefined && isSameTick(line.held, message);
    if (!isAgain && !line.succession.takes(message, this.#monotonicMs())) return false;
    const { epoch, seq } = message;
    line.held = { epoch, seq };
    line.message = message;
    this.#lines.set(key, line);
    return true;
  }

  get<T extends NewestTopic>(topic: T, subject: string): TopicMessages[T] | undefined {
    // The key holds the topic, so the message is that topic's.
    return this.#lines.get(keyOf(topic, subject))?.message as TopicMessages[T] | undefined;
  }

  /** Forgets the messages, but not how new they were. */
  clear(): void {
    for (const line of this.#lines.values()) line.message = undefined;
  }

  /** Forgets all about a server or host. */
  forget(kind: SubjectKind, subject: string): void {
    for (const topic of TOPICS) {
      if (isEventTopic(topic) || TOPIC_DECLARATIONS[topic].subject !== kind) continue;
      this.#lines.delete(keyOf(topic, subject));
    }
  }
}

function keyOf(topic: NewestTopic, subject: string): string {
  return `${topic} ${subject}`;
}
