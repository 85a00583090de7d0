import { randomUUID } from 'node:crypto';
import {
  type Clock,
  COMMAND_TIMEOUT_MS,
  connectionPart,
  createCommandConnection,
  HealthPort,
  type Logger,
  Loop,
  packageVersion,
  type Part,
  type RedisClient,
  RedisOutages,
  type RedisTarget,
  type ServiceManager,
  ServiceManagerPart,
} from '@mediamtx-monitor/runtime';
import { redisNames } from '@mediamtx-monitor/types';
import { Alerter } from './alerter.ts';
import { CommandReader } from './commands/index.ts';
import type { AlerterConfig } from './config.ts';
import { Decider } from './decide.ts';
import { TargetDelivery } from './deliver/index.ts';
import { HeartbeatCaller } from './heartbeat/index.ts';
import { AlerterMetrics } from './metrics.ts';
import { LiveObserver } from './observe/index.ts';
import { AlertsPublisher } from './publish/index.ts';
import { StateStore } from './store/index.ts';

/** What the alerter takes from the process it runs in. */
export interface AlerterEdges {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told that the alerter is ready and lives, where there is one. */
  readonly serviceManager?: ServiceManager | null;
}

const INTERVAL_SECONDS = 1;
/** Time within which whoever is active saves something: a tick may take longer than a second. */
const SAVE_INTERVAL_MS = 2_000;
/** What is saved may be large. */
const DURABLE_TIMEOUT_MS = 3_000;

/** An alerter with its connections, which aren't made yet. */
interface WiredAlerter {
  readonly alerter: Alerter;
  /** What it tells Prometheus. */
  readonly metrics: AlerterMetrics;
  /** To the live Redis, and to the durable one. */
  readonly live: RedisClient;
  readonly durable: RedisClient;
}

/** Wires the stages of an alerter: nothing runs until it ticks. */
export function wireAlerter(
  { notify, dashboardUrl, redis, durableRedis }: AlerterConfig,
  { clock, logger, outages }: Pick<AlerterEdges, 'clock' | 'logger'> & { readonly outages: RedisOutages },
): WiredAlerter {
  const { digest } = notify;
  const names = redisNames(redis.keyPrefix, redis.isCluster);
  const connectionOf = (target: RedisTarget, commandTimeoutMs: number, purpose: string): RedisClient =>
    createCommandConnection({ ...target, outages, logger, commandTimeoutMs, purpose });
  const live = connectionOf(redis, COMMAND_TIMEOUT_MS, 'what is seen');
  // A connection of its own also where it is the same Redis: what one waits for doesn't hold up the other.
  const durable = connectionOf(durableRedis ?? redis, DURABLE_TIMEOUT_MS, 'what is kept');
  const observer = new LiveObserver({ redis: live, durable, names, clock, logger });
  const store = new StateStore({
    ...{ redis: durable, clock, logger, key: names.alerts, digest },
    ...{ intervalMs: SAVE_INTERVAL_MS, owner: randomUUID() },
  });
  const delivery = new TargetDelivery({
    ...{ logger, dashboardUrl, wallMs: clock.wallMs },
  });
  const heartbeat =
    notify.heartbeat === null ? null : new HeartbeatCaller({ heartbeat: notify.heartbeat, clock, logger });
  const alerter: Alerter = new Alerter({
    ...{ observer, store, delivery, heartbeat, names, clock, logger },
    decider: new Decider(notify, randomUUID),
    commands: new CommandReader({ redis: durable, names, logger }),
    publisher: new AlertsPublisher({
      redis: live,
      names,
      clock,
      logger,
      commandTimeoutMs: COMMAND_TIMEOUT_MS,
    }),
    onSaved: (tick) => {
      metrics.onSaved(tick);
    },
  });
  const metrics = new AlerterMetrics({
    targets: notify.targets,
    version: packageVersion(import.meta.url),
    clock,
    isActive: () => alerter.role === 'active',
    state: () => store.state,
    statuses: () => alerter.statuses,
    doFilesDiffer: () => store.doFilesDiffer,
  });
  return { alerter, metrics, live, durable };
}

/** The running alerter, as parts in the order of their start. */
export function createAlerter(config: AlerterConfig, edges: AlerterEdges): Part[] {
  const { clock, logger, serviceManager = null } = edges;
  const outages = new RedisOutages(clock);
  const { alerter, metrics, live, durable } = wireAlerter(config, { clock, logger, outages });
  const loop = new Loop({ intervalSeconds: INTERVAL_SECONDS, tick: () => alerter.tick(), clock, logger });
  const health = new HealthPort({
    ...config.health,
    logger,
    facts: () => ({ ...alerter.facts, ...loop.stats }),
    metrics: metrics.source,
  });
  return [
    metrics,
    health,
    connectionPart('Redis connection', live),
    connectionPart('durable Redis connection', durable),
    { name: 'alerter', start: () => undefined, stop: () => alerter.stop() },
    loop,
    new ServiceManagerPart({ manager: serviceManager, status: () => alerter.status, outages }),
  ];
}
