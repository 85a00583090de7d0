import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '@mediamtx-monitor/runtime';
import type { Feed } from '../feed/index.ts';
import type { Content, Fleet } from '../tick/index.ts';
import { type Representation, representContent, send, wantsGzip } from './answer.ts';
import { type Freshness, freshnessOf, provenanceOf } from './data.ts';
import type { Route } from './route.ts';

/** Answers a request if that takes nothing but writing ready bytes; tells whether it did. */
export type Hot = (request: IncomingMessage, response: ServerResponse) => boolean;

/** What is asked for most, in front of Express and with the same answers. */
export function createHot(routes: readonly Route[], feed: Feed, clock: Clock): Hot {
  const resources = new Map(
    routes.flatMap(({ path, hot }) =>
      hot === undefined ? [] : [[path, new HotResource(feed, clock, (fleet) => hot(feed, fleet))]],
    ),
  );
  return (request, response) => {
    const resource = resources.get(request.url ?? '');
    if (resource === undefined || !isPlainRead(request)) return false;
    const representation = resource.ready(request.headers['accept-encoding']);
    if (representation === undefined) return false;
    send(response, representation);
    return true;
  };
}

function isPlainRead(request: IncomingMessage): boolean {
  return (request.method === 'GET' || request.method === 'HEAD') && !hasBody(request);
}

/** Whether a body comes with the request. No route reads one. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

/** What time changes of an answer is looked at so often, in ms: not for each request, since an age is told in seconds. */
const CHECK_MS = 10;

/** An answer, put together once until its content, its age in seconds or its staleness is another. */
interface Ready {
  readonly content: Content;
  readonly freshness: Freshness;
  checkedMs: number;
  plain?: Representation;
  gzip?: Representation;
}

/** A resource whose answer is the same for all who ask, and is kept ready for them. */
class HotResource {
  readonly #feed: Feed;
  readonly #clock: Clock;
  readonly #contentOf: (fleet: Fleet) => Content | undefined;
  /** As long as these are the newest: what nobody wants any more is let go. */
  readonly #kept = new WeakMap<Fleet['ticks'], Ready>();

  /** @param contentOf what is answered; `undefined` where that takes more than bytes */
  constructor(feed: Feed, clock: Clock, contentOf: (fleet: Fleet) => Content | undefined) {
    this.#feed = feed;
    this.#clock = clock;
    this.#contentOf = contentOf;
  }

  /** The answer in the encoding that the client prefers; `undefined` where something has to be waited for. */
  ready(acceptEncoding: string | undefined): Representation | undefined {
    const fleet = this.#feed.servers.fleet();
    const { ticks } = fleet;
    const ready = this.#current(fleet);
    if (ready === undefined) return undefined;
    const { content, freshness } = ready;
    if (!wantsGzip(acceptEncoding, content.json.length)) {
      return (ready.plain ??= representContent(content, undefined, provenanceOf(ticks, freshness)));
    }
    const { gzipped } = content;
    if (gzipped === undefined) return undefined;
    return (ready.gzip ??= representContent(content, gzipped, provenanceOf(ticks, freshness)));
  }

  #current(fleet: Fleet): Ready | undefined {
    const nowMs = this.#clock.monotonicMs();
    const kept = this.#kept.get(fleet.ticks);
    if (kept !== undefined && nowMs - kept.checkedMs < CHECK_MS) return kept;
    const content = this.#feed.servers.isCurrent() ? this.#contentOf(fleet) : undefined;
    if (content === undefined) return undefined;
    const freshness = freshnessOf(this.#feed, fleet.ticks);
    if (kept?.content === content && isSame(kept.freshness, freshness)) {
      kept.checkedMs = nowMs;
      return kept;
    }
    const ready = { content, freshness, checkedMs: nowMs };
    this.#kept.set(fleet.ticks, ready);
    return ready;
  }
}

function isSame(a: Freshness, b: Freshness): boolean {
  return a.ageSeconds === b.ageSeconds && a.stale === b.stale;
}
