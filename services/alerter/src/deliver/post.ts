import http from 'node:http';
import https from 'node:https';
import { addAbortSignal, Readable } from 'node:stream';
import type { Answer } from './answer.ts';
import type { HttpRequest } from './http-kind.ts';

/** So much of an answer is read; then the connection is closed, whatever else would come. */
const MAX_ANSWER_BYTES = 65_536;

/**
 * Sends one request, and gives the beginning of what was answered.
 * @param readsBody whether anybody looks at the body; else it isn't waited for
 * @throws what axios throws, and the reason of the signal
 */
export async function post(
  { url, headers, body }: HttpRequest,
  signal: AbortSignal,
  readsBody: boolean,
): Promise<Answer & { readonly body: string }> {
  // Only who has targets pays for it: some MB, and a tenth of a second.
  const { default: axios } = await import('axios');
  const {
    status,
    headers: answered,
    data,
  } = await axios.post<unknown>(url.href, body, {
    signal,
    headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'mediamtx-monitor', ...headers },
    // A connection of its own for each try, which are few and far between.
    httpAgent: new http.Agent(),
    httpsAgent: new https.Agent({ rejectUnauthorized: true }),
    transformRequest: (text: string) => text,
    responseType: 'stream',
    decompress: false,
    maxRedirects: 0,
    validateStatus: () => true,
    // Addresses are the operator's own; what the environment says is for others.
    proxy: false,
  });
  if (!(data instanceof Readable)) return { status, headers: answered, body: '' };
  try {
    return { status, headers: answered, body: readsBody ? await beginningOf(data, signal) : '' };
  } finally {
    data.destroy();
  }
}

async function beginningOf(data: Readable, signal: AbortSignal): Promise<string> {
  const kept: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of addAbortSignal(signal, data)) {
    if (!Buffer.isBuffer(chunk)) break;
    kept.push(chunk);
    bytes += chunk.length;
    if (bytes >= MAX_ANSWER_BYTES) break;
  }
  return Buffer.concat(kept).subarray(0, MAX_ANSWER_BYTES).toString();
}
