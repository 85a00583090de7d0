import { parseRedisUrl } from '../redis/address.ts';
import type { RedisOutages } from '../redis/outages.ts';
import { readCertificates } from './certificates.ts';
import type { LoadedSettings } from './load.ts';
import { SettingsError } from './settings-error.ts';

/** Which Redis to use, and how. */
export interface RedisTarget {
  readonly url: string;
  /** The file that the address came from; another user or password in it holds without a restart. */
  readonly urlFile?: string | undefined;
  /** Certificates (PEM) of the authorities that are believed over TLS; without, those that the system knows. */
  readonly ca?: string | undefined;
  /** Told of each outage. */
  readonly outages?: RedisOutages | undefined;
}

/**
 * The Redis that the settings name.
 * @throws {SettingsError} when REDIS_CA_FILE isn't what it should be, or would have no effect
 */
export function redisTarget(
  { values, files }: LoadedSettings<'REDIS_URL' | 'REDIS_CA_FILE'>,
  readFile: (path: string) => string,
): RedisTarget {
  const { REDIS_URL: url, REDIS_CA_FILE: caFile } = values;
  const target = { url, urlFile: files.REDIS_URL };
  if (caFile === undefined) return target;
  if (!parseRedisUrl(url).tls) {
    throw new SettingsError([
      `REDIS_CA_FILE is "${caFile}"; allowed: only with a rediss:// address in REDIS_URL`,
    ]);
  }
  return { ...target, ca: readCertificates('REDIS_CA_FILE', caFile, readFile) };
}
