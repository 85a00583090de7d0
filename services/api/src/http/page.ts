import type { IncomingMessage } from 'node:http';
import helmet from 'helmet';
import { pathOf } from './url.ts';

const SELF = "'self'";
const NONE = "'none'";

export interface PageSources {
  /** Where a page may send requests to, beside this service. Its WebSocket is of this service too. */
  readonly connect?: readonly string[];
  /** Where it may play media from; nothing unless given. */
  readonly media?: readonly string[];
  /** Whether it has a manifest, by which it can be installed. */
  readonly hasManifest?: boolean;
}

/**
 * Middleware that gives a page its headers: nothing from anywhere else, and nothing inline. TLS is the matter of
 * whoever stands in front.
 */
export function securePage({ connect = [], media, hasManifest }: PageSources = {}): ReturnType<
  typeof helmet
> {
  return helmet({
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: [NONE],
        scriptSrc: [SELF],
        styleSrc: [SELF],
        imgSrc: [SELF, 'data:'],
        connectSrc: [SELF, ...connect],
        ...(media && { mediaSrc: media }),
        ...(hasManifest && { manifestSrc: [SELF] }),
        baseUri: [NONE],
        formAction: [NONE],
        frameAncestors: [NONE],
      },
    },
  });
}

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
