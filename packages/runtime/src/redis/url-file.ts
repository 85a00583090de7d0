import { isDeepStrictEqual } from 'node:util';
import type { Redis } from 'ioredis';
import { FileWatch } from '../files/file-watch.ts';
import type { Logger } from '../log/logger.ts';
import { DURABLE_REDIS_SETTINGS, REDIS_SETTINGS } from '../settings/redis.ts';
import { secretFile } from '../settings/secret-file.ts';
import { parseRedisUrl } from './address.ts';

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
  readonly #redis: Redis;
  readonly #options: UrlFile;
  #url: string;

  constructor(redis: Redis, options: UrlFile) {
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
    } else {
      logger.error(`${setting}_FILE names another Redis or database now (${purpose}): that takes a restart`);
    }
  }
}

/**
 * Lets a connection come as whoever the file of its address says, also after that was changed, for as long as the
 * connection lives.
 */
export function followUrlFile(redis: Redis, options: UrlFile): void {
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
  redis.once('connecting', () => {
    watch.start();
  });
  redis.once('end', () => {
    watch.stop();
  });
}

/** Comes as another user, or with another password, at once; whether the address is that of the same Redis. */
function changeLogin(redis: Redis, before: string, after: string): boolean {
  const { username, password } = parseRedisUrl(after);
  if (!isDeepStrictEqual(parseRedisUrl(after), { ...parseRedisUrl(before), username, password }))
    return false;
  Object.assign(redis.options, { username: username ?? undefined, password: password ?? undefined });
  if (['ready', 'connect', 'connecting'].includes(redis.status)) redis.disconnect(true);
  return true;
}
