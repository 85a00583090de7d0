import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Readable } from 'node:stream';
import axios, { type AxiosResponse } from 'axios';
import { authorizationHeader, type Credentials } from './credentials.ts';
import { InvalidAnswerError } from './failures.ts';

/** Largest body that is read; more is a broken or hostile server. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** An answer of MediaMTX's API. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Monotonic time at which the headers arrived: the numbers are of then, however long the body takes. */
  readonly receivedAtMs: number;
  /** Whether the server calls itself a simulator (`X-Simulated: true`). */
  readonly simulated: boolean;
}

/** Asks `path` of the API; rejects when the connection fails or the signal aborts. */
export type Request = (path: string, signal: AbortSignal) => Promise<Answer>;

/** Listeners cost a fraction of what iterating over a stream does. */
function readBody(stream: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes > MAX_BODY_BYTES) {
        stream.destroy(new InvalidAnswerError(`its body is over ${MAX_BODY_BYTES} bytes`));
      }
    });
    stream.on('end', () => {
      resolve(Buffer.concat(chunks, bytes).toString('utf8'));
    });
    stream.on('error', reject);
    // Comes last; where neither an end nor an error came before it, the body was cut.
    stream.on('close', () => {
      reject(new InvalidAnswerError('its body ended before it was complete'));
    });
  });
}

/** Makes the function that asks one server, over connections that are kept alive. */
export function createRequest(
  baseUrl: string,
  credentials: Credentials | null,
  monotonicMs: () => number,
): Request {
  const client = axios.create({
    baseURL: baseUrl,
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
    headers: { accept: 'application/json', ...authorizationHeader(credentials) },
    responseType: 'stream',
    validateStatus: () => true,
    maxRedirects: 0,
    // A server on the local network is not to be asked through the machine's proxy for the web.
    proxy: false,
  });
  return async (path, signal) => {
    const response: AxiosResponse<unknown> = await client.get(path, { signal });
    const receivedAtMs = monotonicMs();
    if (!(response.data instanceof Readable)) throw new InvalidAnswerError('it has no body');
    return {
      status: response.status,
      receivedAtMs,
      body: await readBody(response.data),
      simulated: response.headers['x-simulated'] === 'true',
    };
  };
}
