import { createHot, createRest, type RestOptions } from '../../src/rest/index.ts';
import { SOCKET_PATH, upgradeRequired } from '../../src/live/index.ts';
import { type BenchOptions, createLines, startFeed } from '../bench.ts';
import { serve } from '../serve.ts';

export type RestBenchOptions = BenchOptions & Partial<Omit<RestOptions, 'feed' | 'logger'>>;

/** REST on a feed of its own, served as the API does. */
export async function startRest(options: RestBenchOptions = {}) {
  const bench = await startFeed(options);
  const { feed } = bench;
  const { logger, lines } = createLines();
  const rest = createRest({
    feed,
    logger,
    readiness: () => (feed.hasContact ? 'ready' : 'starting'),
    previews: [],
    charge: () => undefined,
    issueTicket: () => ({ ticket: 't', expiresAt: '2026-01-01T00:01:00.000Z' }),
    resources: { [SOCKET_PATH]: upgradeRequired },
    files: new Map(),
    ...options,
  });
  const hot = createHot(feed, options.clock ?? bench.clock);
  let hotAnswers = 0;
  const url = await serve((request, response) => {
    if (hot(request, response)) hotAnswers += 1;
    else rest(request, response);
  });
  return { ...bench, lines, rest, hot, url, hotAnswers: () => hotAnswers };
}
