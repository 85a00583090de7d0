import { createServer } from 'node:http';
import { answerRefusal, RefusedError } from '../../../src/http/refusal.ts';
import { Guard } from '../../../src/http/guard.ts';
import { ServerSentEvents } from '../../../src/live/index.ts';
import { atEnd, createLines, startFeed } from '../../bench.ts';
import { createEntrance, listen, type LiveBenchOptions, SWEEP_MS } from '../ws/live.ts';

/** Server-Sent Events without access rules, on a port of their own. */
export async function startEvents(options: LiveBenchOptions = {}) {
  const bench = await startFeed(options);
  const { feed, clock } = bench;
  const { entries, access } = createEntrance(options);
  const guard = new Guard(createLines().logger);
  const { sweepMs = SWEEP_MS } = options;
  const live = new ServerSentEvents({ feed, clock, guard, access, sweepMs });
  const server = createServer((request, response) => {
    try {
      live.handle(request, response);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      answerRefusal(response, error.refusal);
    }
  });
  live.start();
  atEnd(async () => {
    await live.stop();
    server.close();
    server.closeAllConnections();
  });
  return { ...bench, ...(await listen(server)), live, entries };
}
