import { isDeepStrictEqual } from 'node:util';
import type { Redis } from 'ioredis';
import { watchFile } from '../files/file-watch.ts';
import type { Logger } from '../log/logger.ts';
import { REDIS_SETTINGS } from '../settings/redis.ts';
import { secretFile } from '../settings/secret-file.ts';
import { parseRedisUrl } from './address.ts';

const CHECK_MS = 1_000;

interface UrlFile {
  readonly url: string;
  /** `undefined` where the address didn't come from a file. */
  readonly urlFile?: string | undefined;
  readonly logger: Logger;
  readonly purpose: string;
}

/**
 * Lets a connection come as whoever the file of its address says, also after that was changed, for as long as the
 * connection lives.
 */
export function followUrlFile(redis: Redis, { url, urlFile, logger, purpose }: UrlFile): void {
  if (urlFile === undefined) return;
  let current = url;
  const watch = watchFile({
    file: secretFile('REDIS_URL', REDIS_SETTINGS.REDIS_URL),
    path: urlFile,
    logger,
    checkMs: CHECK_MS,
    meanwhile: 'what it held before stays in use',
    onRead: (next, isMended) => {
      if (next === current && !isMended) return;
      if (next === current) logger.info(`REDIS_URL_FILE read again (${purpose}): the same as before`);
      else if (changeLogin(redis, current, next)) {
        current = next;
        logger.info(`REDIS_URL_FILE read again (${purpose}): another user or password`);
      } else {
        logger.error(`REDIS_URL_FILE names another Redis or database now (${purpose}): that takes a restart`);
      }
    },
  });
  redis.once('connecting', watch.start);
  redis.once('end', watch.stop);
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
