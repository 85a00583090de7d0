import type { Clock } from '@mediamtx-monitor/runtime';
import { Content } from '../tick/index.ts';

/** Ages in the text may be so old, in ms. */
const KEPT_MS = 1_000;

export interface SharedTextOptions {
  readonly make: () => Promise<Buffer>;
  /** What it is made of; while each is the same as before, only ages in the text differ. */
  readonly sources: () => Promise<readonly object[]>;
  readonly clock: Pick<Clock, 'monotonicMs'>;
}

/**
 * A text that is made when somebody asks, once a tick and once a second at most, for all who do: answers that are on
 * their way, or that nobody takes, share it.
 */
export class SharedText {
  readonly #options: SharedTextOptions;
  /** They are let go when nobody else holds them. */
  #sources: readonly WeakRef<object>[] = [];
  #text: Promise<Content> | undefined;
  #madeMs = -Infinity;

  constructor(options: SharedTextOptions) {
    this.#options = options;
  }

  /** Rejects when it can't be made. */
  async read(): Promise<Content> {
    const { make, sources: readSources, clock } = this.#options;
    const sources = await readSources();
    const nowMs = clock.monotonicMs();
    const isOld = nowMs - this.#madeMs >= KEPT_MS || !isSame(sources, this.#sources);
    if (this.#text === undefined || isOld) {
      this.#sources = sources.map((source) => new WeakRef(source));
      this.#madeMs = nowMs;
      this.#text = make().then((bytes) => new Content(bytes, '', true));
      this.#text.catch(() => {
        this.#text = undefined;
      });
    }
    return this.#text;
  }
}

function isSame(sources: readonly object[], before: readonly WeakRef<object>[]): boolean {
  return sources.length === before.length && sources.every((each, at) => each === before[at]?.deref());
}
