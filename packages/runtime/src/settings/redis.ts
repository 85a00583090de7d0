import { DEFAULT_KEY_PREFIX } from '@mediamtx-monitor/types';
import Joi from 'joi';
import { type HostPort, parseRedisUrl, readHostPort, RedisAddressError } from '../redis/address.ts';
import { because, FILE_PATH, list, oneOf, text } from './kinds.ts';
import { type SettingKind, setting } from './setting.ts';

const orRefused = (helpers: Joi.CustomHelpers, read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    if (error instanceof RedisAddressError) return because(helpers, error.message);
    throw error;
  }
};

const redisAddress = (allowed: string): SettingKind<string> => ({
  schema: Joi.string()
    .trim()
    .custom((value: string, helpers) =>
      orRefused(helpers, () => {
        parseRedisUrl(value);
        return value;
      }),
    ),
  allowed,
});

const SENTINEL_PORT = 26_379;

/** Where a Sentinel listens. */
const sentinelPlace = Joi.custom((value: string, helpers) =>
  orRefused(helpers, () => readHostPort(value, SENTINEL_PORT) ?? helpers.error('any.invalid')),
);

const YES_OR_NO = oneOf('true', 'false');

/** Where every service finds Redis, and its keys in there. */
export const REDIS_SETTINGS = {
  REDIS_URL: setting({
    kind: redisAddress(
      'a redis://, rediss:// or unix:// address, as in redis://user:password@host:6379/0, with user and password ' +
        'percent-encoded',
    ),
    default: 'redis://127.0.0.1:6379',
    description: 'Address of Redis',
    secret: true,
  }),
  REDIS_CA_FILE: setting({
    kind: text('a path of a file in PEM; only with a rediss:// address'),
    description: 'Certificate of the authority that stands for that of Redis',
  }),
  REDIS_CLIENT_CERT_FILE: setting({
    kind: FILE_PATH,
    description: 'Own certificate (PEM), for a Redis that asks for one over TLS',
  }),
  REDIS_CLIENT_KEY_FILE: setting({
    kind: FILE_PATH,
    description: 'Private key (PEM, without a passphrase) of `REDIS_CLIENT_CERT_FILE`',
  }),
  REDIS_SENTINELS: setting({
    kind: list<HostPort>(sentinelPlace, 'host:port, with commas in between (26379 where there is no port)'),
    description:
      'Sentinels, which know where the master is: its name stands in `REDIS_URL` as a host without a port, as in ' +
      '`redis://:password@mymaster`',
  }),
  REDIS_SENTINEL_USER: setting({
    kind: text('only with REDIS_SENTINEL_PASSWORD'),
    description: 'As whom to ask Sentinels',
  }),
  REDIS_SENTINEL_PASSWORD: setting({
    kind: text('only with REDIS_SENTINELS'),
    description: 'Password of the Sentinels, which isn’t that of Redis',
    secret: true,
  }),
  REDIS_SENTINEL_TLS: setting({
    kind: YES_OR_NO,
    default: 'false',
    description: 'Whether Sentinels are asked over TLS',
  }),
  REDIS_CLUSTER: setting({
    kind: YES_OR_NO,
    default: 'false',
    description:
      'Whether Redis is a cluster, both of `REDIS_URL` and of `REDIS_DURABLE_URL`; these may name several nodes then, as ' +
      'in `redis://10.0.0.1:6379,10.0.0.2:6379`. Keys have other names in a cluster',
  }),
  REDIS_KEY_PREFIX: setting({
    kind: text('1 to 64 letters, digits, dots, colons, hyphens or underscores', /^[A-Za-z0-9._:-]{1,64}$/),
    default: DEFAULT_KEY_PREFIX,
    description: 'What the names of all keys and channels begin with',
  }),
};

/** Where what must survive a restart is kept. */
export const DURABLE_REDIS_SETTINGS = {
  REDIS_DURABLE_URL: setting({
    kind: redisAddress('an address as for REDIS_URL'),
    description:
      'Address of a Redis that keeps what must survive a restart; without it `REDIS_URL` is that, too',
    secret: true,
  }),
};
