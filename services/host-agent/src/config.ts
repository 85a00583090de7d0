import { join } from 'node:path';
import {
  durableTarget,
  type Environment,
  type HealthPortPlace,
  healthPortPlace,
  isContainer,
  loadSettings,
  type LogSettings,
  type RedisTarget,
  redisTarget,
  type Surroundings,
} from '@mediamtx-monitor/runtime';
import { HOST_AGENT_SETTINGS } from './settings.ts';

/** Everything the agent is told by its environment. */
export interface HostAgentConfig {
  /** Host id. */
  readonly host: string;
  /** Where the host's root is mounted here. */
  readonly root: string;
  readonly sees: 'host' | 'container';
  readonly intervalSeconds: number;
  readonly redis: RedisTarget & { readonly keyPrefix: string };
  /** Where its history is kept; `null` = in the same Redis. */
  readonly durableRedis: RedisTarget | null;
  readonly health: HealthPortPlace;
  readonly log: LogSettings;
  /** Sentences for the log. */
  readonly warnings: readonly string[];
}

/** What of the machine decides over settings. */
export interface HostSurroundings extends Surroundings {
  readonly hostName: () => string;
}

const MAX_ID_LENGTH = 32;

/** Makes a host id of a host name: `Media_1.example.com` becomes `media-1-example-com`. */
export function hostIdOf(hostName: string): string {
  const id = hostName
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_ID_LENGTH)
    .replaceAll(/^-+|-+$/g, '');
  return id === '' ? 'unnamed' : id;
}

/** The name of the host itself: a container has one of its own. */
function hostNameBelow(root: string, { readFile, hostName }: HostSurroundings): string {
  if (root === '/') return hostName();
  try {
    return readFile(join(root, 'etc/hostname')).trim() || hostName();
  } catch {
    return hostName();
  }
}

const CONTAINER_WARNING =
  'this is a container that can’t see its host: disks, network and processes stay unknown. ' +
  'Mount / of the host at /host and set HOST_ROOT=/host';

/**
 * Reads the agent's settings.
 * @throws {SettingsError} with all mistakes at once
 */
export function loadConfig(env: Environment, machine: HostSurroundings): HostAgentConfig {
  const { readFile, exists } = machine;
  const settings = loadSettings(HOST_AGENT_SETTINGS, env, { readFile });
  const { values, warnings } = settings;
  const root = values.HOST_ROOT.replace(/(?<=.)\/+$/, '');
  const sees = root === '/' && isContainer(env, machine) ? 'container' : 'host';
  const isBlind = !exists(join(root, 'proc/stat'));
  const { LOG_LEVEL, LOG_FORMAT, LOG_FILE, LOG_FILE_MAX_MB } = values;
  const [redis, durable] = [redisTarget(settings, readFile), durableTarget(settings, readFile)];
  return {
    host: values.HOST_ID ?? hostIdOf(hostNameBelow(root, machine)),
    root,
    sees,
    intervalSeconds: values.HOST_INTERVAL_SECONDS,
    redis: { ...redis, keyPrefix: values.REDIS_KEY_PREFIX },
    durableRedis: durable.url === redis.url ? null : durable,
    health: healthPortPlace(values),
    log: { LOG_LEVEL, LOG_FORMAT, LOG_FILE, LOG_FILE_MAX_MB },
    warnings: [
      ...warnings,
      ...(sees === 'container' ? [CONTAINER_WARNING] : []),
      ...(isBlind
        ? [`HOST_ROOT is "${root}", where there is no proc/stat: most of the host stays unknown`]
        : []),
    ],
  };
}
