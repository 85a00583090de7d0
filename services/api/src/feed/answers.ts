import { Content } from './content.ts';
import type { Fleet } from './fleet.ts';
import { RecentlyAsked } from './recently-asked.ts';

/** What its JSON and its gzip form hold together, beside the JSON. */
const GZIP_SHARE = 1 / 4;

/** Answers about some of the newest ticks, for this whole process: they hold no more than so many bytes together. */
export class Answers {
  readonly #contents = new RecentlyAsked<Content>(({ json }) => json.length * (1 + GZIP_SHARE));

  /**
   * What `make` makes of these ticks, made once while they are the newest.
   * @param question tells one question about the same servers from another
   */
  content({ ticks }: Fleet, question: string, make: () => Buffer): Content {
    const subjects = ticks.map(({ subject }) => subject).join(' ');
    const revision = ticks.map((tick) => tick.revision).join(' ');
    return this.#contents.get(
      `${subjects} ${question}`,
      revision,
      () => new Content(make(), `${question} ${revision}`),
    );
  }
}
