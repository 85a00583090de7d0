import type { SettingValues } from '@mediamtx-monitor/runtime';
import type { Credentials } from './poll/index.ts';

/** The MediaMTX to ask. */
export interface SourceConfig {
  /** Without user, password and trailing slash. */
  readonly url: string;
  readonly credentials: Credentials | null;
}

/** The settings that say which MediaMTX to ask, and as whom. */
export const SOURCE_SETTINGS = [
  'MEDIAMTX_API_URL',
  'MEDIAMTX_API_USER',
  'MEDIAMTX_API_PASSWORD',
  'MEDIAMTX_API_TOKEN',
] as const;

type Values = Pick<SettingValues, (typeof SOURCE_SETTINGS)[number]>;

/** Mistakes between these settings. */
export function checkSource(values: Partial<Values>): string[] {
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
  return mistakes;
}

/** The server that the settings name. */
export function sourceOf(values: Values): SourceConfig {
  const url = new URL(values.MEDIAMTX_API_URL);
  return { url: bareUrl(url), credentials: credentialsOf(values, url) };
}

/** Credentials from their settings, else from the address (`http://user:password@host`). */
function credentialsOf(values: Values, url: URL): Credentials | null {
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

function bareUrl(url: URL): string {
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
