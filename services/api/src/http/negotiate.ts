/** Below this a gzip form saves nothing worth while. */
const MIN_GZIP_BYTES = 1_024;
const WEIGHT = /;\s*q=([\d.]+)/;

/** Whether to send the gzip form of JSON that is so long, by the request's `Accept-Encoding` (RFC 9110, 12.5.3). */
export function wantsGzip(acceptEncoding: string | undefined, bytes: number): boolean {
  if (acceptEncoding === undefined || bytes < MIN_GZIP_BYTES) return false;
  const weights = new Map(acceptEncoding.toLowerCase().split(',').map(weighed));
  const gzip = weights.get('gzip') ?? weights.get('*') ?? 0;
  return gzip > 0 && gzip >= (weights.get('identity') ?? 0);
}

/**
 * Whether `If-None-Match` names the entity tag. Nobody else's tag holds it with its quotes, so that the list needs
 * no parsing.
 */
export function namesTag(ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch !== undefined && (ifNoneMatch === '*' || ifNoneMatch.includes(etag));
}

function weighed(coding: string): [name: string, weight: number] {
  const [name = ''] = coding.split(';', 1);
  return [name.trim(), Number(WEIGHT.exec(coding)?.[1] ?? 1)];
}
