import { createApi, loadConfig as loadApiConfig } from '@mediamtx-monitor/api';
import { systemClock } from '@mediamtx-monitor/runtime';
import {
  createFakeClock,
  createLogRecorder,
  eventually,
  type FakeClock,
  testRedis,
} from '@mediamtx-monitor/testkit';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { createCollectorParts } from '../../../services/collector/src/app.ts';
import { loadConfig } from '../../../services/collector/src/config.ts';
import { type StreamsSubscription, subscribe } from '../../real/support/subscription.ts';
import { createOutputs, type Outputs } from '../../support/outputs.ts';

/** A monitor whose collector polls when it is told to, by a clock that moves when it is told to. */
export interface Stage {
  readonly clock: FakeClock;
  /** Lets 2 s pass so many times, and polls each time. */
  readonly ticks: (count?: number) => Promise<void>;
  /** Lets minutes pass in which nobody polled, and polls. */
  readonly after: (ms: number) => Promise<void>;
  /** What every output tells of a stream in the newest tick. */
  readonly stream: (name: string) => ReturnType<Outputs['ofStream']>;
  /** The same of the server. */
  readonly server: () => ReturnType<Outputs['ofServer']>;
  /** A stream's record in the newest message. */
  readonly record: (name: string) => StreamRecord | undefined;
  /** The newest message. */
  readonly message: () => ReturnType<StreamsSubscription['since']>[number];
  /** All that was logged, and all that clients were sent. */
  readonly everything: () => string;
  readonly stop: () => Promise<void>;
}

const TICK_MS = 2_000;
/** Of the scenes' bodies, which were recorded ten minutes before. */
const BEGIN = '2026-11-22T13:45:00.000Z';

/** Starts Redis' user, collector and API around a server that plays MediaMTX. */
export async function openStage(
  mediamtxUrl: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Stage> {
  const clock = createFakeClock(BEGIN);
  const log = createLogRecorder();
  const redis = testRedis();
  const {
    servers: [collector],
    redis: connection,
  } = createCollectorParts(
    loadConfig({
      MEDIAMTX_API_URL: mediamtxUrl,
      REDIS_URL: redis.url,
      REDIS_KEY_PREFIX: redis.prefix,
      JSON_FILE: '',
      // The fake clock stands still, so the deadline of a tick must outlast a busy machine.
      POLL_INTERVAL_SECONDS: '60',
      ...settings,
    }),
    { clock, logger: log.logger, userId: process.getuid?.(), inContainer: false },
    { role: 'take-over', isOnlyPoll: false },
  );
  await connection.start();
  const api = createApi(
    { ...loadApiConfig({}).values, API_PORT: 0, REDIS_URL: redis.url, REDIS_KEY_PREFIX: redis.prefix },
    { logger: log.logger, clock: systemClock },
  );
  for (const part of api.parts) await part.start();
  const subscription = await subscribe(api.url());
  const outputs = createOutputs({
    redis,
    apiUrl: api.url(),
    message: (seq) => subscription.message((one) => one.seq >= seq),
    eventually,
  });

  let seq = 0;
  const poll = async (): Promise<void> => {
    await collector.store(await collector.observe());
    seq += 1;
    await subscription.message((one) => one.seq >= seq);
  };
  const message = () => {
    const newest = subscription.since(seq).at(-1);
    if (newest === undefined) throw new Error(`tick ${seq} hasn't come`);
    return newest;
  };
  await poll();
  return {
    clock,
    ticks: async (count = 1) => {
      for (let tick = 0; tick < count; tick += 1) {
        clock.advance(TICK_MS);
        await poll();
      }
    },
    after: async (ms) => {
      clock.advance(ms);
      await poll();
    },
    stream: (name) => outputs.ofStream(name, seq),
    server: () => outputs.ofServer(seq),
    record: (name) => message().streams.find((stream) => stream.name === name),
    message,
    everything: () =>
      [JSON.stringify(subscription.since(0)), ...log.lines.map((line) => line.message)].join('\n'),
    stop: async () => {
      await subscription.stop();
      await outputs.stop();
      for (const part of api.parts.toReversed()) await part.stop();
      await connection.stop();
    },
  };
}
