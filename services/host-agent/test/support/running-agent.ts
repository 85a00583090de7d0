import { createLogRecorder, type LogRecorder } from '@mediamtx-monitor/testkit';
import { type HostsMessage, redisNames } from '@mediamtx-monitor/types';
import { hostsMessageSchema } from '@mediamtx-monitor/types/schemas';
import { systemClock } from '@mediamtx-monitor/runtime';
import { Redis } from 'ioredis';
import { createHostAgent } from '../../src/app.ts';

export const INTERVAL_MS = 1_000;

/** A message as it came. */
export interface ReceivedMessage {
  readonly message: HostsMessage;
  /** What its schema complains about; `null` = nothing. */
  readonly complaint: string | null;
}

export interface RunningAgent {
  /** Everything received from the channel so far. */
  readonly received: readonly ReceivedMessage[];
  readonly log: LogRecorder;
  readonly stop: () => Promise<void>;
}

/** Runs a whole agent with ticks of one second, and receives what it publishes. */
export async function runAgent(
  redisUrl: string,
  prefix: string,
  { host = 'media-1', healthPort = 0, root = '/' } = {},
): Promise<RunningAgent> {
  const log = createLogRecorder();
  const received: ReceivedMessage[] = [];
  const subscriber = new Redis(redisUrl, { retryStrategy: () => 100 });
  subscriber.on('error', () => undefined);
  subscriber.on('message', (_channel, text) => {
    const { error } = hostsMessageSchema.validate(JSON.parse(text), { convert: false });
    received.push({ message: JSON.parse(text) as HostsMessage, complaint: error?.message ?? null });
  });
  void subscriber.subscribe(redisNames(prefix).channel('hosts')).catch(() => undefined);
  const parts = createHostAgent(
    {
      host,
      root,
      sees: 'host',
      intervalSeconds: INTERVAL_MS / 1_000,
      redis: { url: redisUrl, keyPrefix: prefix },
      durableRedis: null,
      health: { host: '127.0.0.1', port: healthPort, allowedHosts: [] },
      log: { LOG_LEVEL: 'info', LOG_FORMAT: 'json', LOG_FILE: undefined, LOG_FILE_MAX_MB: 10 },
      warnings: [],
    },
    { clock: systemClock, logger: log.logger },
  );
  for (const part of parts) await part.start();
  return {
    received,
    log,
    stop: async () => {
      for (const part of parts.toReversed()) await part.stop();
      subscriber.disconnect();
    },
  };
}
