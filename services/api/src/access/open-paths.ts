/** Resources that hold no data: who watches or reads about this service needs no token. */
const OPEN: ReadonlySet<string> = new Set([
  '/healthz',
  '/readyz',
  '/api/openapi.json',
  '/api/asyncapi.json',
  '/api/docs',
]);
/** Plain file names only: nothing that another part might take for a way out of there. */
const DOCS_FILE = /^\/api\/docs\/[\w-]*(?:\.[\w-]+)*$/;

/** Whether the resource of a request URL is open to everyone. */
export function isOpen(url: string): boolean {
  const mark = url.indexOf('?');
  const path = mark === -1 ? url : url.slice(0, mark);
  return OPEN.has(path) || DOCS_FILE.test(path);
}
