import { Content } from './content.ts';
import { RecentlyAsked } from './recently-asked.ts';
import type { Tick } from './tick.ts';

/** The newest tick of each server at one moment, with what was made of them: answers live as long as the moment. */
export class Fleet {
  /** In order of server id. */
  readonly ticks: readonly Tick[];
  readonly #contents = new RecentlyAsked<Content>(({ json }) => json.length);
  readonly #single = new Map<string, Fleet>();

  constructor(ticks: readonly Tick[]) {
    this.ticks = ticks;
  }

  /** One server alone, whose answers keep their tags whatever the others do; empty for an unknown one. */
  of(server: string): Fleet {
    const ticks = this.ticks.filter((tick) => tick.server === server);
    if (ticks.length === this.ticks.length) return this;
    const single = this.#single.get(server) ?? new Fleet(ticks);
    if (ticks.length > 0) this.#single.set(server, single);
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
