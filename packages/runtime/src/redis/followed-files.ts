import { isDeepStrictEqual } from 'node:util';
import { FileWatch } from '../files/file-watch.ts';
import type { Logger } from '../log/logger.ts';
import { DURABLE_REDIS_SETTINGS, REDIS_SETTINGS } from '../settings/redis.ts';
import type { SentinelTarget } from '../settings/redis-target.ts';
import { secretFile, secretWatch } from '../settings/secret-file.ts';
import { parseRedisUrl } from './address.ts';
import { isCluster, type RedisClient } from './client.ts';

const CHECK_MS = 1_000;
const URL_SETTINGS = { ...REDIS_SETTINGS, ...DURABLE_REDIS_SETTINGS };

interface UrlFile {
  readonly url: string;
  /** The setting of the address. */
  readonly setting: keyof typeof URL_SETTINGS;
  /** `undefined` where the address didn't come from a file. */
  readonly urlFile?: string | undefined;
  readonly logger: Logger;
  readonly purpose: string;
}

/** Who a connection comes as: another one, of the same Redis, when the file of its address says so. */
class ConnectionLogin {
  readonly #redis: RedisClient;
  readonly #options: UrlFile;
  #url: string;

  constructor(redis: RedisClient, options: UrlFile) {
    this.#redis = redis;
    this.#options = options;
    this.#url = options.url;
  }

  /** The file holds this address now; `isMended` after it was wrong. */
  follow(url: string, isMended: boolean): void {
    const { logger, purpose, setting } = this.#options;
    const isSame = url === this.#url;
    if (isSame && !isMended) return;
    if (isSame) logger.info(`${setting}_FILE read again (${purpose}): the same as before`);
    else if (changeLogin(this.#redis, this.#url, url)) {
      this.#url = url;
      logger.info(`${setting}_FILE read again (${purpose}): another user or password`);
    } else if (isCluster(this.#redis)) {
      logger.error(`${setting}_FILE says something else now (${purpose}): of a cluster that takes a restart`);
    } else {
      logger.error(`${setting}_FILE names another Redis or database now (${purpose}): that takes a restart`);
    }
  }
}

/**
 * Lets a connection come as whoever the file of its address says, also after that was changed, for as long as the
 * connection lives.
 */
export function followUrlFile(redis: RedisClient, options: UrlFile): void {
  const { urlFile, logger, setting } = options;
  if (urlFile === undefined) return;
  const login = new ConnectionLogin(redis, options);
  const watch = new FileWatch({
    file: secretFile(setting, URL_SETTINGS[setting]),
    path: urlFile,
    logger,
    checkMs: CHECK_MS,
    meanwhile: 'what it held before stays in use',
    onRead: (url, isMended) => {
      login.follow(url, isMended);
    },
  });
  follow(redis, watch);
}

interface SentinelPassword {
  readonly sentinel: SentinelTarget | undefined;
  readonly logger: Logger;
}

/** Lets a connection ask Sentinels with the password that its file has, also after that was changed. */
export function followSentinelPassword(redis: RedisClient, { sentinel, logger }: SentinelPassword): void {
  if (sentinel?.passwordFile === undefined || isCluster(redis)) return;
  const watch = secretWatch({
    name: 'REDIS_SENTINEL_PASSWORD',
    setting: REDIS_SETTINGS.REDIS_SENTINEL_PASSWORD,
    path: sentinel.passwordFile,
    logger,
    checkMs: CHECK_MS,
    value: () => redis.options.sentinelPassword,
    change: (sentinelPassword) => {
      Object.assign(redis.options, { sentinelPassword });
    },
  });
  follow(redis, watch);
}

/** Watches a file for as long as the connection lives. */
function follow(redis: RedisClient, watch: Pick<FileWatch<string>, 'start' | 'stop'>): void {
  redis.once('connecting', () => {
    watch.start();
  });
  redis.once('end', () => {
    watch.stop();
  });
}

/** Comes as another user, or with another password, at once; whether the address is that of the same Redis. */
function changeLogin(redis: RedisClient, before: string, after: string): boolean {
  // To what it connects later, a cluster's connection would still come as before.
  if (isCluster(redis)) return false;
  const { username, password } = parseRedisUrl(after);
  if (!isDeepStrictEqual(parseRedisUrl(after), { ...parseRedisUrl(before), username, password }))
    return false;
  Object.assign(redis.options, { username: username ?? undefined, password: password ?? undefined });
  if (['ready', 'connect', 'connecting'].includes(redis.status)) redis.disconnect(true);
  return true;
}
