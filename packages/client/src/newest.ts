import { subjectOf, type Topic, type TopicHead } from '@mediamtx-monitor/types';
import type { TopicMessage, TopicMessages } from './messages.ts';

type Order = Pick<TopicHead, 'epoch' | 'seq'>;

/** Whether `a` was made after `b`: greater (epoch, seq) is newer. */
export function isNewer(a: Order, b: Order): boolean {
  return a.epoch === b.epoch ? a.seq > b.seq : a.epoch > b.epoch;
}

/** The newest message of each topic and server or host. */
export interface Newest {
  /**
   * Takes a message unless it is older than one before. One of the same tick is taken: what is subscribed to may have
   * changed in between.
   * @returns whether it was taken
   */
  readonly offer: (message: TopicMessage) => boolean;
  readonly get: <T extends Topic>(topic: T, subject: string) => TopicMessages[T] | undefined;
  /** Forgets the messages, but not how new they were. */
  readonly clear: () => void;
}

export function createNewest(): Newest {
  const orders = new Map<string, Order>();
  const messages = new Map<string, TopicMessage>();
  const keyOf = (topic: Topic, subject: string): string => `${topic} ${subject}`;
  return {
    offer: (message) => {
      const { type, epoch, seq } = message;
      const key = keyOf(type, subjectOf(message));
      const order = orders.get(key);
      if (order !== undefined && isNewer(order, message)) return false;
      orders.set(key, { epoch, seq });
      messages.set(key, message);
      return true;
    },
    // The key holds the topic, so the message is that topic's.
    get: <T extends Topic>(topic: T, subject: string) =>
      messages.get(keyOf(topic, subject)) as TopicMessages[T] | undefined,
    clear: () => {
      messages.clear();
    },
  };
}
