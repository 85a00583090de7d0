import type { TopicHead } from '@mediamtx-monitor/types';
import type { KnownHead } from '../tick/index.ts';
import type { Chosen } from './interest.ts';
import type { TickStore } from './store.ts';

export interface GapsOptions<Head extends TopicHead> {
  readonly store: TickStore<Head>;
  /** Reads from the keys what is wanted and older than its head; for all who ask at the same time. */
  readonly read: () => Promise<void>;
}

/** What of the store is older than is known, and how that is mended: what can't be read is read once a tick at most. */
export class Gaps<Head extends TopicHead> {
  readonly #store: TickStore<Head>;
  readonly #read: () => Promise<void>;
  /** Of what could not be read, by topic and subject: what was known then. */
  readonly #unread = new Map<string, KnownHead<Head> | undefined>();
  /** Of the store when nothing was known of any, whatever was read. */
  #emptyVersion: number | undefined;

  constructor({ store, read }: GapsOptions<Head>) {
    this.#store = store;
    this.#read = read;
  }

  /** Whether something newer is known of those that are chosen than is held of these topics. */
  has(topics: readonly Head['type'][], { isChosen }: Chosen): boolean {
    return topics.some((topic) => this.#store.lacksAny(topic, isChosen));
  }

  /** Has it read, where that has a prospect. Never rejects. */
  async fill(topics: readonly Head['type'][], choice: Chosen): Promise<void> {
    const isNew = ({ key, subject }: Gap): boolean => this.#unread.get(key) !== this.#store.known(subject);
    if (!this.#all(topics, choice).some(isNew)) return;
    await this.#read();
    // What was waited for may have begun before anybody wanted them.
    if (this.has(topics, choice)) await this.#read();
    for (const { key, subject } of this.#all(topics, choice)) {
      this.#unread.set(key, this.#store.known(subject));
    }
  }

  /** Has the keys looked at when nothing is known of any, once as long as that is so. Never rejects. */
  async discover(): Promise<void> {
    const { version } = this.#store;
    if (!this.#isEmpty() || this.#emptyVersion === version) return;
    await this.#read();
    // What was waited for may have begun before there was anything.
    if (this.#isEmpty()) await this.#read();
    if (this.#isEmpty()) this.#emptyVersion = version;
  }

  /** Nobody wants it any more. */
  forget(topic: Head['type'], subject: string): void {
    this.#unread.delete(keyOf(topic, subject));
  }

  #all(topics: readonly Head['type'][], { isChosen }: Chosen): readonly Gap[] {
    const chosen = this.#store.heads.filter(({ subject }) => isChosen(subject));
    return topics.flatMap((topic) =>
      chosen.flatMap(({ subject }) =>
        this.#store.lacks(topic, subject) ? [{ key: keyOf(topic, subject), subject }] : [],
      ),
    );
  }

  #isEmpty(): boolean {
    return this.#store.heads.length === 0;
  }
}

interface Gap {
  readonly key: string;
  readonly subject: string;
}

function keyOf(topic: string, subject: string): string {
  return `${topic} ${subject}`;
}
