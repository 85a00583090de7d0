import type { IncomingMessage } from 'node:http';
import { pathOf } from './path.ts';

/**
 * For someone who opened this in a browser and may have meant the page: where it is, and what a proxy has to do that
 * serves it below a path. Empty for programs, and where there is no page.
 * @param files paths of the page and what belongs to it
 */
export function pageHint(
  { url = '', method, headers }: Pick<IncomingMessage, 'url' | 'method' | 'headers'>,
  files: { has(path: string): boolean },
): string {
  const isOpened = method === 'GET' && headers.accept?.includes('text/html') === true;
  if (!isOpened || !files.has('/') || files.has(pathOf(url))) return '';
  return (
    ' The page is at /. A proxy that serves it below a path has to take that path off before it asks here, as nginx ' +
    'does for location /monitor/ { proxy_pass http://127.0.0.1:8000/; }, by the slash at the end.'
  );
}
