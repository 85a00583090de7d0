import type { RequestListener } from 'node:http';
import type { Preview } from '@mediamtx-monitor/types';
import { createDocument } from '../http/document.ts';
import { securePage } from '../http/secure-page.ts';
import { readFolder } from './read-folder.ts';
import { serveFile } from './serve-file.ts';
import { typeOf } from './types.ts';

/** Where Vite puts what has a hash of its content in its name. */
const HASHED = /^\/assets\/.+-[\w-]{8,}\.\w+$/;
const CACHED = { 'Cache-Control': 'public, max-age=31536000, immutable' };
const ASKED_AGAIN = { 'Cache-Control': 'no-cache' };

/** What answers GET and HEAD, by path as it stands in URLs. */
export type StaticFiles = ReadonlyMap<string, RequestListener>;

/**
 * The files of the dashboard. They are read at the start, so that nothing but them is ever served, and those that
 * fit together even while the folder is written anew.
 * @param folder `undefined` where there are none
 * @param previews where its pages may play streams from
 * @throws {SettingsError} for a folder that is not as it should be
 */
export function createStaticFiles(folder: string | undefined, previews: readonly Preview[]): StaticFiles {
  const files = new Map<string, RequestListener>();
  if (folder === undefined) return files;
  const secure = securePageFor(previews);
  for (const [path, bytes] of readFolder(folder)) {
    const serve = serveFile(createDocument(typeOf(path), bytes, HASHED.test(path) ? CACHED : ASKED_AGAIN));
    files.set(path, path.endsWith('.html') ? secure(serve) : serve);
    if (path === '/index.html') files.set('/', secure(serve));
  }
  return files;
}

/** Gives pages their headers, so that they play from these addresses and load nothing else from elsewhere. */
function securePageFor(previews: readonly Preview[]): (page: RequestListener) => RequestListener {
  const origins = [...new Set(previews.map(({ url }) => new URL(url).origin))];
  const secure = securePage({ connect: origins, media: ["'self'", 'blob:', ...origins] });
  return (page) => (request, response) => {
    secure(request, response, () => {
      page(request, response);
    });
  };
}
