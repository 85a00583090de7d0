import {
  addProcessMetrics,
  type Clock,
  connectionPart,
  createCommandConnection,
  HealthPort,
  HistoryWriter,
  type Logger,
  Loop,
  observed,
  type ObservedSubjects,
  packageVersion,
  type Part,
  RedisOutages,
  type ServiceManager,
  ServiceManagerPart,
} from '@mediamtx-monitor/runtime';
import { type HostRecord, redisNames } from '@mediamtx-monitor/types';
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

/** The running agent, as parts in the order of their start: read → derive → publish. */
export function createHostAgent(config: HostAgentConfig, edges: HostAgentEdges): Part[] {
  const { clock, logger, serviceManager = null } = edges;
  const { host, root, sees, intervalSeconds } = config;
  const { monotonicMs } = clock;
  const intervalMs = intervalSeconds * 1_000;
  const commandTimeoutMs = intervalMs * COMMAND_TIMEOUT_SHARE;
  const outages = new RedisOutages(clock);
  const redis = createCommandConnection({ ...config.redis, outages, logger, commandTimeoutMs });
  const names = redisNames(config.redis.keyPrefix, config.redis.isCluster);
  const { durableRedis } = config;
  const durable =
    durableRedis === null
      ? redis
      : createCommandConnection({ ...durableRedis, logger, commandTimeoutMs, purpose: 'durable' });
  const history = new HistoryWriter({ live: redis, durable, names, clock, logger });
  const reader = new HostReader({ root, sees, timeoutMs: intervalMs * READ_TIMEOUT_SHARE, monotonicMs });
  const publisher = new HostPublisher({ redis, names, host, intervalMs, commandTimeoutMs, clock });
  const agent = new HostAgent({
    host,
    read: () => reader.read(),
    publish: (record, collectedAtMs) => publisher.publish(record, collectedAtMs),
    remember: (record) => {
      history.add(intervalMs, [[{ kind: 'host', host }, observedHost(record)]]);
    },
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
  const connections = [
    connectionPart('Redis connection', redis),
    ...(durable === redis ? [] : [connectionPart('durable Redis connection', durable)]),
  ];
  const manager = new ServiceManagerPart({ manager: serviceManager, status: () => agent.status, outages });
  return [processMetrics, health, ...connections, history, loop, manager];
}

/** What of a record is kept of a host. */
function observedHost({ cpu, memory, network, health = 'unknown' }: HostRecord): ObservedSubjects {
  const values = {
    cpuPercent: cpu.percent,
    memoryPercent: memory.usedPercent,
    inboundMbps: network.inboundMbps,
    outboundMbps: network.outboundMbps,
  };
  return observed('host', [{ name: '', state: 'up', health, values }]);
}
