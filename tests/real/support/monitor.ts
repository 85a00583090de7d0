import { type RedisOfTest, testRedis } from '@mediamtx-monitor/testkit';
import type {
  ConnectionRecord,
  ConnectionsMessage,
  StreamRecord,
  StreamsMessage,
} from '@mediamtx-monitor/types';
import { type ConnectionsSubscription, subscribeConnections } from './connections.ts';
import type { Mediamtx } from './mediamtx.ts';
import type { Rig } from '../../support/rig.ts';
import { type ApiProcess, startApi, startCollector } from '../../support/services.ts';
import { subscribe, type StreamsSubscription } from './subscription.ts';

/** A collector and an API that watch a MediaMTX, and what they tell. */
export interface RealMonitor {
  readonly api: ApiProcess;
  readonly redis: RedisOfTest;
  /** As the API's WebSocket sends them. */
  readonly streams: StreamsSubscription;
  /** As the collector publishes them. */
  readonly connections: ConnectionsSubscription;
}

/** Settings of both services, where not as usual. */
export interface MonitorSettings {
  readonly collector?: Record<string, string>;
  readonly api?: Record<string, string>;
}

/** Starts a monitor of `mediamtx`, every part kept by `rig`. */
export async function startMonitor(
  rig: Rig,
  mediamtx: Pick<Mediamtx, 'apiUrl'>,
  settings: MonitorSettings = {},
): Promise<RealMonitor> {
  const redis = testRedis();
  const connections = await rig.add(subscribeConnections(redis));
  await rig.add(startCollector(mediamtx.apiUrl, redis, settings.collector));
  const api = await rig.add(startApi(redis, settings.api));
  return { api, redis, connections, streams: await rig.add(subscribe(api.url)) };
}

/** The record of a stream in a message. */
export function streamIn(message: StreamsMessage, name: string): StreamRecord {
  const found = message.streams.find((stream) => stream.name === name);
  if (found === undefined) throw new Error(`${name} is missing in tick ${message.seq}`);
  return found;
}

/** The record of the connection that publishes a stream. */
export function publisherIn(message: ConnectionsMessage, stream: string): ConnectionRecord {
  const found = message.connections.find((one) => one.stream === stream && one.role === 'publish');
  if (found === undefined) throw new Error(`${stream} has no publisher in tick ${message.seq}`);
  return found;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function last<T>(values: readonly T[]): T {
  const value = values.at(-1);
  if (value === undefined) throw new Error('nothing was told');
  return value;
}
