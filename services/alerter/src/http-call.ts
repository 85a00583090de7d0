import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';

/** What is asked for, once. */
export interface HttpCall {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** Empty = none. */
  readonly body: string;
  /** Whether anybody looks at the answer's body; else it isn't waited for. */
  readonly readsBody: boolean;
}

/** What was answered. */
export interface CallAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Its beginning; empty where nobody looks at it. */
  readonly body: string;
  /** Whether somebody looks at the body and it isn't all there: the connection or the time ended, or it was too long. */
  readonly isCut: boolean;
}

/** So much may come before an answer, and so much of one is read; then the connection is closed, whatever else would come. */
const MAX_BYTES = 65_536;

/** Before an answer more came than one may have; or the connection ended, or became another, without one. */
class CallError extends Error {
  readonly code: 'ENDLESS_ANSWER' | 'NO_ANSWER';

  constructor(code: CallError['code']) {
    super(code);
    this.code = code;
  }
}

/**
 * Makes a call, over a connection of its own. Redirects aren't followed, nor are proxies of the environment asked, and
 * nothing is unpacked: what the other side sends costs no more than it has bytes, which are bounded, as is the time by
 * the signal. Who has answered with a status has been asked: what goes wrong after that only cuts the body.
 * @throws an error with a code of the system or of Node; anything when the signal aborts before an answer
 */
export function callHttp(
  { url, method, headers, body, readsBody }: HttpCall,
  signal: AbortSignal,
): Promise<CallAnswer> {
  const own = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'mediamtx-monitor' };
  const options = { method, headers: { ...own, ...headers }, agent: false, signal };
  const request =
    url.protocol === 'https:'
      ? https.request(url, { ...options, rejectUnauthorized: true })
      : http.request(url, options);
  return new Promise<CallAnswer>((resolve, reject) => {
    const pieces: Buffer[] = [];
    let answer: IncomingMessage | null = null;
    const finish = (isCut: boolean): void => {
      const { statusCode: status = 0, headers: answered = {} } = answer ?? {};
      const read = Buffer.concat(pieces).subarray(0, MAX_BYTES).toString();
      resolve({ status, headers: answered, body: read, isCut });
    };
    const fail = (error: Error): void => {
      if (answer === null) reject(error);
      // What of the body came with what is wrong is on its way.
      else setImmediate(finish, true);
    };
    request.on('error', fail);
    request.on('response', (response) => {
      answer = response;
      response.on('error', fail);
      if (!readsBody) {
        finish(false);
        return;
      }
      signal.addEventListener('abort', () => {
        finish(true);
      });
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => {
        finish(false);
      });
    });
    request.on('close', () => {
      fail(new CallError('NO_ANSWER'));
    });
    let bytes = 0;
    request.on('socket', (socket) => {
      socket.on('data', (piece: Buffer) => {
        bytes += piece.length;
        if (bytes <= MAX_BYTES) return;
        if (answer === null) reject(new CallError('ENDLESS_ANSWER'));
        else finish(true);
      });
    });
    request.end(body);
  }).finally(() => {
    request.destroy();
  });
}
