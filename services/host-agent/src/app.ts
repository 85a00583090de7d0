import {
  addProcessMetrics,
  type Clock,
  connectPatiently,
  createCommandConnection,
  HealthPort,
  type Logger,
  Loop,
  packageVersion,
  type Part,
  RedisOutages,
  type ServiceManager,
  ServiceManagerPart,
} from '@mediamtx-monitor/runtime';
import { redisNames } from '@mediamtx-monitor/types';
import { Registry } from 'prom-client';
import { HostAgent } from './agent.ts';
import type { HostAgentConfig } from './config.ts';
import { HostReader } from './host.ts';
import { HostPublisher } from './publish.ts';

/** What the agent takes from the process it runs in. */
export interface HostAgentEdges {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told that the agent is ready and lives, where there is one. */
  readonly serviceManager?: ServiceManager | null;
}

/** Parts of the interval after which the host has not answered, and a command to Redis has failed. */
const READ_TIMEOUT_SHARE = 0.25;
const COMMAND_TIMEOUT_SHARE = 0.5;
const CONNECT_PATIENCE_MS = 2_000;

/** The running agent, as parts in the order of their start: read → derive → publish. */
export function createHostAgent(config: HostAgentConfig, edges: HostAgentEdges): Part[] {
  const { clock, logger, serviceManager = null } = edges;
  const { host, root, sees, intervalSeconds } = config;
  const { monotonicMs } = clock;
  const intervalMs = intervalSeconds * 1_000;
  const commandTimeoutMs = intervalMs * COMMAND_TIMEOUT_SHARE;
  const outages = new RedisOutages(clock);
  const redis = createCommandConnection({ ...config.redis, outages, logger, commandTimeoutMs });
  const names = redisNames(config.redis.keyPrefix);
  const reader = new HostReader({ root, sees, timeoutMs: intervalMs * READ_TIMEOUT_SHARE, monotonicMs });
  const publisher = new HostPublisher({ redis, names, host, intervalMs, commandTimeoutMs, clock });
  const agent = new HostAgent({
    host,
    read: () => reader.read(),
    publish: (record, collectedAtMs) => publisher.publish(record, collectedAtMs),
    clock,
    logger,
  });
  const loop = new Loop({ intervalSeconds, tick: () => agent.tick(), clock, logger });
  const registry = new Registry();
  registry.setDefaultLabels({ host });
  const processMetrics = addProcessMetrics(registry, packageVersion(import.meta.url));
  const health = new HealthPort({
    ...config.health,
    logger,
    facts: () => ({ host, ...agent.facts, ...loop.stats }),
    metrics: registry,
  });
  const connection: Part = {
    name: 'Redis connection',
    start: () => connectPatiently(redis, CONNECT_PATIENCE_MS),
    stop: () => {
      redis.disconnect();
    },
  };
  const manager = new ServiceManagerPart({ manager: serviceManager, status: () => agent.status, outages });
  return [processMetrics, health, connection, loop, manager];
}
