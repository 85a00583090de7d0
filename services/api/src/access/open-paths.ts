import { pathOf } from '../http/path.ts';

/** Resources that hold no data: who watches or reads about this service needs no token, and may be any page. */
const OPEN: ReadonlySet<string> = new Set([
  '/healthz',
  '/readyz',
  '/api/openapi.json',
  '/api/asyncapi.json',
  '/api/docs',
]);
/** Plain file names only: nothing that another part might take for a way out of there. */
const DOCS_FILE = /^\/api\/docs\/[\w-]*(?:\.[\w-]+)*$/;

/**
 * Whether the resource of a request URL is open to everyone.
 * @param files paths of files that are
 */
export function isOpen(url: string, files: ReadonlySet<string>): boolean {
  const path = pathOf(url);
  return OPEN.has(path) || DOCS_FILE.test(path) || files.has(path);
}
