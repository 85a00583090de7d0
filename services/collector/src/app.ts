import { randomUUID } from 'node:crypto';
import { redisNames } from '@mediamtx-monitor/types';
import {
  type Clock,
  connectInBackground,
  connectionPart,
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
import type { CollectorConfig, ServerConfig } from './config.ts';
import { createCredentialsWatch } from './credentials-watch.ts';
import { DEFAULT_THRESHOLDS, type DeriveSettings, RECONNECT_WINDOW_MS } from './derive/index.ts';
import { ExpectedElsewhere, Forgetting } from './forget/index.ts';
import { CollectorMetrics } from './metrics.ts';
import { readItem } from './normalise.ts';
import { Poller } from './poll/index.ts';
import {
  createServerHistory,
  EventOutbox,
  EventRetention,
  RedisPublisher,
  type RedisPublisherOptions,
  writeJsonFile,
} from './publish/index.ts';
import { EventJournal } from './server/event-journal.ts';
import { ServerCollector } from './server/server-collector.ts';
import { createStreamSettings } from './stream-settings.ts';

/** What the collector takes from the machine it runs on. */
export interface CollectorMachine {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Owner of the files it writes; `undefined` where the system has no such thing. */
  readonly userId: number | undefined;
  /** Told that the collector is ready and lives, where there is one. */
  readonly serviceManager?: ServiceManager | null;
  /** Whether it is a container, where localhost is the container itself. */
  readonly inContainer: boolean;
}

/** At least one. */
type Several<Item> = readonly [Item, ...Item[]];

/** Part of the interval after which a command to Redis has failed. */
const COMMAND_TIMEOUT_SHARE = 0.75;
const MS_PER_SECOND = 1_000;
const MS_PER_DAY = 86_400_000;

export interface CollectorParts {
  readonly servers: Several<ServerCollector>;
  readonly redis: Part;
  /** Write down what happens and keep what was, in a Redis that may be another one. */
  readonly keepers: readonly Part[];
  /** Keep credentials as their files say. */
  readonly secrets: readonly Part[];
  /** Look now and then at the servers that stand in Redis. */
  readonly lookouts: readonly Part[];
}

/**
 * Wires poll → normalise → derive → publish for each server, over one connection to Redis, and another one where events
 * are kept in a Redis of their own. Who only polls writes no events.
 * @param servers the one of the settings unless given
 */
export function createCollectorParts(
  config: CollectorConfig,
  { clock, logger, userId, inContainer }: CollectorMachine,
  mode: { readonly role: RedisPublisherOptions['role']; readonly isOnlyPoll: boolean },
  servers: Several<ServerConfig> = [config],
): CollectorParts {
  const intervalMs = config.intervalSeconds * MS_PER_SECOND;
  const commandTimeoutMs = intervalMs * COMMAND_TIMEOUT_SHARE;
  const redis = createCommandConnection({ ...config.redis, logger, commandTimeoutMs });
  const { durableRedis } = config;
  const durable =
    durableRedis === null
      ? redis
      : createCommandConnection({ ...durableRedis, logger, commandTimeoutMs, purpose: 'durable' });
  const names = redisNames(config.redis.keyPrefix);
  const { addressPrivacy, sessionAddresses, hysteresis, forgetAfterDays, monitorFile } = config;
  const loggerOf = (server: string): Logger => (servers.length === 1 ? logger : tagged(logger, server));
  const isKept = config.historyStreams > 0 && !mode.isOnlyPoll;
  const historyOf = (server: string) =>
    createServerHistory({
      ...{ live: redis, durable, names, server, clock, intervalMs },
      logger: loggerOf(server),
      most: config.historyStreams,
    });
  const histories = new Map(isKept ? servers.map(({ server }) => [server, historyOf(server)]) : []);
  const owner = randomUUID();
  const journalOf = (server: string, derivation: DeriveSettings): EventJournal => {
    const outbox = new EventOutbox({ redis: durable, clock, names, server, owner });
    return new EventJournal({ outbox, clock, logger: loggerOf(server), derivation, intervalMs });
  };
  const collectorOf = ({ server, mediamtx, jsonFile }: ServerConfig): ServerCollector => {
    const derivation = {
      server,
      hysteresis,
      reconnectWindowMs: RECONNECT_WINDOW_MS,
      sessionAddresses,
      ...createStreamSettings(DEFAULT_THRESHOLDS, monitorFile, server),
    };
    return new ServerCollector({
      url: mediamtx.url,
      poller: new Poller({
        ...mediamtx,
        inContainer,
        intervalMs,
        monotonicMs: clock.monotonicMs,
        isOnlyPoll: mode.isOnlyPoll,
        readItem: (list, item) => readItem(list, item, addressPrivacy),
      }),
      publisher: new RedisPublisher({ redis, names, server, clock, commandTimeoutMs, role: mode.role }),
      file:
        jsonFile === '' ? null : { path: jsonFile, write: (json) => writeJsonFile(jsonFile, json, userId) },
      history: histories.get(server) ?? null,
      clock,
      logger: loggerOf(server),
      derivation,
      events: mode.isOnlyPoll ? null : journalOf(server, derivation),
      addressPrivacy,
      intervalMs,
    });
  };
  const afterMs = forgetAfterDays * MS_PER_DAY;
  const matches = monitorFile.expected.flatMap(({ match, servers: only }) => (only === null ? [match] : []));
  const ids = servers.map(({ server }) => server);
  const [first, ...others] = servers;
  const collectors: Several<ServerCollector> = [collectorOf(first), ...others.map(collectorOf)];
  return {
    servers: collectors,
    keepers: [
      ...(durable === redis
        ? []
        : [
            connectionPart('durable Redis connection', durable, () => {
              connectInBackground(durable);
            }),
          ]),
      new EventRetention({ redis: durable, names, clock, logger, ...config.kept }),
      sideBySide('events and history', [
        ...collectors.flatMap(({ events }) => events ?? []),
        ...histories.values(),
      ]),
    ],
    secrets: servers.flatMap(({ server, mediamtx: { credentials }, secretFiles: files }) =>
      createCredentialsWatch({ credentials, files, logger: loggerOf(server) }),
    ),
    lookouts: [
      ...(forgetAfterDays === 0 ? [] : [new Forgetting({ redis, durable, names, clock, logger, afterMs })]),
      ...(matches.length === 0
        ? []
        : [new ExpectedElsewhere({ redis, names, clock, logger, servers: ids, matches })]),
    ],
    redis: connectionPart('Redis connection', redis),
  };
}

/** The logger that says of each line which server it is about. */
function tagged(logger: Logger, server: string): Logger {
  const log =
    (level: keyof Logger): Logger[typeof level] =>
    (message, fields) => {
      logger[level](message, { ...fields, server });
    };
  return { error: log('error'), warn: log('warn'), info: log('info'), debug: log('debug') };
}

/**
 * The running collector, as parts in the order of their start. Several servers are polled at moments spread evenly over
 * the interval, each in a loop of its own: one that is slow or silent holds up no other.
 * @param configs the server of the settings unless given
 */
export function createCollector(
  config: CollectorConfig,
  machine: CollectorMachine,
  configs: Several<ServerConfig> = [config],
): Part[] {
  const { clock, logger, serviceManager = null } = machine;
  const mode = { role: 'take-over', isOnlyPoll: false } as const;
  const outages = new RedisOutages(clock);
  const { servers, redis, keepers, secrets, lookouts } = createCollectorParts(
    { ...config, redis: { ...config.redis, outages } },
    machine,
    mode,
    configs,
  );
  const offsetMs = (config.intervalSeconds * MS_PER_SECOND) / servers.length;
  const loops = new Map(
    servers.map((server, place) => {
      const tick = async (): Promise<void> => {
        const report = await server.tick();
        metrics.onTick(report, report.durationMs);
      };
      const { intervalSeconds } = config;
      return [server, new Loop({ intervalSeconds, offsetMs: place * offsetMs, clock, logger, tick })];
    }),
  );
  const metrics = new CollectorMetrics({
    servers: new Map(Array.from(loops, ([{ server }, loop]) => [server, () => loop.stats])),
    events: new Map(
      servers.flatMap(({ server, events: journal }) =>
        journal === null ? [] : [[server, () => journal.health] as const],
      ),
    ),
    version: packageVersion(import.meta.url),
    clock,
  });
  const health = new HealthPort({
    ...config.health,
    logger,
    facts: () => {
      const facts = Array.from(loops, ([server, loop]) => ({ ...server.health, ...loop.stats }));
      const [only, ...others] = facts;
      return others.length === 0 && only !== undefined ? only : { servers: facts };
    },
    metrics: metrics.source,
  });
  const manager = new ServiceManagerPart({
    manager: serviceManager,
    status: () => statusOf(servers),
    outages,
  });
  return [
    metrics,
    health,
    redis,
    ...keepers,
    ...secrets,
    ...lookouts,
    sideBySide('loop', [...loops.values()]),
    manager,
  ];
}

/** How all servers are, in one line for people. */
function statusOf(servers: Several<ServerCollector>): string {
  const [only, ...others] = servers;
  if (others.length === 0) return only.status;
  return servers.map(({ server, status }) => `${server}: ${status}`).join('; ');
}

/** Parts that run side by side as one, which stops as fast as one and is as far as the one that is behind. */
export function sideBySide(name: string, parts: readonly Part[]): Part {
  const progress = parts.flatMap((part) => part.progress ?? []);
  const base: Part = {
    name,
    start: async () => {
      for (const part of parts) await part.start();
    },
    stop: async () => {
      await Promise.all(
        parts.map(async (part) => {
          await part.stop();
        }),
      );
    },
  };
  if (progress.length === 0) return base;
  return {
    ...base,
    progress: {
      intervalMs: Math.max(...progress.map(({ intervalMs }) => intervalMs)),
      count: () => Math.min(...progress.map(({ count }) => count())),
    },
  };
}
