import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Content } from '../feed/index.ts';
import { LAST_HEADERS, writeHead } from './head.ts';
import { namesTag } from '../http/negotiate.ts';

/** An answer in one encoding, ready to be written. */
export interface Representation {
  readonly body: Buffer;
  readonly etag: string;
  /** Of an answer with the body: names and values in turn. */
  readonly headers: string[];
  /** Of one without, to those who have it. */
  readonly notModifiedHeaders: string[];
}

/**
 * Puts an answer together.
 * @param gzipped its gzip form, where that is to be sent
 * @param provenance headers that say where it comes from, names and values in turn
 */
export function represent(
  content: Content,
  gzipped: Buffer | undefined,
  provenance: readonly string[],
): Representation {
  const body = gzipped ?? content.json;
  const etag = gzipped === undefined ? content.etag : content.gzipEtag;
  const notModifiedHeaders = ['Cache-Control', 'no-cache', 'ETag', etag, ...provenance, ...LAST_HEADERS];
  const encoding = gzipped === undefined ? [] : ['Content-Encoding', 'gzip'];
  const length = ['Content-Length', String(body.length)];
  const headers = ['Content-Type', 'application/json; charset=utf-8', ...encoding, ...length];
  return { body, etag, headers: [...headers, ...notModifiedHeaders], notModifiedHeaders };
}

/** Writes the answer; 304 to a client that has it. */
export function sendRepresentation(
  request: IncomingMessage,
  response: ServerResponse,
  { body, etag, headers, notModifiedHeaders }: Representation,
): void {
  if (namesTag(request.headers['if-none-match'], etag)) {
    writeHead(response, 304, notModifiedHeaders);
    response.end();
    return;
  }
  writeHead(response, 200, headers);
  response.end(body);
}
