import type { IncomingMessage, ServerResponse } from 'node:http';

/** Headers of answers that a page may read beside the harmless ones (Fetch standard). */
const EXPOSED = 'ETag, Age, Retry-After, X-Collected-At, X-Snapshot-Stale, X-Snapshot-Simulated';
const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'GET, HEAD, POST',
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
