import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether the page that a browser asks for came from this service's own address. Browsers name the page in
 * `Origin`; programs send none.
 */
export function isSameHost(origin: string, { host }: IncomingHttpHeaders): boolean {
  const page = parse(origin);
  if (page === null || host === undefined || !/^https?:$/.test(page.protocol)) return false;
  // Read as a URL of the same scheme, so that letter case and a default port make no difference.
  return parse(`${page.protocol}//${host}`)?.host === page.host;
}

function parse(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}
