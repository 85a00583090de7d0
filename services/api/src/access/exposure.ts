import type { IncomingHttpHeaders } from 'node:http';
import { isThisMachineOnly } from '@mediamtx-monitor/runtime';
import type { AccessSettings } from './settings.ts';

/** What proxies say of the client they ask for. */
const OF_PROXIES = ['x-forwarded-for', 'forwarded', 'x-real-ip'] as const;

/** Sentences for the log, where the settings have everyone read everything who shouldn't need to. */
export function exposureWarnings(
  settings: Pick<AccessSettings, 'API_HOST' | 'PUBLISHED_ON' | 'ALLOWED_ORIGINS'>,
  hasTokens: boolean,
): readonly string[] {
  if (hasTokens) return [];
  const { API_HOST: host, PUBLISHED_ON: publishedOn, ALLOWED_ORIGINS: origins } = settings;
  return [
    ...(isThisMachineOnly(publishedOn ?? host) ? [] : [openToAll(host, publishedOn)]),
    ...(origins.includes('null') ? [OPEN_TO_PAGES] : []),
  ];
}

function openToAll(host: string, publishedOn: string | undefined): string {
  const all = 'and no tokens are set: whoever reaches this port can read everything.';
  // Of a container of compose.yaml, which takes its tokens from a place of its own.
  if (publishedOn !== undefined) {
    return (
      `the API is published on ${publishedOn} ${all} Use compose.prod.yaml with tokens, as docs/operations.md says, ` +
      'or publish the port on 127.0.0.1 only (PUBLISH_ADDRESS in .env)'
    );
  }
  return (
    `API_HOST is ${host} ${all} Make a token with \`make token NAME=…\` and set API_TOKENS_FILE, or set ` +
    'API_HOST=127.0.0.1 (of a container, publish the port on 127.0.0.1 only, as compose.yaml does)'
  );
}

const OPEN_TO_PAGES =
  'ALLOWED_ORIGINS has null and no tokens are set: any web page can hide its origin, so any page that someone ' +
  'opens who reaches this port can read everything. Make a token with `make token NAME=…` and set API_TOKENS_FILE, ' +
  'or take null out';

/** Whether a proxy has passed this request on, by what it says in its headers. */
export function isPassedOn(headers: IncomingHttpHeaders): boolean {
  return OF_PROXIES.some((name) => headers[name] !== undefined);
}

/** Once one passes on requests from this machine and isn't trusted. */
export const UNTOLD_PROXY =
  'a proxy on this machine passes requests on, but TRUST_PROXY does not name it: all who come through it count as ' +
  'this machine itself, which has no limits but MAX_CLIENTS. Set TRUST_PROXY=loopback';
