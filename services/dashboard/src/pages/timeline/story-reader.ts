import type { MonitorApi } from '@mediamtx-monitor/client';
import {
  type EventPages,
  firstPages,
  type KnownEvents,
  knownEvents,
  leastFar,
  withNewer,
  withOlder,
} from '../../model/event-pages.ts';
import type { EventQuestion } from '../../model/story-choice.ts';

/** So many events are asked for at once. */
const PAGE = 500;
/** So many pages are asked for by one click, as long as nothing that is wanted is among them. */
const MAX_PAGES = 6;
/** What is shown around a moment, in ms before it and after it. */
export const AROUND_MS = 900_000;

/** What is known by now. */
export interface ReadEvents extends KnownEvents {
  /** When the API was asked for the newest, Unix ms. */
  readonly asOfMs: number;
}

interface StoryReaderPorts {
  readonly api: Pick<MonitorApi, 'eventsPage'>;
  readonly now: () => number;
  /** How much of what is known is wanted; while that is nothing more, it goes further back. */
  readonly count: (known: KnownEvents) => number;
}

/** Reads what happened from the API: around a moment or up to now, then further back or forth. Rejects as the API does. */
export class StoryReader {
  readonly #questions: readonly EventQuestion[];
  readonly #atMs: number | null;
  readonly #ports: StoryReaderPorts;
  #pages: readonly EventPages[] = [];
  #known: KnownEvents = knownEvents([]);
  #asOfMs = 0;

  /** @param atMs Unix ms; `null` for now */
  constructor(questions: readonly EventQuestion[], atMs: number | null, ports: StoryReaderPorts) {
    this.#questions = questions;
    this.#atMs = atMs;
    this.#ports = ports;
  }

  async start(): Promise<ReadEvents> {
    const { api, now } = this.#ports;
    this.#asOfMs = now();
    const endMs = (this.#atMs ?? Infinity) + AROUND_MS;
    const reachesNow = endMs >= this.#asOfMs;
    const until = reachesNow ? {} : { until: new Date(endMs).toISOString() };
    const pages = this.#questions.map((question) => api.eventsPage({ ...question, ...until, limit: PAGE }));
    this.#take((await Promise.all(pages)).map((page) => firstPages(page, reachesNow)));
    const fromMs = this.#atMs === null ? Infinity : this.#atMs - AROUND_MS;
    await this.#goBack(
      (known) => Date.parse(known.events[0]?.at ?? '') <= fromMs && this.#ports.count(known) > 0,
    );
    return this.#read;
  }

  /** Goes back until something more is known. */
  async older(): Promise<ReadEvents> {
    const { count } = this.#ports;
    const before = count(this.#known);
    await this.#goBack((known) => count(known) > before);
    return this.#read;
  }

  /** Goes on to the newest. */
  async newer(): Promise<ReadEvents> {
    const { api, now } = this.#ports;
    this.#asOfMs = now();
    for (let count = 0; count < MAX_PAGES; count += 1) {
      const pages = await Promise.all(
        this.#pages.map(({ next }, index) =>
          api.eventsPage({ ...this.#questions[index], since: next, limit: PAGE }),
        ),
      );
      // What stands between isn't kept any more: it begins anew.
      if (pages.some(({ trimmed }) => trimmed)) return this.start();
      const next = this.#pages.map((known, index) => {
        const page = pages[index];
        return page === undefined ? known : withNewer(known, page);
      });
      if (next.some((each, index) => each !== this.#pages[index])) this.#take(next);
      if (!this.#known.hasNewer) break;
    }
    return this.#read;
  }

  get #read(): ReadEvents {
    return { ...this.#known, asOfMs: this.#asOfMs };
  }

  #take(pages: readonly EventPages[]): void {
    this.#pages = pages;
    this.#known = knownEvents(pages);
  }

  async #goBack(isFar: (known: KnownEvents) => boolean): Promise<void> {
    for (let count = 0; count < MAX_PAGES && this.#known.hasOlder && !isFar(this.#known); count += 1) {
      const which = new Set(leastFar(this.#pages));
      const pages = await Promise.all(
        this.#pages.map(async (pages, index) => {
          if (!which.has(index) || pages.previous === null) return pages;
          const question = { ...this.#questions[index], until: pages.previous, limit: PAGE };
          return withOlder(pages, await this.#ports.api.eventsPage(question));
        }),
      );
      this.#take(pages);
    }
  }
}
