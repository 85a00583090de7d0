import type { MessageHead, TopicHead } from '@mediamtx-monitor/types';
import { Content } from './content.ts';
import { RecentlyAsked } from './recently-asked.ts';
import type { Tick } from './tick.ts';

/** The newest tick of each server or host at one moment, with what was made of them: answers live as long as the moment. */
export class Fleet<Head extends TopicHead = MessageHead> {
  /** In order of their ids. */
  readonly ticks: readonly Tick<Head>[];
  readonly #contents = new RecentlyAsked<Content>(({ json }) => json.length);
  readonly #single = new Map<string, Fleet<Head>>();

  constructor(ticks: readonly Tick<Head>[]) {
    this.ticks = ticks;
  }

  /** One alone, whose answers keep their tags whatever the others do; empty for an unknown one. */
  of(subject: string): Fleet<Head> {
    const ticks = this.ticks.filter((tick) => tick.subject === subject);
    if (ticks.length === this.ticks.length) return this;
    const single = this.#single.get(subject) ?? new Fleet(ticks);
    if (ticks.length > 0) this.#single.set(subject, single);
    return single;
  }

  /** What `make` makes of these ticks, made once for each `key`, which tells one question from another. */
  content(key: string, make: () => Buffer): Content {
    return this.#contents.get(key, () => {
      const revisions = this.ticks.map((tick) => tick.revision).join(' ');
      return new Content(make(), `${key} ${revisions}`);
    });
  }
}
