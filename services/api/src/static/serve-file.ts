import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { createDocument, type Document, sendDocument } from '../http/document.ts';
import { wantsGzip } from '../http/negotiate.ts';
import { varyOf } from '../http/vary.ts';
import { isText } from './types.ts';

/**
 * Answers with a file, in the encoding that the client prefers. It is compressed once, when first asked for so:
 * that takes some milliseconds, which the start is spared.
 */
export function serveFile(file: Document): RequestListener {
  if (!isText(file.type)) {
    return (request, response) => {
      sendDocument(request, response, file);
    };
  }
  let gzipped: Document | undefined;
  return (request, response) => {
    const isGzip = wantsGzip(request.headers['accept-encoding'], file.bytes.length);
    response.setHeader('Vary', varyOf(response, 'Accept-Encoding'));
    sendDocument(request, response, isGzip ? (gzipped ??= gzipOf(file)) : file);
  };
}

function gzipOf({ type, bytes, headers }: Document): Document {
  return createDocument(type, gzipSync(bytes, { level: 9 }), { ...headers, 'Content-Encoding': 'gzip' });
}
