import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_KEY_PREFIX } from '@mediamtx-monitor/types';
import Joi from 'joi';
import { parseRedisUrl, RedisAddressError } from '../redis/address.ts';
import type { RedisOutages } from '../redis/outages.ts';
import { readCertificates } from './certificates.ts';
import { because, text } from './kinds.ts';
import type { LoadedSettings } from './load.ts';
import { type SettingKind, setting } from './setting.ts';
import { SettingsError } from './settings-error.ts';

const redisAddress = (allowed: string): SettingKind<string> => ({
  schema: Joi.string()
    .trim()
    .custom((value: string, helpers) => {
      try {
        parseRedisUrl(value);
        return value;
      } catch (error) {
        if (error instanceof RedisAddressError) return because(helpers, error.message);
        throw error;
      }
    }),
  allowed,
});

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

/** Which Redis to use, and how. */
export interface RedisTarget {
  readonly url: string;
  /** The setting that names it, for people; REDIS_URL unless given. */
  readonly setting?: keyof typeof REDIS_SETTINGS | keyof typeof DURABLE_REDIS_SETTINGS | undefined;
  /** The file that the address came from; another user or password in it holds without a restart. */
  readonly urlFile?: string | undefined;
  /** Certificates (PEM) of the authorities that are believed over TLS; without, those that the system knows. */
  readonly ca?: string | undefined;
  /** Told of each outage. */
  readonly outages?: RedisOutages | undefined;
}

type RedisSettings = LoadedSettings<Pick<typeof REDIS_SETTINGS, 'REDIS_URL' | 'REDIS_CA_FILE'>>;

/**
 * The Redis that the settings name.
 * @throws {SettingsError} when REDIS_CA_FILE isn't what it should be, or would have no effect
 */
export function redisTarget({ values, files }: RedisSettings, readFile: ReadFile): RedisTarget {
  const { REDIS_URL: url, REDIS_CA_FILE: caFile } = values;
  const durableUrl = 'REDIS_DURABLE_URL' in values ? values.REDIS_DURABLE_URL : undefined;
  const isUsed = [url, durableUrl].some((each) => typeof each === 'string' && parseRedisUrl(each).tls);
  if (caFile !== undefined && !isUsed) {
    throw new SettingsError([
      `REDIS_CA_FILE is "${caFile}"; allowed: only with a rediss:// address of Redis`,
    ]);
  }
  return { url, urlFile: files.REDIS_URL, ...certificates(url, caFile, readFile) };
}

/**
 * The Redis that keeps what must survive a restart: that of REDIS_DURABLE_URL, or else that of REDIS_URL.
 * @throws {SettingsError} as `redisTarget`
 */
export function durableTarget(
  settings: RedisSettings & LoadedSettings<typeof DURABLE_REDIS_SETTINGS>,
  readFile: ReadFile,
): RedisTarget {
  const { values, files } = settings;
  const { REDIS_URL, REDIS_DURABLE_URL: url, REDIS_CA_FILE: caFile } = values;
  if (url === undefined || isDeepStrictEqual(parseRedisUrl(url), parseRedisUrl(REDIS_URL))) {
    return redisTarget(settings, readFile);
  }
  return {
    url,
    setting: 'REDIS_DURABLE_URL',
    urlFile: files.REDIS_DURABLE_URL,
    ...certificates(url, caFile, readFile),
  };
}

type ReadFile = (path: string) => string;

function certificates(url: string, caFile: string | undefined, readFile: ReadFile): Pick<RedisTarget, 'ca'> {
  if (caFile === undefined || !parseRedisUrl(url).tls) return {};
  return { ca: readCertificates('REDIS_CA_FILE', caFile, readFile) };
}
