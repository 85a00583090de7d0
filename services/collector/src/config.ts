import { readFileSync } from 'node:fs';
import {
  durableTarget,
  type Environment,
  type HealthPortPlace,
  healthPortPlace,
  type LoadedSettings,
  loadSettings,
  type LogSettings,
  type ParseResult,
  type RedisTarget,
  redisTarget,
  SettingsError,
} from '@mediamtx-monitor/runtime';
import type { AddressPrivacy } from '@mediamtx-monitor/types';
import type { KeptEntries } from './publish/index.ts';
import { type MonitorFile, checkMonitorFile, readMonitorFile } from './monitor-file.ts';
import type { ServerAbout, ServerEntry } from './server-entry.ts';
import { COLLECTOR_SETTINGS, SOURCE_SETTINGS } from './settings.ts';
import { checkSource, sourceOf } from './source-config.ts';

/** At least one. */
export type Several<Item> = readonly [Item, ...Item[]];

/** What is told of one MediaMTX. */
export interface ServerConfig extends Omit<ServerEntry, 'intervalSeconds' | 'about'> {
  readonly intervalSeconds: number;
  /** What its heads say of it, where MONITOR_CONFIG lists it; `null` = it is the one of the environment. */
  readonly listed: ServerAbout | null;
}

/** Which servers are polled, and what is said of their streams. A file that changes makes another one of it. */
export interface Monitored {
  /** Each with an id of its own. */
  readonly servers: Several<ServerConfig>;
  readonly monitorFile: MonitorFile;
}

/** Everything the collector is told by its environment. */
export interface CollectorConfig extends Monitored {
  /** Of servers of which nothing else is said. */
  readonly intervalSeconds: number;
  /** The file that MONITOR_CONFIG names, and what it is made of when it is another one; `null` = none is set. */
  readonly watched: WatchedFile | null;
  /** '' = none. */
  readonly jsonFile: string;
  readonly hysteresis: { readonly enterTicks: number; readonly leaveTicks: number };
  readonly addressPrivacy: AddressPrivacy;
  /** How much of addresses events and sessions keep. */
  readonly sessionAddresses: AddressPrivacy;
  readonly redis: RedisTarget & { readonly keyPrefix: string };
  /** Where events and sessions are kept; `null` = in the same Redis. */
  readonly durableRedis: RedisTarget | null;
  readonly kept: { readonly events: KeptEntries; readonly sessions: KeptEntries };
  /** Most streams of a server whose history is kept; 0 = none is. */
  readonly historyStreams: number;
  /** 0 = never. */
  readonly forgetAfterDays: number;
  readonly health: HealthPortPlace;
  readonly log: LogSettings;
  /** Sentences for the log. */
  readonly warnings: readonly string[];
}

/** A file that is read again when it changes. */
export interface WatchedFile {
  readonly path: string;
  /** Mistakes come with line and column. */
  readonly parse: (text: string) => ParseResult<Monitored>;
}

export const readFile = (path: string): string => readFileSync(path, 'utf8');

type CollectorSettings = LoadedSettings<typeof COLLECTOR_SETTINGS>;

/** Those of one server, which have no place beside a list of servers. */
const OF_ONE_SERVER: readonly (keyof CollectorSettings['values'])[] = [
  ...(Object.keys(SOURCE_SETTINGS) as (keyof typeof SOURCE_SETTINGS)[]),
  'MEDIAMTX_SERVER_ID',
];

/** The server that the environment names. */
function serverOf({ values, files }: CollectorSettings): ServerConfig {
  return {
    server: values.MEDIAMTX_SERVER_ID,
    mediamtx: sourceOf(values, readFile),
    secretFiles: files,
    intervalSeconds: values.POLL_INTERVAL_SECONDS,
    listed: null,
  };
}

/** What the file makes of it, beside the server of the environment; mistakes where both name servers. */
function monitoredBy(
  monitorFile: MonitorFile,
  own: ServerConfig,
  shown: CollectorSettings['shown'],
): ParseResult<Monitored> {
  const { servers = [] } = monitorFile;
  const [first, ...others] = servers.map(({ about, intervalSeconds, ...server }): ServerConfig => ({
    ...server,
    intervalSeconds: intervalSeconds ?? own.intervalSeconds,
    listed: about,
  }));
  if (first === undefined) return { value: { servers: [own], monitorFile }, mistakes: null };
  const mistakes = OF_ONE_SERVER.flatMap((name) =>
    shown[name] === undefined
      ? []
      : [`${name} is ${shown[name]}; allowed: not together with servers in MONITOR_CONFIG`],
  );
  if (mistakes.length > 0) return { value: null, mistakes };
  return { value: { servers: [first, ...others], monitorFile }, mistakes: null };
}

/**
 * Reads the collector's settings, and the file that MONITOR_CONFIG names.
 * @throws {SettingsError} with all mistakes at once
 */
export function loadConfig(env: Environment): CollectorConfig {
  const settings = loadSettings(COLLECTOR_SETTINGS, env, { readFile, check: checkSource });
  const { values } = settings;
  const redis = redisTarget(settings, readFile);
  const durable = durableTarget(settings, readFile);
  const { MONITOR_CONFIG: path, LOG_LEVEL, LOG_FORMAT, LOG_FILE, LOG_FILE_MAX_MB } = values;
  const own = serverOf(settings);
  const parse = (text: string): ParseResult<Monitored> => {
    const file = checkMonitorFile(text, path ?? '');
    return file.mistakes === null ? monitoredBy(file.value, own, settings.shown) : file;
  };
  const read = monitoredBy(readMonitorFile(path), own, settings.shown);
  if (read.mistakes !== null) throw new SettingsError(read.mistakes);
  const { servers, monitorFile } = read.value;
  return {
    servers,
    monitorFile,
    intervalSeconds: values.POLL_INTERVAL_SECONDS,
    watched: path === undefined ? null : { path, parse },
    jsonFile: values.JSON_FILE,
    hysteresis: { enterTicks: values.HEALTH_ENTER_TICKS, leaveTicks: values.HEALTH_LEAVE_TICKS },
    addressPrivacy: values.REMOTE_ADDR,
    sessionAddresses: values.SESSION_ADDRESSES,
    redis: { ...redis, keyPrefix: values.REDIS_KEY_PREFIX },
    durableRedis: durable.url === redis.url ? null : durable,
    kept: {
      events: { days: values.EVENTS_KEPT_DAYS, max: values.EVENTS_MAX },
      sessions: { days: values.SESSIONS_KEPT_DAYS, max: values.SESSIONS_MAX },
    },
    historyStreams: values.HISTORY_MAX_STREAMS,
    forgetAfterDays: values.FORGET_SERVERS_AFTER_DAYS,
    health: healthPortPlace(values),
    log: { LOG_LEVEL, LOG_FORMAT, LOG_FILE, LOG_FILE_MAX_MB },
    warnings: [
      ...settings.warnings,
      ...servers.flatMap(({ mediamtx }) => mediamtx.warnings),
      ...monitorFile.warnings,
    ],
  };
}
