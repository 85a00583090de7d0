import { expect } from '@jest/globals';
import { connectionRecord, eventually } from '@mediamtx-monitor/testkit';
import type { Feed } from '../../../src/feed/index.ts';
import { freshTimes, headOf, type TestPublisher, streamOf } from '../../publisher.ts';
import type { LiveBenchOptions } from './live.ts';
import { startSockets } from './server.ts';

/** Names of the streams in each tick; a connection belongs to each. */
export const STREAMS = ['cam/1', 'cam/2', 'sport 😀,"streams":['];

/** WebSockets that have one tick of each of these servers, and how to publish more. */
export async function serving(servers: readonly string[] = [], options: LiveBenchOptions = {}) {
  const bench = await startSockets(options);
  return { ...bench, ...(await publishing(bench, servers, STREAMS)) };
}

/** Publishes one tick of each of these servers, and resolves with their messages and how to publish more. */
export async function publishing(
  { publisher, feed }: { readonly publisher: TestPublisher; readonly feed: Feed },
  servers: readonly string[],
  streams: readonly string[],
) {
  const publish = (server: string, seq: number): Promise<string> => {
    const records = streams.map((stream) => connectionRecord({ stream }));
    return publisher.publish(headOf({ ...freshTimes(), server, seq }), streams.map(streamOf), records);
  };
  const sent: string[] = [];
  for (const server of servers) sent.push(await publish(server, 1));
  await eventually(() => {
    expect(feed.servers.fleet('connections').ticks).toHaveLength(servers.length);
  });
  return { publish, sent };
}
