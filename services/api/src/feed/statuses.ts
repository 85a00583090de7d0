import type { Clock } from '@mediamtx-monitor/runtime';
import type { Age, StatusMessage, SubjectKind, TopicHead } from '@mediamtx-monitor/types';
import { ageOf, isGone, type KnownHead } from '../tick/index.ts';

export interface StatusesOptions {
  readonly kind: SubjectKind;
  readonly clock: Clock;
  /** Receives every change of a status. */
  readonly publish: (status: StatusMessage) => void;
}

/** Nothing is known of what was forgotten. */
const FORGOTTEN: Age = { ageMs: null, stale: true };

/** Says how old the data about servers or hosts is, whenever it becomes stale, fresh or is gone. */
export class Statuses {
  readonly #options: StatusesOptions;
  /** The state that was published last of each. */
  readonly #published = new Map<string, 'fresh' | 'stale' | 'gone'>();

  constructor(options: StatusesOptions) {
    this.#options = options;
  }

  /** How old it is now; `undefined` for a bare array. */
  of(known: KnownHead<TopicHead>): StatusMessage | undefined {
    const { clock } = this.#options;
    const age = ageOf(known, clock);
    return age && this.#statusOf(known.subject, age, isGone(known, clock));
  }

  /** Publishes its status if it is another than before. */
  review(known: KnownHead<TopicHead>): void {
    const status = this.of(known);
    if (status !== undefined) this.#publish(known.subject, status);
  }

  /** Nothing is known of it any more. */
  forget(subject: string): void {
    this.#publish(subject, this.#statusOf(subject, FORGOTTEN, true));
    this.#published.delete(subject);
  }

  #publish(subject: string, status: StatusMessage): void {
    const state = status.gone === true ? 'gone' : status.stale ? 'stale' : 'fresh';
    if (this.#published.get(subject) === state) return;
    this.#published.set(subject, state);
    this.#options.publish(status);
  }

  #statusOf(subject: string, age: Age, isOver: boolean): StatusMessage {
    const status = { type: 'status', ...age, ...(isOver && { gone: true as const }) } as const;
    switch (this.#options.kind) {
      case 'server':
        return { ...status, server: subject };
      case 'host':
        return { ...status, host: subject };
      case 'fleet':
        return { ...status, topic: 'alerts' };
    }
  }
}
