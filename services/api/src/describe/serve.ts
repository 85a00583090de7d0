import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { readQuery } from '../shared/query.ts';
import { namesTag } from '../shared/negotiate.ts';
import { SAFE_HEADERS } from '../shared/safe-headers.ts';

/** Something that is the same as long as the process lives. */
export interface Document {
  readonly type: string;
  readonly bytes: Buffer;
}

/**
 * Answers with a document; 304 where the client has it already.
 * @param read called once, when it is first asked for
 */
export function serve(read: () => Document): RequestListener {
  let answer: { readonly document: Document; readonly etag: string } | undefined;
  return (request, response) => {
    readQuery(request.url ?? '', []);
    answer ??= tagged(read());
    const { document, etag } = answer;
    const headers = { 'Cache-Control': 'no-cache', ETag: etag, ...SAFE_HEADERS };
    if (namesTag(request.headers['if-none-match'], etag)) {
      response.writeHead(304, headers).end();
      return;
    }
    const { type, bytes } = document;
    response.writeHead(200, { 'Content-Type': type, 'Content-Length': bytes.length, ...headers });
    response.end(bytes);
  };
}

function tagged(document: Document): { readonly document: Document; readonly etag: string } {
  return { document, etag: `"${createHash('sha256').update(document.bytes).digest('base64url')}"` };
}
