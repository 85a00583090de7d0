import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { namesTag } from './negotiate.ts';
import { SAFE_HEADERS } from './safe-headers.ts';

/** Something that is the same as long as the process lives. */
export interface Document {
  /** Media type with parameters. */
  readonly type: string;
  readonly bytes: Buffer;
  /** Strong entity tag of the bytes. */
  readonly etag: string;
  /** Headers that only it has. */
  readonly headers: Readonly<Record<string, string>>;
}

export function createDocument(
  type: string,
  bytes: Buffer,
  headers: Document['headers'] = { 'Cache-Control': 'no-cache' },
): Document {
  return { type, bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url')}"`, headers };
}

/** Answers with a document; 304 where the client has it already. */
export function sendDocument(
  request: IncomingMessage,
  response: ServerResponse,
  { type, bytes, etag, headers: own }: Document,
): void {
  const headers = { ...own, ETag: etag, ...SAFE_HEADERS };
  if (namesTag(request.headers['if-none-match'], etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': bytes.length, ...headers });
  response.end(bytes);
}
