import { readCertificates } from '@mediamtx-monitor/runtime';
import { type ApiCredentials, SYSTEM_TRUST, type Trust } from './poll/index.ts';
import type { SourceSettings } from './settings.ts';

/** The MediaMTX to ask. */
export interface SourceConfig {
  /** Without user, password and trailing slash. */
  readonly url: string;
  readonly credentials: ApiCredentials | null;
  /** Which certificate is believed, where it is asked over TLS. */
  readonly trust: Trust;
  /** Sentences about what was understood, though it isn't as it should be. */
  readonly warnings: readonly string[];
}

/** Paths of the files that secrets of these settings came from. */
export type SecretFiles = { readonly [Name in 'MEDIAMTX_API_PASSWORD' | 'MEDIAMTX_API_TOKEN']?: string };

/** Mistakes between these settings. */
export function checkSource(values: Partial<SourceSettings>): string[] {
  const { MEDIAMTX_API_USER: user, MEDIAMTX_API_PASSWORD: password, MEDIAMTX_API_TOKEN: token } = values;
  const mistakes: string[] = [];
  if (token !== undefined && (user !== undefined || password !== undefined)) {
    mistakes.push(
      'MEDIAMTX_API_TOKEN is (hidden); allowed: not together with MEDIAMTX_API_USER or _PASSWORD',
    );
  }
  if (password !== undefined && user === undefined) {
    mistakes.push('MEDIAMTX_API_PASSWORD is (hidden); allowed: only together with MEDIAMTX_API_USER');
  }
  return [...mistakes, ...checkTrust(values)];
}

function checkTrust(values: Partial<SourceSettings>): string[] {
  const { MEDIAMTX_API_URL: url, MEDIAMTX_API_CA_FILE: caFile, MEDIAMTX_API_FINGERPRINT: print } = values;
  const given = { MEDIAMTX_API_CA_FILE: caFile, MEDIAMTX_API_FINGERPRINT: print };
  const names = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (names.length > 1) return [`${names.join(' and ')} are both set; set one of them`];
  if (url === undefined || new URL(url).protocol === 'https:') return [];
  return names.map((name) => `${name} is set; allowed: only with an https:// address in MEDIAMTX_API_URL`);
}

/** What ends an address that goes on to the API's own paths: everybody's first guess, and in many a public example. */
const API_PATH = /\/v3(?:\/.*)?$/;

/**
 * The server that the settings name.
 * @throws {SettingsError} when the file with certificates isn't what it should be
 */
export function sourceOf(values: SourceSettings, readFile: (path: string) => string): SourceConfig {
  const url = new URL(values.MEDIAMTX_API_URL);
  const { given, base } = addressOf(url);
  const warnings =
    base === given
      ? []
      : [`MEDIAMTX_API_URL ends with a path of the API, which is left out: write MEDIAMTX_API_URL=${base}`];
  return { url: base, credentials: credentialsOf(values, url), trust: trustOf(values, readFile), warnings };
}

function trustOf(values: SourceSettings, readFile: (path: string) => string): Trust {
  const { MEDIAMTX_API_CA_FILE: caFile, MEDIAMTX_API_FINGERPRINT: fingerprint } = values;
  return trustIn(
    fingerprint,
    caFile === undefined ? undefined : readCertificates('MEDIAMTX_API_CA_FILE', caFile, readFile),
  );
}

/** What is believed: a fingerprint, else those that these authorities (PEM) stand for, else what the system knows. */
export function trustIn(fingerprint: string | undefined, pem: string | undefined): Trust {
  if (fingerprint !== undefined) return { kind: 'fingerprint', fingerprint };
  return pem === undefined ? SYSTEM_TRUST : { kind: 'authority', pem };
}

/** Credentials from their settings, else from the address (`http://user:password@host`). */
function credentialsOf(values: SourceSettings, url: URL): ApiCredentials | null {
  const { MEDIAMTX_API_USER: user, MEDIAMTX_API_PASSWORD: password, MEDIAMTX_API_TOKEN: token } = values;
  if (token !== undefined) return { kind: 'bearer', token };
  if (user !== undefined) return { kind: 'basic', user, password: password ?? '' };
  if (url.username === '') return null;
  return { kind: 'basic', user: decoded(url.username), password: decoded(url.password) };
}

/** A percent-encoded text decoded; as it is where it isn't properly encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An address without user and password, as it is given and without a path of the API at its end. */
export function addressOf(url: URL): { readonly given: string; readonly base: string } {
  const given = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  return { given, base: given.replace(API_PATH, '') };
}
