import { Content } from './content.ts';
import type { Tick } from './tick.ts';

/** So many answers are kept; more kinds of questions at once are answered anew each time. */
const MAX_KEPT = 256;

/** The newest tick of each server at one moment, with what was made of them: answers live as long as the moment. */
export class Fleet {
  /** In order of server id. */
  readonly ticks: readonly Tick[];
  readonly #contents = new Map<string, Content>();

  constructor(ticks: readonly Tick[]) {
    this.ticks = ticks;
  }

  /** What `make` makes of these ticks, made once for each `key`, which tells one question from another. */
  content(key: string, make: () => Buffer): Content {
    const kept = this.#contents.get(key);
    if (kept !== undefined) return kept;
    const content = new Content(make(), `${key} ${this.ticks.map((tick) => tick.revision).join(' ')}`);
    if (this.#contents.size < MAX_KEPT) this.#contents.set(key, content);
    return content;
  }
}
