import { PREVIEW_PROTOCOLS, type Preview, type PreviewProtocol } from '@mediamtx-monitor/types';

/** Asks where streams can be played. @throws when the API doesn't answer as it should */
export async function fetchPreviews(
  base: string,
  token: string | undefined,
  request: typeof fetch,
): Promise<readonly Preview[]> {
  const headers: HeadersInit = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const answer = await request(`${base.replace(/\/+$/, '')}/api/previews`, { headers });
  if (!answer.ok) throw new Error(`The API answered ${answer.status}`);
  const body: unknown = await answer.json();
  const items = isObject(body) && Array.isArray(body['items']) ? (body['items'] as unknown[]) : [];
  return items.flatMap((item) => previewOf(item) ?? []);
}

function previewOf(item: unknown): Preview | undefined {
  if (!isObject(item)) return undefined;
  const { server, protocol, url } = item;
  if ((server !== null && typeof server !== 'string') || typeof url !== 'string' || !URL.canParse(url)) {
    return undefined;
  }
  return isProtocol(protocol) ? { server, protocol, url } : undefined;
}

function isProtocol(value: unknown): value is PreviewProtocol {
  return PREVIEW_PROTOCOLS.some((protocol) => protocol === value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
