import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { SAFE_HEADERS } from '@mediamtx-monitor/runtime';
import fresh from 'fresh';
import type { Compressions, Content } from '../tick/index.ts';

/** What an answer says. */
export interface AnswerParts {
  /** 200 unless given. */
  readonly status?: number;
  /** Media type with parameters. */
  readonly type: string;
  readonly body: Buffer;
  /** Whether the body is gzip's. */
  readonly isGzip?: boolean;
  readonly cacheControl: string;
  /** Strong entity tag of the body, so that who has it already is answered 304. */
  readonly etag?: string;
  /** Whether another `Accept-Encoding` may be answered with another body. */
  readonly isNegotiated?: boolean;
  /** Header of the request by which another body may be answered, where that isn't `Accept-Encoding`. */
  readonly varies?: string;
  /** More headers, names and values in turn. */
  readonly headers?: readonly string[];
}

/** An answer that only has to be written. Its heads are names and values in turn, as `writeHead` takes them fastest. */
export interface Representation {
  readonly status: number;
  readonly body: Buffer;
  readonly etag: string | undefined;
  readonly head: string[];
  /** That of 304, to those who have the body. */
  readonly notModifiedHead: string[];
}

const JSON_TYPE = 'application/json; charset=utf-8';
const SAFE: readonly string[] = Object.entries(SAFE_HEADERS).flat();
/** Of what pages of other addresses may show. */
const SHARED = 'Cross-Origin-Resource-Policy';
const SAFE_IF_SHARED: readonly string[] = Object.entries(SAFE_HEADERS)
  .filter(([name]) => name !== SHARED)
  .flat();
const NEGOTIATED: readonly string[] = ['Vary', 'Accept-Encoding'];
/** Below this a gzip form saves nothing worth while. */
const MIN_GZIP_BYTES = 1_024;
const WEIGHT = /;\s*q=([\d.]+)/;

/** Puts an answer together. */
export function represent(parts: AnswerParts): Representation {
  const {
    status = 200,
    type,
    body,
    isGzip = false,
    cacheControl,
    etag,
    isNegotiated = false,
    varies,
  } = parts;
  const notModifiedHead = [
    ...['Cache-Control', cacheControl],
    ...(etag === undefined ? [] : ['ETag', etag]),
    ...(parts.headers ?? []),
    ...(parts.headers?.includes(SHARED) === true ? SAFE_IF_SHARED : SAFE),
    // The last, where `send` looks for it.
    ...(isNegotiated ? NEGOTIATED : varies === undefined ? [] : ['Vary', varies]),
  ];
  const encoding = isGzip ? ['Content-Encoding', 'gzip'] : [];
  const head = ['Content-Type', type, ...encoding, 'Content-Length', String(body.length), ...notModifiedHead];
  return { status, body, etag, head, notModifiedHead };
}

/** What is served as long as the process lives, or is asked for again each time: its tag is that of its bytes. */
export function representDocument(
  type: string,
  body: Buffer,
  parts: Partial<AnswerParts> = {},
): Representation {
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  return represent({ cacheControl: 'no-cache', ...parts, type, body, etag });
}

/**
 * JSON of the feed.
 * @param gzipped its gzip form, where that is to be sent
 * @param headers names and values in turn
 */
export function representContent(
  content: Content,
  gzipped: Buffer | undefined,
  headers: readonly string[],
): Representation {
  return represent({
    type: JSON_TYPE,
    body: gzipped ?? content.json,
    isGzip: gzipped !== undefined,
    cacheControl: 'no-cache',
    etag: gzipped === undefined ? content.etag : content.gzipEtag,
    isNegotiated: true,
    headers,
  });
}

/** Writes an answer; 304 to a client that has it. Of HEAD, Node leaves out the body. */
export function send(response: ServerResponse, answer: Representation): void {
  const { status, body, etag, head, notModifiedHead } = answer;
  if (etag !== undefined && hasTag(response.req.headers['if-none-match'], etag)) {
    response.writeHead(304, withVary(response, notModifiedHead)).end();
    return;
  }
  writeHead(response, status, head).end(body);
}

/** Begins an answer. @param head as that of a `Representation` */
export function writeHead(response: ServerResponse, status: number, head: string[]): ServerResponse {
  return response.writeHead(status, withVary(response, head));
}

/** Answers with a value that is another each time. */
export function sendJson(
  response: ServerResponse,
  value: unknown,
  {
    cacheControl = 'no-cache',
    ...parts
  }: Pick<Partial<AnswerParts>, 'status' | 'cacheControl' | 'headers'> = {},
): void {
  const body = Buffer.from(JSON.stringify(value));
  send(response, represent({ ...parts, type: JSON_TYPE, body, cacheControl, isNegotiated: true }));
}

/** Answers with a list that is another each time. */
export function sendItems(response: ServerResponse, items: readonly unknown[]): void {
  sendJson(response, { items, total: items.length });
}

/** The gzip form of content for a client that prefers it, made in its turn; `undefined` where there is no room for that. */
export async function gzipFor(
  response: ServerResponse,
  content: Content,
  compressions: Compressions,
): Promise<Buffer | undefined> {
  if (!wantsGzip(response.req.headers['accept-encoding'], content.json.length)) return undefined;
  await content.gzip(compressions, () => !response.destroyed);
  return content.gzipped;
}

/**
 * Whether to send the gzip form of a body that is so long, by the request's `Accept-Encoding` (RFC 9110, 12.5.3). Where a
 * client weighs both the same it gets gzip. negotiator, which Express has, goes by the order in which they are named
 * there, unless it is told what is preferred; then it decides the same, for half as much time again on the hot path.
 */
export function wantsGzip(acceptEncoding: string | undefined, bytes: number): boolean {
  if (acceptEncoding === undefined || bytes < MIN_GZIP_BYTES) return false;
  const weights = new Map(acceptEncoding.toLowerCase().split(',').map(weighed));
  const gzip = weights.get('gzip') ?? weights.get('*') ?? 0;
  return gzip > 0 && gzip >= (weights.get('identity') ?? 0);
}

function weighed(coding: string): [name: string, weight: number] {
  const [name = ''] = coding.split(';', 1);
  return [name.trim(), Number(WEIGHT.exec(coding)?.[1] ?? 1)];
}

/** Whether `If-None-Match` names the entity tag. */
export function hasTag(ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch !== undefined && fresh({ 'if-none-match': ifNoneMatch }, { etag });
}

/**
 * Adds to the `Vary` that was set before: by access, where answers depend on `Origin`. What access refuses by other
 * headers is never stored, and what it lets in is either asked for again each time or open to everyone, so that those
 * needn't be named.
 */
function withVary(response: ServerResponse, head: string[]): string[] {
  const before = response.getHeader('Vary');
  if (before === undefined || head.at(-2) !== 'Vary') return head;
  return head.with(-1, `${String(before)}, ${head.at(-1) ?? ''}`);
}
