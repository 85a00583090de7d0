import { createLogRecorder, type LogRecorder } from '@mediamtx-monitor/testkit';
import { redisNames, type SourceError } from '@mediamtx-monitor/types';
import { type Part, systemClock } from '@mediamtx-monitor/runtime';
import { Redis } from 'ioredis';
import { createCollector } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';

/** A message as it was told, and when. */
export interface PublishedMessage {
  readonly epoch: number;
  readonly seq: number;
  readonly publishedAt: string;
  readonly collectedAt: string | null;
  readonly simulated: boolean;
  readonly missing: readonly string[];
  readonly source: { readonly status: string; readonly error: string | null };
  readonly sourceError?: SourceError;
  readonly streams: readonly { readonly name: string; readonly rtt: number | null }[];
  readonly receivedAtMs: number;
}

export interface RunningCollector {
  /** Everything told on the channel so far. */
  readonly published: readonly PublishedMessage[];
  readonly log: LogRecorder;
  readonly stop: () => Promise<void>;
}

/** Runs a whole collector with ticks of one second, and listens to what it tells. */
export async function runCollector(
  mediamtxUrl: string,
  redisUrl: string,
  prefix: string,
  jsonFile = '',
): Promise<RunningCollector> {
  const log = createLogRecorder();
  const config = loadConfig({
    MEDIAMTX_API_URL: mediamtxUrl,
    REDIS_URL: redisUrl,
    REDIS_KEY_PREFIX: prefix,
    POLL_INTERVAL_SECONDS: '1',
    JSON_FILE: jsonFile,
    HEALTH_PORT: '0',
  });
  const published: PublishedMessage[] = [];
  const subscriber = new Redis(redisUrl, { retryStrategy: () => 100 });
  subscriber.on('error', () => undefined);
  subscriber.on('message', (_channel, message) => {
    published.push({
      ...(JSON.parse(message) as Omit<PublishedMessage, 'receivedAtMs'>),
      receivedAtMs: Date.now(),
    });
  });
  void subscriber.subscribe(redisNames(prefix).channel('streams')).catch(() => undefined);
  const parts: Part[] = createCollector(config, {
    clock: systemClock,
    logger: log.logger,
    userId: process.getuid?.(),
    inContainer: false,
  });
  for (const part of parts) await part.start();
  return {
    published,
    log,
    stop: async () => {
      for (const part of parts.toReversed()) await part.stop();
      subscriber.disconnect();
    },
  };
}
