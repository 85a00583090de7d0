import { createHash, randomUUID } from 'node:crypto';
import type { RedisNames } from '@mediamtx-monitor/types';
import {
  type Clock,
  type Logger,
  Loop,
  type LoopStats,
  type Part,
  type RedisClient,
} from '@mediamtx-monitor/runtime';
import type { CollectorConfig, Monitored, ServerConfig } from './config.ts';
import { createCredentialsWatch } from './credentials-watch.ts';
import { DEFAULT_THRESHOLDS, type DeriveSettings, RECONNECT_WINDOW_MS } from './derive/index.ts';
import { readItem } from './normalise.ts';
import { Poller } from './poll/index.ts';
import {
  createServerHistory,
  EventOutbox,
  type JoinedFile,
  RedisPublisher,
  type RedisPublisherOptions,
  writeJsonFile,
} from './publish/index.ts';
import { EventJournal } from './server/event-journal.ts';
import { ServerCollector, type ServerCollectorOptions, type TimedReport } from './server/server-collector.ts';
import type { Tenure } from './sharing/index.ts';
import { createStreamSettings } from './stream-settings.ts';

/** What the servers of a collector share. */
export interface SharedParts {
  readonly config: CollectorConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly userId: number | undefined;
  readonly inContainer: boolean;
  readonly redis: RedisClient;
  /** What must survive; it may be the same. */
  readonly durable: RedisClient;
  readonly names: RedisNames;
  readonly commandTimeoutMs: number;
  readonly role: RedisPublisherOptions['role'];
  /** Whether each is polled once, by whom no events are written. */
  readonly isOnlyPoll: boolean;
  /** The JSON file of servers that MONITOR_CONFIG lists. */
  readonly joinedFile: JoinedFile;
}

/** One MediaMTX that is polled, with all that goes with it. */
export interface OneServer {
  readonly config: ServerConfig;
  readonly collector: ServerCollector;
  /** Write down what happens, keep what was, and keep credentials as their files say. */
  readonly keepers: readonly Part[];
}

/** It, with the loop that polls it for as long as it is ours. */
export interface PolledServer extends OneServer {
  readonly loop: Loop;
  readonly tenure: Tenure;
}

/** How its last tick and its schedule went. */
export const healthOf = ({ collector, loop }: PolledServer): ServerCollector['health'] & LoopStats => ({
  ...collector.health,
  ...loop.stats,
});

const MS_PER_SECOND = 1_000;
/** Part of the interval after which a command to Redis has failed. */
export const COMMAND_TIMEOUT_SHARE = 0.75;

/** What derivation is told of a server. */
export function derivationOf(
  config: CollectorConfig,
  { monitorFile }: Pick<Monitored, 'monitorFile'>,
  server: string,
): DeriveSettings {
  const { hysteresis, sessionAddresses } = config;
  return {
    server,
    hysteresis,
    reconnectWindowMs: RECONNECT_WINDOW_MS,
    sessionAddresses,
    ...createStreamSettings(DEFAULT_THRESHOLDS, monitorFile, server),
  };
}

/**
 * Wires poll → normalise → derive → publish for one server.
 * @param mayWrite whether what was seen may be written down now
 */
export function createOneServer(
  server: ServerConfig,
  monitored: Pick<Monitored, 'monitorFile'>,
  shared: SharedParts,
  mayWrite: () => boolean = () => true,
): OneServer {
  const { config, clock, redis, durable, names, role, isOnlyPoll, inContainer } = shared;
  const { server: id, mediamtx, secretFiles, listed } = server;
  const intervalMs = server.intervalSeconds * MS_PER_SECOND;
  const logger = listed === null ? shared.logger : tagged(shared.logger, id);
  const derivation = derivationOf(config, monitored, id);
  const { addressPrivacy, historyStreams: most } = config;
  const history =
    most > 0 && !isOnlyPoll
      ? createServerHistory({
          ...{ live: redis, durable, names, server: id, clock, intervalMs, mayWrite },
          logger,
          most,
        })
      : null;
  const outbox = new EventOutbox({ redis: durable, clock, names, server: id, owner: randomUUID() });
  const events = isOnlyPoll
    ? null
    : new EventJournal({ outbox, clock, logger, derivation, intervalMs, mayWrite });
  const collector = new ServerCollector({
    url: mediamtx.url,
    poller: new Poller({
      ...mediamtx,
      inContainer,
      intervalMs,
      monotonicMs: clock.monotonicMs,
      isOnlyPoll,
      readItem: (list, item) => readItem(list, item, addressPrivacy),
    }),
    publisher: new RedisPublisher({
      ...{ redis, names, server: id, clock, role },
      commandTimeoutMs: Math.min(shared.commandTimeoutMs, intervalMs * COMMAND_TIMEOUT_SHARE),
    }),
    file: fileOf(server, shared),
    history,
    mayWrite,
    clock,
    logger,
    derivation,
    about: listed ?? {},
    events,
    addressPrivacy,
    intervalMs,
  });
  const { credentials } = mediamtx;
  const watches = createCredentialsWatch({
    ...{ credentials, files: secretFiles, logger },
    isListed: listed !== null,
  });
  return { config: server, collector, keepers: [events ?? [], history ?? [], watches].flat() };
}

/** Has a server polled in a loop of its own while it is ours, so that one that is slow or silent holds up no other. */
export function createPolledServer(
  one: OneServer,
  tenure: Tenure,
  { clock, logger: all }: Pick<SharedParts, 'clock' | 'logger'>,
  onTick: (report: TimedReport) => void,
): PolledServer {
  const { config, collector } = one;
  const { server, intervalSeconds, listed } = config;
  const logger = listed === null ? all : tagged(all, server);
  const tick = async (): Promise<void> => {
    if (!(await tenure.mayPoll(collector.epoch))) return;
    const startedMs = clock.monotonicMs();
    const report = await collector.tick();
    onTick(report);
    tenure.ticked(report.redis, startedMs);
  };
  const offsetMs = listed === null ? 0 : offsetOf(server, intervalSeconds * MS_PER_SECOND);
  return { ...one, tenure, loop: new Loop({ intervalSeconds, offsetMs, clock, logger, tick }) };
}

/** How long after each slot a server is polled, in ms: the same whichever others there are, and spread over the interval. */
export function offsetOf(server: string, intervalMs: number): number {
  return createHash('sha256').update(server).digest().readUInt32BE() % intervalMs;
}

function fileOf(
  { server, listed }: ServerConfig,
  { config: { jsonFile: path }, joinedFile, userId }: SharedParts,
): ServerCollectorOptions['file'] {
  if (path === '') return null;
  if (listed === null) {
    return {
      path,
      write: async (json) => {
        await writeJsonFile(path, json, userId);
        return 'written';
      },
    };
  }
  return {
    path,
    write: (json) => {
      joinedFile.put(server, json);
      return Promise.resolve(null);
    },
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
