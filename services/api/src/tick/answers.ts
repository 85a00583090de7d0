import { setImmediate as breath } from 'node:timers/promises';
import type { Clock } from '@mediamtx-monitor/runtime';
import { Content } from './content.ts';
import type { Fleet } from './fleet.ts';
import { Cache } from './cache.ts';

/** What its JSON and its gzip form hold together, beside the JSON. */
const GZIP_SHARE = 1 / 4;

/** An answer, and what it took to make it: 0 where it was there already. */
export interface Made {
  readonly content: Content;
  readonly workMs: number;
}

/**
 * Answers about some of the newest ticks, for this whole process: they hold no more than so many bytes together, and are
 * made one at a time, with room for everything else in between, so that many different questions at once hold nobody up.
 */
export class Answers {
  readonly #contents = new Cache<Content>(({ json }) => json.length * (1 + GZIP_SHARE));
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  #turn: Promise<void> = Promise.resolve();

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
  }

  /**
   * What `make` makes of these ticks, made once while they are the newest.
   * @param question by which one about the same servers differs from another
   */
  async content({ ticks }: Fleet, question: string, make: () => Buffer): Promise<Made> {
    const subjects = ticks.map(({ subject }) => subject).join(' ');
    const revision = ticks.map((tick) => tick.revision).join(' ');
    const key = `${subjects} ${question}`;
    if (!this.#contents.has(key, revision)) {
      this.#turn = this.#turn.then(() => breath());
      await this.#turn;
    }
    const startedMs = this.#clock.monotonicMs();
    const content = this.#contents.get(key, revision, () => new Content(make(), `${question} ${revision}`));
    return { content, workMs: this.#clock.monotonicMs() - startedMs };
  }
}
