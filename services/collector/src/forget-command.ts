import { setTimeout as delay } from 'node:timers/promises';
import { EXIT_CODES, redisNames, STALE_INTERVALS, type SubjectKind } from '@mediamtx-monitor/types';
import {
  asError,
  assertConnected,
  connectPatiently,
  createCommandConnection,
  type Environment,
  loadSettings,
  type Logger,
  type RedisTarget,
} from '@mediamtx-monitor/runtime';
import { DURABLE_REDIS_SETTINGS, LOG_SETTINGS, REDIS_SETTINGS } from '@mediamtx-monitor/runtime/settings';
import {
  createStoredHosts,
  createStoredServers,
  type StoredSubject,
  type StoredSubjects,
} from './forget/index.ts';
import { readFile } from './config.ts';

const PATIENCE_MS = 5_000;
/** Whoever has published since is alive. */
const ALIVE_MS = 60_000;
/** Longest time for which it is watched whether something publishes: 3 of the longest intervals there are. */
const MAX_WATCH_MS = 180_000;

/** What the command is told by the environment: only where both Redis are. */
export function loadForgetConfig(env: Environment) {
  return loadSettings({ ...REDIS_SETTINGS, ...DURABLE_REDIS_SETTINGS, ...LOG_SETTINGS }, env, { readFile });
}

export interface ForgetOptions {
  readonly redis: RedisTarget & { readonly keyPrefix: string };
  /** Where events are kept; `null` = in the same Redis. */
  readonly durableRedis: RedisTarget | null;
  readonly kind: SubjectKind;
  readonly id: string;
  readonly logger: Logger;
}

/** Removes from Redis all there is of a server or host that is gone for good; resolves with the exit code. */
export async function runForget({
  redis: { keyPrefix, ...target },
  durableRedis,
  kind,
  id,
  logger,
}: ForgetOptions): Promise<number> {
  const redis = createCommandConnection({ ...target, logger, commandTimeoutMs: PATIENCE_MS });
  const durable =
    durableRedis === null || kind === 'host'
      ? redis
      : createCommandConnection({
          ...durableRedis,
          logger,
          commandTimeoutMs: PATIENCE_MS,
          purpose: 'durable',
        });
  const names = redisNames(keyPrefix, target.isCluster);
  const subjects =
    kind === 'host' ? createStoredHosts(redis, names) : createStoredServers(redis, names, durable);
  const refuse = (why: string): number => {
    logger.error(`not forgotten: ${why}`);
    return EXIT_CODES.failed;
  };
  try {
    for (const each of new Set([redis, durable])) {
      await connectPatiently(each, PATIENCE_MS);
      assertConnected(each);
    }
    const found = await subjects.find(id);
    if (found === undefined) {
      const listed = (await subjects.list()).sort().join(', ');
      return refuse(`there is no ${kind} "${id}" in Redis; there is: ${listed === '' ? 'none' : listed}`);
    }
    const alive = `${kind} "${id}" is alive: it has just published. Stop what publishes it first`;
    const [seconds] = await redis.time();
    if (await isAlive(subjects, found, Number(seconds) * 1_000)) return refuse(alive);
    const removed = await subjects.remove(found);
    if (removed === null) return refuse(alive);
    logger.info(`${kind} "${id}" is forgotten; removed: ${removed.join(', ')}`);
    return EXIT_CODES.done;
  } catch (error) {
    logger.error(`not forgotten: Redis did not do it: ${asError(error).message}`);
    return EXIT_CODES.redisUnreachable;
  } finally {
    redis.disconnect();
    durable.disconnect();
  }
}

/** Of what a clock dates that is ahead, only a second look can tell. */
async function isAlive(
  subjects: StoredSubjects,
  { id, mark, publishedAtMs, intervalMs }: StoredSubject,
  redisNowMs: number,
): Promise<boolean> {
  if (publishedAtMs === null || redisNowMs - publishedAtMs >= ALIVE_MS) return false;
  if (publishedAtMs <= redisNowMs + ALIVE_MS) return true;
  await delay(Math.min(STALE_INTERVALS * intervalMs, MAX_WATCH_MS));
  return (await subjects.find(id))?.mark !== mark;
}
