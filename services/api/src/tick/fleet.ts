import type { MessageHead, TopicHead } from '@mediamtx-monitor/types';
import { Content } from './content.ts';
import type { Tick } from './tick.ts';

/** The newest tick of each server or host at one moment. */
export class Fleet<Head extends TopicHead = MessageHead> {
  /** In order of their ids. */
  readonly ticks: readonly Tick<Head>[];
  readonly #single = new Map<string, Fleet<Head>>();
  #whole: { readonly variant: string; readonly content: Content } | undefined;

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

  /** Those that are wanted; all of them are the same fleet, and one is as `of` has it. */
  where(isWanted: (subject: string) => boolean): Fleet<Head> {
    const ticks = this.ticks.filter(({ subject }) => isWanted(subject));
    const [first, ...others] = ticks;
    if (ticks.length === this.ticks.length) return this;
    return first !== undefined && others.length === 0 ? this.of(first.subject) : new Fleet(ticks);
  }

  /**
   * The answer that holds all of them: as it's asked for most, it is kept as long as they are the newest.
   * @param variant what it depends on beside the ticks: another one takes its place
   */
  whole(variant: string, make: () => Buffer): Content {
    if (this.#whole?.variant !== variant) {
      const revisions = this.ticks.map((tick) => tick.revision);
      const content = new Content(make(), ['whole', variant, ...revisions].join(' '), true);
      this.#whole = { variant, content };
    }
    return this.#whole.content;
  }
}
