import { createServer } from 'node:http';
import { Guard } from '../../../src/http/guard.ts';
import { Sockets } from '../../../src/live/index.ts';
import { atEnd, createLines, startFeed } from '../../bench.ts';
import { callerOf, createEntrance, listen, type LiveBenchOptions, SWEEP_MS } from './live.ts';

/** WebSockets without access rules, on a port of their own; `lines` is what they log. */
export async function startSockets(options: LiveBenchOptions = {}) {
  const bench = await startFeed(options);
  const { feed, clock } = bench;
  const { logger, lines } = createLines();
  const { entries, access } = createEntrance(options);
  const guard = new Guard(logger);
  const { sweepMs = SWEEP_MS } = options;
  const sockets = new Sockets({ feed, logger, clock, guard, access, sweepMs });
  const server = createServer();
  server.on('upgrade', (request, socket, head) => {
    sockets.upgrade(request, socket, head, callerOf(request));
  });
  sockets.start();
  atEnd(async () => {
    await sockets.stop();
    server.close();
  });
  return { ...bench, ...(await listen(server)), lines, sockets, entries };
}
