import type { Clock } from '@mediamtx-monitor/runtime';
import { expect } from '@jest/globals';
import { eventually, type MetricFamily, parseMetrics } from '@mediamtx-monitor/testkit';
import type { StreamRecord, StreamsHead } from '@mediamtx-monitor/types';
import { createMetrics, type ServiceStats } from '../../src/metrics/index.ts';
import { atEnd, startFeed } from '../bench.ts';
import { headOf } from '../publisher.ts';
import { serveRoutes } from '../routes/start-routes.ts';

const NOTHING = { clients: 0, messages: 0, bytes: 0, skipped: 0 };
export const IDLE: ServiceStats = {
  websocket: NOTHING,
  sse: NOTHING,
  requests: 0,
  refused: 0,
  connections: 0,
  refusedConnections: 0,
  failedConnections: 0,
  status: { isFileWrong: false, pages: 0, histories: 0 },
};

export interface ServedMetrics extends Awaited<ReturnType<typeof startFeed>> {
  readonly url: string;
  /** What a path tells, read strictly. */
  readonly read: (path: string) => Promise<ReadonlyMap<string, MetricFamily>>;
}

/** Serves the metrics of a feed alone, as REST does. */
export async function serveMetrics(
  options: { readonly stats?: () => ServiceStats; readonly clock?: Clock; readonly redisUrl?: string } = {},
): Promise<ServedMetrics> {
  const { stats = () => IDLE, ...rest } = options;
  const started = await startFeed(rest);
  const { feed, clock } = started;
  const metrics = createMetrics({ feed, clock: rest.clock ?? clock, stats, version: '1.2.3' });
  await metrics.start();
  atEnd(metrics.stop);
  const { url } = await serveRoutes({ feed, clock }, { metrics });
  const read: ServedMetrics['read'] = async (path) => {
    const response = await fetch(`${url}${path}`);
    const text = await response.text();
    return response.status === 200 && text !== '' ? parseMetrics(text) : new Map();
  };
  return { ...started, url, read };
}

/** Samples of a metric as `[labels, value]`. */
export function samplesOf(
  families: ReadonlyMap<string, MetricFamily>,
  name: string,
): readonly (readonly [Readonly<Record<string, string>>, number])[] {
  return (families.get(name)?.samples ?? []).map(({ labels, value }) => [labels, value]);
}

/** Publishes, and waits until that is what is known. */
export async function publish(
  { publisher, feed }: ServedMetrics,
  head: Partial<StreamsHead>,
  streams: readonly StreamRecord[],
): Promise<void> {
  const full = headOf(head);
  await publisher.publish(full, streams);
  await eventually(() => {
    expect(feed.servers.newest('streams', full.server)?.head).toStrictEqual(full);
  });
}

/** Names of metrics, without a prefix that all of them are to have. */
export function namesOf(families: ReadonlyMap<string, MetricFamily>, prefix: string): string[] {
  const names = [...families.keys()].filter((name) => name.startsWith(prefix));
  return names.map((name) => name.slice(prefix.length)).sort();
}
