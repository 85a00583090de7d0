/** What an answer that isn't a list shows of who gave it. */
export interface Hints {
  /** It calls itself MediaMTX. */
  readonly isMediamtx: boolean;
  /** It sends on to the same address with a slash behind, as MediaMTX's HLS and WebRTC ports do. */
  readonly addsSlash: boolean;
  /** It says that it wants TLS, or sends on to the same address with https. */
  readonly wantsTls: boolean;
  /** Origin of where it sends whoever asks, of which nothing else is kept: a query may hold secrets; `null` = nowhere. */
  readonly redirectedTo: string | null;
}

export const NO_HINTS: Hints = { isMediamtx: false, addsSlash: false, wantsTls: false, redirectedTo: null };

/** So much of a body is looked at. */
export const MAX_BODY_HINT_BYTES = 1_024;

/** What Go, nginx and Apache say to plain HTTP on a port for TLS. */
const WANTS_TLS =
  /HTTP request (?:was sent )?to an? HTTPS|HTTP request was sent to HTTPS|plain HTTP to an SSL/i;

type Headers = Readonly<Record<string, unknown>>;

/** Whether the answer is a page for browsers. */
export function isWebPage(headers: Headers): boolean {
  const type = headers['content-type'];
  return typeof type === 'string' && /^text\/html\b/i.test(type);
}

/** Reads what an answer shows of who gave it. Pure. */
export function hintsOf(baseUrl: string, path: string, headers: Headers, body: string): Hints {
  const { server, location } = headers;
  const asked = new URL(`${baseUrl}${path}`);
  const target =
    typeof location === 'string' && URL.canParse(location, asked.href) ? new URL(location, asked) : null;
  const isSameHost = target?.hostname === asked.hostname;
  return {
    isMediamtx: server === 'mediamtx',
    addsSlash: isSameHost && target.pathname === `${asked.pathname}/`,
    wantsTls:
      asked.protocol === 'http:' &&
      (WANTS_TLS.test(body) ||
        (isSameHost && target.protocol === 'https:' && target.pathname === asked.pathname)),
    redirectedTo: target === null ? null : target.origin,
  };
}
