import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { systemCode } from '@mediamtx-monitor/runtime';
import axios, { AxiosHeaders, type AxiosResponse } from 'axios';
import { InvalidAnswerError } from './invalid-answer.ts';
import { type Hints, hintsOf, isWebPage, MAX_BODY_HINT_BYTES, NO_HINTS } from './hints.ts';
import { createTlsAgent, SYSTEM_TRUST, type Trust } from './trust.ts';

/** How the collector proves to MediaMTX who it is; what is secret in it may change while it runs. */
export type ApiCredentials =
  | { readonly kind: 'basic'; readonly user: string; password: string }
  | { readonly kind: 'bearer'; token: string };

/** The `Authorization` header for these credentials (RFC 7617, RFC 6750); none without. */
export function authorizationHeader(credentials: ApiCredentials | null): Record<string, string> {
  if (credentials === null) return {};
  if (credentials.kind === 'bearer') return { authorization: `Bearer ${credentials.token}` };
  const pair = Buffer.from(`${credentials.user}:${credentials.password}`, 'utf8').toString('base64');
  return { authorization: `Basic ${pair}` };
}

/** How these credentials are called to people. */
export function kindOf(credentials: ApiCredentials | null): 'none' | 'login' | 'token' {
  if (credentials === null) return 'none';
  return credentials.kind === 'bearer' ? 'token' : 'login';
}

/** An answer of MediaMTX's API. */
export interface ApiAnswer {
  readonly status: number;
  /** Whether it calls itself JSON: MediaMTX's own errors do, and its word for an unknown route doesn't. */
  readonly isJson: boolean;
  /** Monotonic time at which the headers arrived: the numbers are of then, however long the body takes. */
  readonly receivedAtMs: number;
  /** Whether the server calls itself a simulator (`X-Simulated: true`). */
  readonly simulated: boolean;
  /** Whether a connection was made for it. */
  readonly isNewConnection: boolean;
  /** Who it may have been that answered, where the status isn't 200. */
  readonly hints: Hints;
}

/** Is given a body piece by piece. What it throws ends the request, which rejects with it. */
export type Take = (chunk: Buffer) => void;

/**
 * Asks `path` of the API and gives the body to `take` where the status is 200; otherwise nobody reads it. Rejects when the
 * connection fails or the signal aborts.
 */
export type Request = (path: string, signal: AbortSignal, take: Take) => Promise<ApiAnswer>;

/** Of a body that nobody reads so much is waited for, since its connection can be used again; the rest is cut. */
const MAX_IGNORED_BYTES = 64 * 1024;

/** Makes what takes a body that nobody reads. */
export function ignoreBody(): Take {
  let bytes = 0;
  return (chunk) => {
    bytes += chunk.length;
    if (bytes > MAX_IGNORED_BYTES)
      throw new InvalidAnswerError('body-too-long', { limit: MAX_IGNORED_BYTES });
  };
}

/** Listeners cost a fraction of what iterating over a stream does. */
function readBody(stream: Readable, take: Take): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => {
      // What had come in before it was destroyed is told all the same, perhaps in ten thousand pieces.
      if (stream.destroyed) return;
      try {
        take(chunk);
      } catch (error) {
        stream.destroy();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    stream.on('end', resolve);
    stream.on('error', reject);
    // Comes last; where neither an end nor an error came before it, the body was cut.
    stream.on('close', () => {
      if (!stream.readableEnded) reject(new InvalidAnswerError('cut-short'));
    });
  });
}

/** Answers like "100 Continue" that may come before the answer. */
const MAX_INFORMATIONAL = 16;

/** Asks as `client` does, but isn't held up by informational answers without end. */
function patientTransport(client: typeof http | typeof https) {
  return {
    request: (options: RequestOptions, onAnswer: (answer: IncomingMessage) => void): ClientRequest => {
      const request = client.request(options, onAnswer);
      let informational = 0;
      request.on('information', () => {
        informational += 1;
        if (informational === MAX_INFORMATIONAL)
          request.destroy(new Error('informational answers without end'));
      });
      return request;
    },
  };
}

const MAX_ENCODING_NAME = 20;

/** What was not asked for could unpack to a thousand times its size. */
function refuseCompressed(headers: Readonly<Record<string, unknown>>): void {
  const encoding = headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return;
  const found = typeof encoding === 'string' ? encoding.slice(0, MAX_ENCODING_NAME) : '';
  throw new InvalidAnswerError('compressed', { found });
}

/** Takes the beginning of a body, and ignores the rest. */
function takeBeginning(): { readonly take: Take; readonly text: () => string } {
  const ignore = ignoreBody();
  const kept: Buffer[] = [];
  let bytes = 0;
  return {
    take: (chunk) => {
      if (bytes < MAX_BODY_HINT_BYTES) kept.push(chunk);
      bytes += chunk.length;
      ignore(chunk);
    },
    text: () => Buffer.concat(kept).subarray(0, MAX_BODY_HINT_BYTES).toString('latin1'),
  };
}

const BROKEN: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);

/** Where one connection broke, those that wait for use may have, too: who asks again is to get another one than these. */
function dropIdle({ freeSockets }: http.Agent): void {
  for (const socket of Object.values(freeSockets).flatMap((sockets) => sockets ?? [])) socket.destroy();
}

const HEADERS = { accept: 'application/json', 'accept-encoding': 'identity' };

/**
 * Makes the function that asks one server, over connections that are kept alive. Credentials are looked at for each
 * request, since what is secret in them may change.
 */
export function createRequest(
  baseUrl: string,
  credentials: ApiCredentials | null,
  monotonicMs: () => number,
  trust: Trust = SYSTEM_TRUST,
): Request {
  // Straight to the adapter: merging settings, interceptors and transformations, all without effect here, would take as
  // long again as the request.
  const ask = axios.getAdapter('http');
  const isTls = baseUrl.startsWith('https:');
  const settings = {
    method: 'get',
    baseURL: baseUrl,
    httpAgent: new http.Agent({ keepAlive: true }),
    httpsAgent: createTlsAgent(trust),
    responseType: 'stream',
    decompress: false,
    validateStatus: () => true,
    maxRedirects: 0,
    transport: patientTransport(isTls ? https : http),
    // A server on the local network is not to be asked through the machine's proxy for the web.
    proxy: false,
  } as const;
  const once: Request = async (path, signal, take) => {
    const asked = new AxiosHeaders({ ...HEADERS, ...authorizationHeader(credentials) });
    const response: AxiosResponse<unknown, unknown> = await ask({
      ...settings,
      url: path,
      signal,
      headers: asked,
    });
    const receivedAtMs = monotonicMs();
    const { status, data, headers } = response;
    const { reusedSocket } = response.request as Partial<ClientRequest>;
    if (!(data instanceof Readable)) throw new InvalidAnswerError('no-body');
    const common = {
      status,
      isJson: /^application\/json\b/i.test(String(headers['content-type'])),
      receivedAtMs,
      simulated: headers['x-simulated'] === 'true',
      isNewConnection: reusedSocket !== true,
    };
    if (status !== 200) {
      const beginning = takeBeginning();
      // What goes wrong on the way changes little in the answer.
      await readBody(data, beginning.take).catch(() => undefined);
      return { ...common, hints: hintsOf(baseUrl, path, headers, beginning.text()) };
    }
    try {
      if (isWebPage(headers)) throw new InvalidAnswerError('web-page');
      refuseCompressed(headers);
    } catch (error) {
      data.destroy();
      throw error;
    }
    await readBody(data, take);
    return { ...common, hints: NO_HINTS };
  };
  return async (...question) => {
    try {
      return await once(...question);
    } catch (error) {
      if (BROKEN.has(systemCode(error))) dropIdle(isTls ? settings.httpsAgent : settings.httpAgent);
      throw error;
    }
  };
}
