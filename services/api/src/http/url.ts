const ORIGIN = /^https?:\/\/[^/?#]*/i;

/** The path of a URL, still encoded. */
export function pathOf(url: string): string {
  const mark = url.indexOf('?');
  return mark === -1 ? url : url.slice(0, mark);
}

/** The query parameters of a URL. */
export function parametersOf(url: string): URLSearchParams {
  const mark = url.indexOf('?');
  return new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1));
}

/**
 * A request target as path and query, whatever form the client chose; `null` when it is none or its path can't be
 * decoded. `#` begins nothing that would be sent to a server, so it is a character like others.
 */
export function originForm(target: string): string | null {
  const url = target.replace(ORIGIN, rooted).replaceAll('#', '%23');
  return url.startsWith('/') && isDecodable(pathOf(url)) ? url : null;
}

function rooted(origin: string, offset: number, target: string): string {
  return target.charAt(offset + origin.length) === '/' ? '' : '/';
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
