import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/**
 * Whether a page of another address than this service's own asks, as far as its browser says. Browsers name the page
 * in `Origin`, but not of an image or a script; newer ones say in `Sec-Fetch-Site` how the page's address and the one
 * asked for compare. Programs send neither.
 * @param allows whether a page of this origin may ask all the same
 */
export function isForeignPage(
  { method = '', headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  allows: (origin: string) => boolean,
): boolean {
  const { origin } = headers;
  if (origin !== undefined && allows(origin)) return false;
  switch (headers['sec-fetch-site']) {
    // Both addresses are the same to the browser, which sends this over https and to this machine only: whatever
    // `Host` a proxy makes of it, no name was made to point here.
    case 'same-origin':
      return false;
    case undefined:
    case 'none':
      break;
    default:
      if (!isNavigation(method, headers)) return true;
  }
  return origin !== undefined && !isSameHost(origin, headers);
}

/** Whether someone follows a link: what comes is shown to them, and the page with the link can't read it. */
function isNavigation(method: string, headers: IncomingHttpHeaders): boolean {
  return (
    (method === 'GET' || method === 'HEAD') &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}

/** Whether a page's origin is the address that was asked for. */
export function isSameHost(origin: string, { host }: IncomingHttpHeaders): boolean {
  const page = parse(origin);
  if (page === null || host === undefined || !/^https?:$/.test(page.protocol)) return false;
  // Read as a URL of the same scheme, so that letter case and a default port make no difference.
  return parse(`${page.protocol}//${host}`)?.host === page.host;
}

function parse(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}

/** Headers of answers that a page may read beside the harmless ones (Fetch standard). */
const EXPOSED = 'ETag, Age, Retry-After, X-Collected-At, X-Snapshot-Stale, X-Snapshot-Simulated';
const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'GET, HEAD, POST, DELETE',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type, If-None-Match',
  'Access-Control-Max-Age': '600',
} as const;

/** Lets pages of the origins in ALLOWED_ORIGINS read answers (CORS). */
export class Cors {
  /** Whether any origin is allowed: else answers say nothing about it. */
  readonly isOn: boolean;
  readonly #origins: ReadonlySet<string>;

  constructor(origins: readonly string[]) {
    this.isOn = origins.length > 0;
    this.#origins = new Set(origins);
  }

  allows(origin: string): boolean {
    return this.#origins.has(origin);
  }

  /** Marks a response before anything is decided, so that an allowed page can read a refusal too. */
  mark({ headers: { origin } }: IncomingMessage, response: ServerResponse): void {
    response.setHeader('Vary', 'Origin');
    if (origin === undefined || !this.allows(origin)) return;
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Expose-Headers', EXPOSED);
  }

  /** Answers an allowed page's question whether it may send what it wants to; tells whether it was one. */
  answerPreflight({ method, headers }: IncomingMessage, response: ServerResponse): boolean {
    const { origin, 'access-control-request-method': wanted } = headers;
    if (method !== 'OPTIONS' || origin === undefined || wanted === undefined) return false;
    if (!this.allows(origin)) return false;
    response.writeHead(204, PREFLIGHT).end();
    return true;
  }
}
