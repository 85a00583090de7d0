import {
  addProcessMetrics,
  asError,
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
  type Verdict,
  type ServiceManager,
} from '@mediamtx-monitor/runtime';
import { redisNames } from '@mediamtx-monitor/types';
import { Registry } from 'prom-client';
import type { HostAgentConfig } from './config.ts';
import { deriveHost } from './derive/index.ts';
import type { Observation } from './facts.ts';
import { createHostPublisher } from './publish/index.ts';
import { createHostReader } from './read/index.ts';
import { createReporter, describeOutcome } from './report.ts';

/** What the agent takes from the machine it runs on. */
export interface Machine {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told that the agent is ready and lives, where there is one. */
  readonly serviceManager?: ServiceManager | null;
}

/** Parts of the interval after which the host has not answered, and a command to Redis has failed. */
const PATIENCE_SHARE = 0.25;
const COMMAND_TIMEOUT_SHARE = 0.5;
const CONNECT_PATIENCE_MS = 2_000;

/** The running agent, as parts in the order of their start: read → derive → publish. */
export function createHostAgent(config: HostAgentConfig, machine: Machine): Part[] {
  const { clock, logger, serviceManager = null } = machine;
  const { host, root, sees } = config;
  const intervalMs = config.intervalSeconds * 1_000;
  const commandTimeoutMs = intervalMs * COMMAND_TIMEOUT_SHARE;
  const { monotonicMs } = clock;
  const outages = new RedisOutages(clock);
  const redis = createCommandConnection({ ...config.redis, outages, logger, commandTimeoutMs });
  const names = redisNames(config.redis.keyPrefix);
  const readHost = createHostReader({ root, sees, patienceMs: intervalMs * PATIENCE_SHARE, monotonicMs });
  const publisher = createHostPublisher({ redis, names, host, intervalMs, commandTimeoutMs, clock });
  const report = createReporter(logger, host);
  let before: Observation | null = null;
  let lastTickMs: number | null = null;
  let lastOutcome: Verdict | 'failed' | null = null;
  let lastWords = `looking at host ${host}`;

  const tick = async (): Promise<void> => {
    const startedMs = monotonicMs();
    const collectedAtMs = clock.wallMs();
    const now = await readHost();
    const record = deriveHost(host, before, now);
    before = now;
    const outcome = await publisher.publish(record, collectedAtMs).catch(asError);
    report(outcome);
    lastWords = describeOutcome(outcome, host);
    lastOutcome = outcome instanceof Error ? 'failed' : outcome;
    lastTickMs = Math.round(monotonicMs() - startedMs);
  };

  const loop = createLoop({ intervalSeconds: config.intervalSeconds, tick, clock, logger });
  const registry = new Registry();
  registry.setDefaultLabels({ host });
  const processMetrics = addProcessMetrics(registry, packageVersion(import.meta.url));
  const health = createHealthPort({
    ...config.health,
    logger,
    facts: () => ({ host, published: lastOutcome, lastTickMs, ...loop.stats() }),
    metrics: registry,
  });
  const connection: Part = {
    name: 'Redis connection',
    start: () => connectPatiently(redis, CONNECT_PATIENCE_MS),
    stop: () => {
      redis.disconnect();
    },
  };
  const manager = createServiceManagerPart(serviceManager, () => lastWords, outages);
  return [processMetrics, health, connection, loop, manager];
}
