import { isDeepStrictEqual } from 'node:util';
import { redisNames } from '@mediamtx-monitor/types';
import {
  asError,
  type Clock,
  connectInBackground,
  connectionPart,
  createCommandConnection,
  HeadLeases,
  HealthPort,
  type Logger,
  packageVersion,
  type Part,
  RedisOutages,
  type ServiceManager,
  ServiceManagerPart,
} from '@mediamtx-monitor/runtime';
import type { CollectorConfig, Monitored, Several } from './config.ts';
import { ExpectedElsewhere, Forgetting, Removal } from './forget/index.ts';
import { CollectorMetrics } from './metrics.ts';
import { MonitorFileWatch } from './monitor-file-watch.ts';
import {
  COMMAND_TIMEOUT_SHARE,
  createOneServer,
  createPolledServer,
  derivationOf,
  type PolledServer,
  type SharedParts,
} from './one-server.ts';
import { EventRetention, JoinedFile, type RedisPublisherOptions, writeJsonFile } from './publish/index.ts';
import type { ServerCollector } from './server/server-collector.ts';
import { Servers } from './servers.ts';
import { createSharing } from './server-sharing.ts';
import type { Sharing } from './sharing/index.ts';
import { factsOf, serverCount, statusOf } from './status.ts';

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
  /** Its name, by which people know it; none unless given. */
  readonly hostName?: string;
  /** Source of the signal to read MONITOR_CONFIG at once, where it isn't that a terminal was closed. */
  readonly signals?: Pick<NodeJS.Process, 'on' | 'off'> | null;
}

const MS_PER_SECOND = 1_000;
const MS_PER_DAY = 86_400_000;

interface SharedOptions {
  readonly role: RedisPublisherOptions['role'];
  readonly isOnlyPoll: boolean;
}

/** What servers share: one connection to Redis, and another one where what must survive is kept in a Redis of its own. */
function createSharedParts(
  config: CollectorConfig,
  { clock, logger, userId, inContainer }: CollectorMachine,
  options: SharedOptions,
): SharedParts {
  const { durableRedis, jsonFile } = config;
  const intervalMs = config.intervalSeconds * MS_PER_SECOND;
  const commandTimeoutMs = intervalMs * COMMAND_TIMEOUT_SHARE;
  const redis = createCommandConnection({ ...config.redis, logger, commandTimeoutMs });
  const durable =
    durableRedis === null
      ? redis
      : createCommandConnection({ ...durableRedis, logger, commandTimeoutMs, purpose: 'durable' });
  return {
    ...{ config, clock, logger, userId, inContainer, redis, durable, commandTimeoutMs, ...options },
    names: redisNames(config.redis.keyPrefix, config.redis.isCluster),
    joinedFile: new JoinedFile({
      write: (json) => writeJsonFile(jsonFile, json, userId),
      logger,
      intervalMs,
    }),
  };
}

/** What polls once, or is polled by hand. */
export interface CollectorParts extends Pick<SharedParts, 'joinedFile'> {
  readonly servers: Several<ServerCollector>;
  readonly redis: Part;
}

/** Wires poll → normalise → derive → publish for each server, without anything that goes on by itself. */
export function createCollectorParts(
  config: CollectorConfig,
  machine: CollectorMachine,
  options: SharedOptions,
): CollectorParts {
  const shared = createSharedParts(config, machine, options);
  const [first, ...others] = config.servers;
  const collectorOf = (server: typeof first): ServerCollector =>
    createOneServer(server, config, shared).collector;
  return {
    servers: [collectorOf(first), ...others.map(collectorOf)],
    redis: connectionPart('Redis connection', shared.redis),
    joinedFile: shared.joinedFile,
  };
}

/**
 * The running collector, as parts in the order of their start. Several servers are polled at moments spread over the
 * interval, each in a loop of its own: one that is slow or silent holds up no other.
 */
export function createCollector(given: CollectorConfig, machine: CollectorMachine): Part[] {
  const { clock, logger, serviceManager = null, signals = null, hostName = '' } = machine;
  const outages = new RedisOutages(clock);
  const config = { ...given, redis: { ...given.redis, outages } };
  const shared = createSharedParts(config, machine, { role: 'hold', isOnlyPoll: false });
  const { redis, durable, names, joinedFile } = shared;
  const leases = new HeadLeases(redis);
  const removal = new Removal({
    ...{ redis, durable, names, logger },
    isNamedElsewhere: (server) => sharing.isNamedElsewhere(server),
  });
  const servers: Servers = new Servers({
    first: { servers: config.servers, monitorFile: config.monitorFile },
    logger,
    create: (server, monitored, tenure) => {
      const one = createOneServer(server, monitored, shared, () => tenure.mayWrite);
      return createPolledServer(one, tenure, shared, (report) => {
        metrics.onTick(report, report.durationMs);
      });
    },
    adapt: (server, before, after) => {
      adapt(server, before, after, config);
    },
    onCame: ({ config: { server } }) => {
      removal.cancel(server);
      metrics.add(server);
    },
    onLeft: ({ config: { server, listed }, collector: { epoch } }) => {
      metrics.remove(server);
      if (listed === null && config.jsonFile !== '') void emptyFile(config.jsonFile, machine);
      joinedFile.remove(server);
      if (!servers.ids.includes(server)) removal.add(server, epoch);
    },
    release: (server, epoch) => leases.release(names.streamsMeta(server), epoch),
  });
  const sharing: Sharing = createSharing({ servers, leases, redis, names, clock, logger, hostName });
  const metrics = new CollectorMetrics({
    servers: () => servers.all.map(({ config: { server }, loop }) => [server, loop.stats]),
    events: () =>
      servers.all.flatMap(({ config: { server }, collector: { events } }) =>
        events === null ? [] : [[server, events.health] as const],
      ),
    sharing: () => sharing.health,
    only: onlyOf(config.servers),
    version: packageVersion(import.meta.url),
    clock,
  });
  const watch =
    config.watched === null
      ? null
      : new MonitorFileWatch({
          ...{ watched: config.watched, logger, signals },
          onRead: (monitored) => {
            void change(servers, monitored, logger).then(() => {
              sharing.refresh();
            });
          },
        });
  const health = new HealthPort({
    ...config.health,
    logger,
    facts: () => ({
      ...factsOf(servers.all),
      ...(watch && { monitorConfig: watch.health }),
      sharing: sharing.health,
    }),
    metrics: metrics.source,
  });
  const lookout = { redis, names, clock, logger };
  const { forgetAfterDays, jsonFile } = config;
  return [
    metrics,
    health,
    connectionPart('Redis connection', redis),
    ...(durable === redis
      ? []
      : [
          connectionPart('durable Redis connection', durable, () => {
            connectInBackground(durable);
          }),
        ]),
    new EventRetention({ redis: durable, names, clock, logger, ...config.kept }),
    servers.keeping,
    removal,
    ...(forgetAfterDays === 0
      ? []
      : [new Forgetting({ ...lookout, durable, afterMs: forgetAfterDays * MS_PER_DAY })]),
    new ExpectedElsewhere({
      ...lookout,
      servers: () => servers.ids,
      matches: () => matchesOf(servers.monitored),
    }),
    ...(jsonFile === '' ? [] : [joinedFile]),
    servers.polling,
    sharing,
    new ServiceManagerPart({
      manager: serviceManager,
      status: () => statusOf(servers.all, sharing.health),
      outages,
    }),
    ...(watch === null ? [] : [watch]),
  ];
}

/** Leaves nothing in the JSON file of a server that isn't polled here any more. */
async function emptyFile(path: string, { userId, logger }: CollectorMachine): Promise<void> {
  try {
    await writeJsonFile(path, '[]', userId);
  } catch (error) {
    logger.error(asError(error).message);
  }
}

/** The id of the server where there is one, and no file may bring more. */
function onlyOf([{ server, listed }]: CollectorConfig['servers']): string | null {
  return listed === null ? server : null;
}

/** What the entries of `expected` match that name no servers. */
function matchesOf({ monitorFile }: Monitored): readonly string[] {
  return monitorFile.expected.flatMap(({ match, servers }) => (servers === null ? [match] : []));
}

/** Has a server that goes on take what is said of it and its streams now. */
function adapt(
  { config: { server, listed }, collector }: PolledServer,
  before: Monitored,
  after: Monitored,
  config: CollectorConfig,
): void {
  collector.about = listed ?? {};
  const [old, now] = [before, after].map(({ monitorFile }) => ({ ...monitorFile, servers: null }));
  if (isDeepStrictEqual(old, now)) return;
  const derivation = derivationOf(config, after, server);
  const isExpectedSame = isDeepStrictEqual(old?.expected, now?.expected);
  const { expectations } = isExpectedSame ? collector.derivation : derivation;
  collector.adapt({ ...derivation, expectations });
}

async function change(servers: Servers, monitored: Monitored, logger: Logger): Promise<void> {
  const before = servers.monitored;
  if (isDeepStrictEqual(before, monitored)) return;
  for (const warning of monitored.monitorFile.warnings) logger.warn(warning);
  const [old, now] = [before, monitored].map((each) => each.servers.map(({ server }) => server));
  const named = (what: string, ids: readonly string[] = [], others: readonly string[] = []): string => {
    const found = ids.filter((id) => !others.includes(id));
    return found.length === 0 ? '' : `; ${what}: ${found.join(', ')}`;
  };
  logger.info(
    `MONITOR_CONFIG is read again: ${serverCount(monitored.servers.length)}` +
      `${named('added', now, old)}${named('removed', old, now)}`,
  );
  await servers.change(monitored);
}
