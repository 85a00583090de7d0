import { isDeepStrictEqual } from 'node:util';
import { type HostPort, masterIn, parseRedisUrl } from '../redis/address.ts';
import type { RedisOutages } from '../redis/outages.ts';
import { readCertificates, readOwnCertificate } from './certificates.ts';
import type { LoadedSettings } from './load.ts';
import type { DURABLE_REDIS_SETTINGS, REDIS_SETTINGS } from './redis.ts';
import { SettingsError } from './settings-error.ts';

/** The Sentinels that know where a master is, and as whom to ask them. */
export interface SentinelTarget {
  readonly places: readonly HostPort[];
  /** What they know the master as. */
  readonly master: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** The file that the password came from; another one in it holds without a restart. */
  readonly passwordFile?: string | undefined;
  readonly tls: boolean;
}

/** Which Redis to use, and how. */
export interface RedisTarget {
  readonly url: string;
  /** The setting that names it, for people; REDIS_URL unless given. */
  readonly setting?: keyof typeof REDIS_SETTINGS | keyof typeof DURABLE_REDIS_SETTINGS | undefined;
  /** The file that the address came from; another user or password in it holds without a restart. */
  readonly urlFile?: string | undefined;
  /** Certificates (PEM) of the authorities that are believed over TLS; without, those that the system knows. */
  readonly ca?: string | undefined;
  /** What is shown to a Redis that asks for a certificate, and its private key (PEM). */
  readonly own?: { readonly cert: string; readonly key: string } | undefined;
  /** Who is asked where it is; the address has but its master's name then. */
  readonly sentinel?: SentinelTarget | undefined;
  /** Whether it is a cluster, of which the address names nodes. */
  readonly isCluster?: boolean | undefined;
  /** Told of each outage. */
  readonly outages?: RedisOutages | undefined;
}

type RedisSettings = LoadedSettings<Omit<typeof REDIS_SETTINGS, 'REDIS_KEY_PREFIX'>>;
type ReadFile = (path: string) => string;

/**
 * The Redis that the settings name.
 * @throws {SettingsError} when settings don't go together, or certificates aren't what they should be
 */
export function redisTarget(settings: RedisSettings, readFile: ReadFile): RedisTarget {
  const { values, files } = settings;
  const { REDIS_URL: url } = values;
  const durableUrl = 'REDIS_DURABLE_URL' in values ? values.REDIS_DURABLE_URL : undefined;
  const urls = [url, durableUrl].filter((each) => typeof each === 'string');
  const mistakes = mistakesIn(settings, urls);
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  return { url, urlFile: files.REDIS_URL, ...accessOf(url, settings, readFile) };
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
  const { REDIS_URL, REDIS_DURABLE_URL: url } = values;
  if (url === undefined || isDeepStrictEqual(parseRedisUrl(url), parseRedisUrl(REDIS_URL))) {
    return redisTarget(settings, readFile);
  }
  return {
    url,
    setting: 'REDIS_DURABLE_URL',
    urlFile: files.REDIS_DURABLE_URL,
    ...accessOf(url, settings, readFile),
  };
}

/** What would have no effect is a mistake, since whoever set it means something by it. */
function mistakesIn({ values }: RedisSettings, urls: readonly string[]): string[] {
  const { REDIS_CA_FILE, REDIS_CLIENT_CERT_FILE, REDIS_CLIENT_KEY_FILE } = values;
  const { REDIS_SENTINELS, REDIS_SENTINEL_USER, REDIS_SENTINEL_PASSWORD, REDIS_SENTINEL_TLS } = values;
  const hasSentinels = REDIS_SENTINELS !== undefined;
  const isCluster = values.REDIS_CLUSTER === 'true';
  const isTls = REDIS_SENTINEL_TLS === 'true' || urls.some((url) => parseRedisUrl(url).tls);
  const addresses = urls.map(parseRedisUrl);
  const mistakes: string[] = [];
  const refuse = (isWrong: boolean, name: string, value: string, allowed: string): void => {
    if (isWrong) mistakes.push(`${name} is ${value}; allowed: ${allowed}`);
  };
  for (const [name, value] of Object.entries({ REDIS_CA_FILE, REDIS_CLIENT_CERT_FILE })) {
    const isUsed = value === undefined || isTls;
    refuse(
      !isUsed,
      name,
      `"${value ?? ''}"`,
      'only with a rediss:// address of Redis, or REDIS_SENTINEL_TLS=true',
    );
  }
  const pair = [REDIS_CLIENT_CERT_FILE, REDIS_CLIENT_KEY_FILE];
  const hasHalf = pair.includes(undefined) && pair.some((path) => path !== undefined);
  refuse(hasHalf, 'one of REDIS_CLIENT_CERT_FILE and REDIS_CLIENT_KEY_FILE', 'not set', 'both, or neither');
  const isMasterNamed = urls.some((url) => masterIn(url) !== null);
  const named = 'only where REDIS_URL or REDIS_DURABLE_URL names a master as its host without a port';
  refuse(hasSentinels && !isMasterNamed, 'REDIS_SENTINELS', 'set', `${named}, as in redis://mymaster`);
  const login = { REDIS_SENTINEL_USER, REDIS_SENTINEL_PASSWORD };
  for (const [name, value] of Object.entries(login)) {
    refuse(value !== undefined && !hasSentinels, name, 'set', 'only with REDIS_SENTINELS');
  }
  const hasUserAlone = REDIS_SENTINEL_USER !== undefined && REDIS_SENTINEL_PASSWORD === undefined;
  refuse(hasUserAlone && hasSentinels, 'REDIS_SENTINEL_USER', 'set', 'only with REDIS_SENTINEL_PASSWORD');
  refuse(
    REDIS_SENTINEL_TLS === 'true' && !hasSentinels,
    'REDIS_SENTINEL_TLS',
    'true',
    'only with REDIS_SENTINELS',
  );
  refuse(isCluster && hasSentinels, 'REDIS_CLUSTER', 'true', 'not together with REDIS_SENTINELS');
  const areNodes = addresses.every(({ socket, database }) => socket === null && database === 0);
  refuse(
    isCluster && !areNodes,
    'REDIS_CLUSTER',
    'true',
    'not with a unix socket, nor with a database but 0',
  );
  const hasSeveral = addresses.some(({ others }) => others.length > 0);
  refuse(hasSeveral && !isCluster, 'an address with several hosts', 'set', 'only with REDIS_CLUSTER=true');
  return mistakes;
}

type RedisAccess = Pick<RedisTarget, 'ca' | 'own' | 'sentinel' | 'isCluster'>;

/** How the Redis of an address is reached. */
function accessOf(url: string, { values, files }: RedisSettings, readFile: ReadFile): RedisAccess {
  const { REDIS_CA_FILE, REDIS_CLIENT_CERT_FILE, REDIS_CLIENT_KEY_FILE } = values;
  const { REDIS_SENTINELS: places, REDIS_SENTINEL_USER, REDIS_SENTINEL_PASSWORD } = values;
  const { tls } = parseRedisUrl(url);
  const master = masterIn(url);
  const sentinel: SentinelTarget | null =
    places === undefined || master === null
      ? null
      : {
          places,
          master,
          username: REDIS_SENTINEL_USER,
          password: REDIS_SENTINEL_PASSWORD,
          passwordFile: files.REDIS_SENTINEL_PASSWORD,
          tls: values.REDIS_SENTINEL_TLS === 'true',
        };
  const isTls = tls || sentinel?.tls === true;
  return {
    ...(isTls &&
      REDIS_CA_FILE !== undefined && { ca: readCertificates('REDIS_CA_FILE', REDIS_CA_FILE, readFile) }),
    ...(isTls &&
      REDIS_CLIENT_CERT_FILE !== undefined &&
      REDIS_CLIENT_KEY_FILE !== undefined && {
        own: readOwnCertificate(
          { setting: 'REDIS_CLIENT_CERT_FILE', path: REDIS_CLIENT_CERT_FILE },
          { setting: 'REDIS_CLIENT_KEY_FILE', path: REDIS_CLIENT_KEY_FILE },
          readFile,
        ),
      }),
    ...(sentinel !== null && { sentinel }),
    ...(values.REDIS_CLUSTER === 'true' && { isCluster: true }),
  };
}
