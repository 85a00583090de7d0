import type { RequestListener } from 'node:http';
import { extname } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Preview } from '@mediamtx-monitor/types';
import { type Representation, representDocument, send, wantsGzip } from '../http/answer.ts';
import { securePage } from '../http/page.ts';
import { readFolder } from './read-folder.ts';

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.ico', 'image/x-icon'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.map', 'application/json; charset=utf-8'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.webmanifest', 'application/manifest+json; charset=utf-8'],
  ['.woff2', 'font/woff2'],
]);
/** Of an unknown type nothing is claimed, and browsers may not guess. */
const UNKNOWN_TYPE = 'application/octet-stream';
/** Where Vite puts what has a hash of its content in its name. */
const HASHED = /^\/assets\/.+-[\w-]{8,}\.\w+$/;
const CACHED = 'public, max-age=31536000, immutable';
const ASKED_AGAIN = 'no-cache';

/** What answers GET and HEAD, by path as it stands in URLs. */
export type StaticFiles = ReadonlyMap<string, RequestListener>;

export interface StaticOptions {
  /** `undefined` where there are none. */
  readonly folder: string | undefined;
  /** Paths of the API: files are open to everyone, so none may begin as one of these does. */
  readonly reserved: readonly string[];
  /** Where its pages may play streams from. */
  readonly previews: readonly Preview[];
}

/**
 * The files of the dashboard. They are read at the start, so that nothing but them is ever served, and those that
 * fit together even while the folder is written anew.
 * @throws {SettingsError} for a folder that is not as it should be
 */
export function createStaticFiles({ folder, reserved, previews }: StaticOptions): StaticFiles {
  const files = new Map<string, RequestListener>();
  if (folder === undefined) return files;
  const secure = securePageFor(previews);
  for (const [path, bytes] of readFolder(folder, reserved)) {
    const serve = serveFile(path, bytes);
    files.set(path, path.endsWith('.html') ? secure(serve) : serve);
    if (path === '/index.html') files.set('/', secure(serve));
  }
  return files;
}

/** Gives pages their headers, so that they play from these addresses and load nothing else from elsewhere. */
function securePageFor(previews: readonly Preview[]): (page: RequestListener) => RequestListener {
  const origins = [...new Set(previews.map(({ url }) => new URL(url).origin))];
  const secure = securePage({ connect: origins, media: ["'self'", 'blob:', ...origins], hasManifest: true });
  return (page) => (request, response) => {
    secure(request, response, () => {
      page(request, response);
    });
  };
}

/**
 * Answers with a file, text in the encoding that the client prefers. It is compressed once, when first asked for so:
 * that takes some milliseconds, which the start is spared.
 */
function serveFile(path: string, bytes: Buffer): RequestListener {
  const type = TYPES.get(extname(path).toLowerCase()) ?? UNKNOWN_TYPE;
  const isNegotiated = type.includes('charset=');
  const parts = { cacheControl: HASHED.test(path) ? CACHED : ASKED_AGAIN, isNegotiated };
  const plain = representDocument(type, bytes, parts);
  let gzipped: Representation | undefined;
  const gzip = (): Representation =>
    (gzipped ??= representDocument(type, gzipSync(bytes, { level: 9 }), { ...parts, isGzip: true }));
  return (request, response) => {
    const isGzip = isNegotiated && wantsGzip(request.headers['accept-encoding'], bytes.length);
    send(response, isGzip ? gzip() : plain);
  };
}
