import { afterEach, expect } from '@jest/globals';
import type { Clock, Logger } from '@mediamtx-monitor/runtime';
import { createFakeClock, eventually, type FakeClock, testRedis } from '@mediamtx-monitor/testkit';
import { Feed } from '../src/feed/index.ts';
import { TestPublisher } from './publisher.ts';

const cleanups: (() => void | Promise<void>)[] = [];

/** Has something done at the end of the test, last one first. */
export function atEnd(cleanup: () => void | Promise<void>): void {
  cleanups.unshift(cleanup);
}

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** A logger that keeps its lines. */
export function createLines(): { logger: Logger; lines: string[] } {
  const lines: string[] = [];
  const add = (level: string) => (message: unknown) => lines.push(`${level}: ${String(message)}`);
  const logger: Logger = { error: add('error'), warn: add('warn'), info: add('info'), debug: add('debug') };
  return { logger, lines };
}

export interface BenchOptions {
  /** Where Redis is for the API; the test run's own unless given. */
  readonly redisUrl?: string;
  /** Where the publisher writes, when that is not the same. */
  readonly publisherUrl?: string;
  readonly prefix?: string;
  readonly clock?: Clock;
  readonly pingMs?: number;
  /** Longest time between two looks at staleness, in ms. */
  readonly checkMs?: number;
  /** Whether somebody wants streams and connections all the time, as a client would; nobody does where it is `false`. */
  readonly isFollowed?: boolean;
  /** Where what happened is kept, when that is another Redis. */
  readonly durableUrl?: string;
}

export interface Bench {
  readonly prefix: string;
  readonly publisher: TestPublisher;
  readonly lines: string[];
}

/** Longest time between two looks at staleness in tests, whose clocks move by hand, in ms. */
export const CHECK_MS = 20;

/** A publisher, a logger that keeps its lines, and where they meet the feed. */
export function createBench(options: BenchOptions) {
  const own = testRedis();
  const redisUrl = options.redisUrl ?? own.url;
  const prefix = options.prefix ?? own.prefix;
  const publisher = new TestPublisher(options.publisherUrl ?? redisUrl, prefix);
  atEnd(() => {
    publisher.close();
  });
  const { logger, lines } = createLines();
  return { redisUrl, prefix, publisher, logger, lines };
}

/** Waits until what is published from now on reaches the feed over the channel: a start may be done before that. */
export async function untilSubscribed(feed: Feed): Promise<void> {
  await eventually(() => {
    expect(feed.subscribed).toBe(true);
  });
}

/** A feed that was started, and a publisher on the same Redis; it hears the channel unless Redis is another's. */
export async function startFeed(
  options: BenchOptions = {},
): Promise<Bench & { feed: Feed; clock: FakeClock }> {
  const { redisUrl, prefix, publisher, logger, lines } = createBench(options);
  const clock = createFakeClock();
  const feed = new Feed({
    redis: { url: redisUrl },
    durable: { url: options.durableUrl ?? redisUrl },
    keyPrefix: prefix,
    logger,
    clock: options.clock ?? clock,
    checkMs: options.checkMs ?? CHECK_MS,
  });
  atEnd(() => {
    feed.stop();
  });
  if (options.isFollowed !== false) feed.hold(['streams', 'connections']);
  await feed.start();
  if (options.redisUrl === undefined) await untilSubscribed(feed);
  return { prefix, publisher, lines, feed, clock };
}
