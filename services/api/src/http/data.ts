import type { ServerResponse } from 'node:http';
import type { Feed } from '../feed/index.ts';
import { Registry } from 'prom-client';
import type { Content, Fleet, Tick } from '../tick/index.ts';
import { gzipFor, represent, representContent, send } from './answer.ts';
import type { RouteContext } from './route.ts';

const MS_PER_SECOND = 1_000;

/** What is answered, and the ticks it was made of. */
export interface Data {
  readonly content: Content;
  readonly ticks: readonly Tick[];
}

/** Answers with data in the encoding that the client prefers, and says in headers where it comes from. */
export async function sendData(
  response: ServerResponse,
  feed: Feed,
  { content, ticks }: Data,
): Promise<void> {
  const gzipped = await gzipFor(response, content, feed.compressions);
  send(response, representContent(content, gzipped, provenanceOf(ticks, freshnessOf(feed, ticks))));
}

/** Answers with metrics in Prometheus' text format, in the encoding that the client prefers. */
export async function sendMetrics(response: ServerResponse, feed: Feed, content: Content): Promise<void> {
  const gzipped = await gzipFor(response, content, feed.compressions);
  const answer = represent({
    type: Registry.PROMETHEUS_CONTENT_TYPE,
    body: gzipped ?? content.json,
    isGzip: gzipped !== undefined,
    cacheControl: 'no-store',
  });
  send(response, answer);
}

/** Has an answer made for a question about some of the newest ticks, at the cost of who asks. */
export async function answerTo(
  { feed, askerOf }: Pick<RouteContext, 'feed' | 'askerOf'>,
  { req: request }: ServerResponse,
  fleet: Fleet,
  question: string,
  make: () => Buffer,
): Promise<Content> {
  const { content, workMs } = await feed.answers.content(fleet, question, make);
  askerOf(request).spent(workMs);
  return content;
}

/** How old data is: what changes of an answer while its data doesn't. */
export interface Freshness {
  /** Whole seconds, of several servers the oldest's; `null` when it can't be known. */
  readonly ageSeconds: number | null;
  /** `undefined` when it can't be known. */
  readonly stale: boolean | undefined;
}

export function freshnessOf(feed: Feed, ticks: readonly Tick[]): Freshness {
  const ages = ticks.map((tick) => feed.age(tick));
  const ageMs = unlessUnknown(
    ages.map((age) => age?.ageMs ?? null),
    (known) => Math.max(...known),
  );
  return {
    ageSeconds: ageMs === null ? null : Math.floor(ageMs / MS_PER_SECOND),
    stale: someOf(ages.map((age) => age?.stale)),
  };
}

/**
 * Says in headers how old the data of an answer is and where it comes from: of several servers the oldest's.
 * What can't be known is left out.
 * @returns names and values in turn
 */
export function provenanceOf(ticks: readonly Tick[], { ageSeconds, stale }: Freshness): string[] {
  const collected = ticks.map((tick) => tick.head?.collectedAt ?? null);
  const values = {
    Age: ageSeconds,
    'X-Collected-At': unlessUnknown(collected, oldest),
    'X-Snapshot-Stale': stale ?? null,
    'X-Snapshot-Simulated': someOf(ticks.map((tick) => tick.head?.simulated)) ?? null,
  };
  return Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [name, String(value)]));
}

/** One unknown among them makes the whole unknown. */
function unlessUnknown<T>(values: readonly (T | null)[], whole: (known: readonly T[]) => T): T | null {
  const known = values.filter((value) => value !== null);
  return known.length === values.length && known.length > 0 ? whole(known) : null;
}

function oldest(times: readonly string[]): string {
  return times.reduce((first, time) => (Date.parse(time) < Date.parse(first) ? time : first));
}

/** True as soon as one is; false only when all are known to be false. */
function someOf(values: readonly (boolean | undefined)[]): boolean | undefined {
  if (values.includes(true)) return true;
  return values.includes(undefined) || values.length === 0 ? undefined : false;
}
