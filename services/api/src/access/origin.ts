import type { IncomingHttpHeaders } from 'node:http';
import type { Refusal } from './refusal.ts';

/**
 * Refuses what a browser asks for on behalf of another site's page. Browsers name the page in `Origin`; it has
 * to be one that this service's own address served. Programs send no `Origin`.
 */
export function refuseOrigin({ origin, host }: IncomingHttpHeaders): Refusal | undefined {
  if (origin === undefined || isSameHost(origin, host)) return undefined;
  return {
    code: 'forbidden-origin',
    detail: 'The page that asks comes from another address than this service; open it from this address.',
  };
}

function isSameHost(origin: string, host: string | undefined): boolean {
  const page = parse(origin);
  if (page === null || host === undefined || !/^https?:$/.test(page.protocol)) return false;
  // Read as a URL of the same scheme, so that letter case and a default port make no difference.
  return parse(`${page.protocol}//${host}`)?.host === page.host;
}

function parse(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}
