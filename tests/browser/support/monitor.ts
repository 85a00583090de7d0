import { fileURLToPath } from 'node:url';
import { createApi, loadConfig as loadApiConfig } from '@mediamtx-monitor/api';
import { type Part, systemClock } from '@mediamtx-monitor/runtime';
import { type Simulator, type SimulatorOptions, startSimulator } from '@mediamtx-monitor/simulator';
import { createLogRecorder, freePort, type RedisOfTest, testRedis } from '@mediamtx-monitor/testkit';
import { createAlerter } from '../../../services/alerter/src/app.ts';
import { loadConfig as loadAlerterConfig } from '../../../services/alerter/src/config.ts';
import { createCollector } from '../../../services/collector/src/app.ts';
import { loadConfig as loadCollectorConfig } from '../../../services/collector/src/config.ts';

/** The dashboard as it is built. */
const STATIC_DIR = fileURLToPath(new URL('../../../services/dashboard/dist', import.meta.url));

/** An API that can be stopped and started anew at the same address. */
export interface ApiOfTest {
  readonly url: string;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts the API with the dashboard. */
export async function startApi(
  redis: RedisOfTest,
  settings: Readonly<Record<string, string>> = {},
): Promise<ApiOfTest> {
  const port = await freePort();
  const { values } = loadApiConfig({
    STATIC_DIR,
    API_PORT: String(port),
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.prefix,
    ...settings,
  });
  let stop = (): Promise<void> => Promise.resolve();
  const start = async (): Promise<void> => {
    const { parts } = createApi(values, { logger: createLogRecorder().logger, clock: systemClock });
    stop = await startParts(parts);
  };
  await start();
  return { url: `http://127.0.0.1:${port}`, start, stop: () => stop() };
}

/** Starts a collector that polls every second. */
export function startCollector(
  redis: RedisOfTest,
  mediamtxUrl: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<() => Promise<void>> {
  const config = loadCollectorConfig({
    MEDIAMTX_API_URL: mediamtxUrl,
    POLL_INTERVAL_SECONDS: '1',
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.prefix,
    JSON_FILE: '',
    HEALTH_PORT: '0',
    ...settings,
  });
  const { logger } = createLogRecorder();
  const machine = { clock: systemClock, logger, userId: process.getuid?.(), inContainer: false };
  return startParts(createCollector(config, machine));
}

/** Starts an alerter. @param file what MONITOR_CONFIG says */
export function startAlerter(redis: RedisOfTest, file: string): Promise<() => Promise<void>> {
  const env = {
    ...{ REDIS_URL: redis.url, REDIS_KEY_PREFIX: redis.prefix },
    ...{ HEALTH_PORT: '0', MONITOR_CONFIG: 'monitor.yml' },
  };
  const { logger } = createLogRecorder();
  return startParts(
    createAlerter(
      loadAlerterConfig(env, () => file),
      { clock: systemClock, logger },
    ),
  );
}

/** Everything there is between a MediaMTX and a browser. */
export interface WholeMonitor {
  readonly simulator: Simulator;
  readonly api: ApiOfTest;
  readonly redis: RedisOfTest;
  readonly stop: () => Promise<void>;
}

export interface WholeMonitorOptions {
  readonly redis?: RedisOfTest;
  readonly simulator?: SimulatorOptions;
  /** Settings of the API. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Starts simulator, collector and API, with the dashboard in it. */
export async function startMonitor(options: WholeMonitorOptions = {}): Promise<WholeMonitor> {
  const { redis = testRedis(), settings = {} } = options;
  const simulator = await startSimulator(options.simulator);
  const stopCollector = await startCollector(redis, simulator.url);
  const api = await startApi(redis, settings);
  const stop = async (): Promise<void> => {
    await api.stop();
    await stopCollector();
    await simulator.close();
  };
  return { simulator, api, redis, stop };
}

async function startParts(parts: readonly Part[]): Promise<() => Promise<void>> {
  for (const part of parts) await part.start();
  return async () => {
    for (const part of parts.toReversed()) await part.stop();
  };
}
