import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHot, createRest, type RestOptions } from '../../src/rest/index.ts';
import { answerPlainly } from '../../src/shared/plain-answer.ts';
import { atEnd, type BenchOptions, createLines, startFeed } from '../bench.ts';

/** Serves on a free port until the end of the test. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  server.on('upgrade', (request, socket) => {
    answerPlainly(listener, request, socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

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
    issueTicket: () => ({ ticket: 't', expiresAt: '2026-01-01T00:01:00.000Z' }),
    resources: {},
    otherPaths: ['/ws'],
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
