import type { RequestListener } from 'node:http';
import type { Clock } from '@mediamtx-monitor/runtime';
import { createDescriptions } from '../../src/describe/index.ts';
import { type Feed, ReadTurns, SharedWork } from '../../src/feed/index.ts';
import { HeldBodies } from '../../src/http/held-bodies.ts';
import { HistoryReads } from '../../src/http/history-reads.ts';
import { createHot } from '../../src/http/hot.ts';
import type { Route, RouteContext } from '../../src/http/route.ts';
import { createRouter } from '../../src/http/router.ts';
import { ROUTES } from '../../src/routes/index.ts';
import { type BenchOptions, createLines, startFeed } from '../bench.ts';
import { serve } from '../serve.ts';

export interface RoutesOptions extends Partial<Omit<RouteContext, 'feed'>> {
  /** All there are, unless given. */
  readonly routes?: readonly Route[];
  readonly files?: ReadonlyMap<string, RequestListener>;
}

const notStyled = () => {
  throw new Error('not here');
};
const notHere = () => Promise.reject(new Error('not here'));

/** Routes on a feed, served as the API does. */
export async function serveRoutes(
  { feed, clock }: { readonly feed: Feed; readonly clock: Clock },
  { routes = ROUTES, files = new Map(), ...context }: RoutesOptions = {},
) {
  const { logger, lines } = createLines();
  const router = createRouter({
    routes,
    context: {
      feed,
      history: new HistoryReads(
        {
          nowMs: notHere,
          finestStepSeconds: () => 1,
          serversWith: () => Promise.resolve([]),
          isKept: () => Promise.resolve(false),
          read: notHere,
        },
        new ReadTurns({ atOnce: 1, maxWaiting: 1, maxWaitingPerAddress: 1, maxWaitMs: 10_000 }),
      ),
      reports: new SharedWork(),
      bodies: new HeldBodies(),
      nowMs: clock.wallMs,
      monotonicMs: clock.monotonicMs,
      readiness: () => (feed.hasContact ? 'ready' : 'starting'),
      previews: [],
      requesterOf: () => ({ name: 'ops', mayChange: true }),
      operatorOf: () => 'ops',
      bodyWithinMs: 10_000,
      newId: () => 'new-id',
      askerOf: () => ({ network: '', spent: () => undefined }),
      issueTicket: () => ({ ticket: 't', expiresAt: '2026-01-01T00:01:00.000Z' }),
      sendEvents: (_request, response) => response.end(),
      status: {
        page: () => Promise.resolve(undefined),
        badge: () => Promise.resolve(undefined),
        style: notStyled,
      },
      metrics: { ofProcess: notHere, ofStreams: notHere },
      documents: createDescriptions({ version: '1.2.3', routes }),
      ...context,
    },
    files,
    logger,
  });
  const hot = createHot(routes, feed, clock);
  let hotAnswers = 0;
  const url = await serve((request, response) => {
    if (hot(request, response)) hotAnswers += 1;
    else router(request, response);
  });
  return { lines, router, hot, url, hotAnswers: () => hotAnswers };
}

/** Routes on a feed of their own. */
export async function startRoutes(options: BenchOptions & RoutesOptions = {}) {
  const bench = await startFeed(options);
  const clock = options.clock ?? bench.clock;
  return { ...bench, ...(await serveRoutes({ feed: bench.feed, clock }, options)) };
}
