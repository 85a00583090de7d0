import { redisNames } from '@mediamtx-monitor/types';
import {
  type Clock,
  connectPatiently,
  createCommandConnection,
  createHealthPort,
  createLoop,
  createServiceManagerPart,
  type Logger,
  packageVersion,
  type Part,
  RedisOutages,
  type ServiceManager,
} from '@mediamtx-monitor/runtime';
import { type Collect, createCollect } from './collect.ts';
import type { CollectorConfig } from './config.ts';
import { createCredentialsWatch } from './credentials-watch.ts';
import { DEFAULT_THRESHOLDS } from './derive/index.ts';
import { createExpectedElsewhere, createForgetting } from './forget/index.ts';
import { createCollectorMetrics } from './metrics.ts';
import { createPoller } from './poll/index.ts';
import {
  createRedisPublisher,
  type RedisPublisher,
  type RedisPublisherOptions,
  writeJsonFile,
} from './publish/index.ts';
import { createReporter, describeTick } from './report.ts';
import { createStreamSettings } from './stream-settings.ts';

/** What the collector takes from the machine it runs on. */
export interface Machine {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Owner of the files it writes; `undefined` where the system has no such thing. */
  readonly userId: number | undefined;
  /** Told that the collector is ready and lives, where there is one. */
  readonly serviceManager?: ServiceManager | null;
  /** Whether it is a container, where localhost is the container itself. */
  readonly inContainer: boolean;
}

/** Part of the interval after which a command to Redis has failed. */
const COMMAND_TIMEOUT_SHARE = 0.75;
const CONNECT_PATIENCE_MS = 2_000;
const MS_PER_DAY = 86_400_000;

export interface CollectorParts {
  readonly collect: Collect;
  readonly redis: Part;
  /** Look now and then at the servers that stand in Redis. */
  readonly lookouts: readonly Part[];
}

/** Wires poll → normalise → derive → publish for one server. */
export function createCollectorParts(
  config: CollectorConfig,
  { clock, logger, userId, inContainer }: Machine,
  mode: { readonly role: RedisPublisherOptions['role']; readonly isOnlyPoll: boolean },
  watch: (publisher: RedisPublisher) => RedisPublisher = (publisher) => publisher,
): CollectorParts {
  const intervalMs = config.intervalSeconds * 1_000;
  const commandTimeoutMs = intervalMs * COMMAND_TIMEOUT_SHARE;
  const redis = createCommandConnection({ ...config.redis, logger, commandTimeoutMs });
  const names = redisNames(config.redis.keyPrefix);
  const { server, jsonFile } = config;
  const collect = createCollect({
    poll: createPoller({
      ...config.mediamtx,
      inContainer,
      intervalMs,
      monotonicMs: clock.monotonicMs,
      isOnlyPoll: mode.isOnlyPoll,
    }),
    publisher: watch(
      createRedisPublisher({ redis, names, server, clock, commandTimeoutMs, role: mode.role }),
    ),
    writeFile: jsonFile === '' ? null : (text) => writeJsonFile(jsonFile, text, userId),
    clock,
    derivation: {
      server,
      hysteresis: config.hysteresis,
      ...createStreamSettings(DEFAULT_THRESHOLDS, config.monitorFile, server),
    },
    addressPrivacy: config.addressPrivacy,
    intervalMs,
  });
  const { forgetAfterDays, monitorFile } = config;
  const afterMs = forgetAfterDays * MS_PER_DAY;
  const matches = monitorFile.expected.flatMap(({ match, servers }) => (servers === null ? [match] : []));
  return {
    collect,
    lookouts: [
      ...(forgetAfterDays === 0 ? [] : [createForgetting({ redis, names, clock, logger, afterMs })]),
      ...(matches.length === 0
        ? []
        : [createExpectedElsewhere({ redis, names, clock, logger, server, matches })]),
    ],
    redis: {
      name: 'Redis connection',
      start: () => connectPatiently(redis, CONNECT_PATIENCE_MS),
      stop: () => {
        redis.disconnect();
      },
    },
  };
}

/** The running collector, as parts in the order of their start. */
export function createCollector(config: CollectorConfig, machine: Machine): Part[] {
  const { clock, logger, serviceManager = null } = machine;
  const metrics = createCollectorMetrics({
    server: config.server,
    version: packageVersion(import.meta.url),
    clock,
    loopStats: () => loop.stats(),
  });
  const outages = new RedisOutages(clock);
  const { collect, redis, lookouts } = createCollectorParts(
    { ...config, redis: { ...config.redis, outages } },
    machine,
    { role: 'take-over', isOnlyPoll: false },
    metrics.watch,
  );
  const report = createReporter(logger, config.jsonFile);
  let lastTickMs: number | null = null;
  let lastStatus: string | null = null;
  let lastWords = `polling ${config.mediamtx.url}`;
  const loop = createLoop({
    intervalSeconds: config.intervalSeconds,
    clock,
    logger,
    tick: async () => {
      const startedMs = clock.monotonicMs();
      const tick = await collect.store(await collect.observe());
      const durationMs = clock.monotonicMs() - startedMs;
      report(tick);
      metrics.onTick(tick, durationMs);
      lastTickMs = Math.round(durationMs);
      lastStatus = tick.snapshot.source.status;
      lastWords = describeTick(tick);
    },
  });
  const health = createHealthPort({
    ...config.health,
    logger,
    facts: () => ({ server: config.server, source: lastStatus, lastTickMs, ...loop.stats() }),
    metrics: metrics.source,
  });
  const manager = createServiceManagerPart(serviceManager, () => lastWords, outages);
  const { credentials } = config.mediamtx;
  const secrets = createCredentialsWatch({ credentials, files: config.secretFiles, logger });
  return [metrics, health, redis, ...secrets, ...lookouts, loop, manager];
}
