import { type IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { systemCode } from '@mediamtx-monitor/runtime';
import { PROBLEMS, type Problem, type ProblemCode } from '@mediamtx-monitor/types';
import { represent, send } from './answer.ts';

/** Why a request gets no answer; each protocol says it in its own way. */
export interface Refusal {
  readonly code: ProblemCode;
  /** What happened and what to do. */
  readonly detail: string;
  /** Headers that belong to it, as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown where a request can't be answered. */
export class RefusedError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.detail);
    this.name = 'RefusedError';
    this.refusal = refusal;
  }
}

/** The problem document (RFC 9457) of a refusal. */
export function problemOf({ code, detail }: Refusal): Problem {
  return { type: 'about:blank', ...PROBLEMS[code], detail, code };
}

/** Answers a request with the problem document of a refusal. */
export function answerRefusal(response: ServerResponse, refusal: Refusal): void {
  const problem = problemOf(refusal);
  const answer = represent({
    status: problem.status,
    type: 'application/problem+json',
    body: Buffer.from(JSON.stringify(problem)),
    cacheControl: 'no-store',
    headers: Object.entries(refusal.headers ?? {}).flat(),
  });
  send(response, answer);
}

/** Answers an upgrade request with a refusal and closes the connection. */
export function refuseUpgrade(request: IncomingMessage, socket: Duplex, refusal: Refusal): void {
  answerPlainly(
    (_request, response) => {
      answerRefusal(response, refusal);
    },
    request,
    socket,
  );
}

/**
 * Answers a request that offers another protocol (`Upgrade: h2c` of curl --http2 and Java's client) in plain
 * HTTP/1.1, as RFC 9110 allows; Node hands over the bare socket of any such request.
 */
export function answerPlainly(app: RequestListener, request: IncomingMessage, socket: Duplex): void {
  if (!(socket instanceof Socket)) {
    socket.destroy();
    return;
  }
  socket.on('error', () => socket.destroy());
  // Node's server reads this connection no more, so it's here that a client is seen to leave.
  socket.on('end', () => socket.end()).resume();
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.on('finish', () => {
    response.detachSocket(socket);
    leave(socket);
  });
  app(request, response);
}

/** Time for a client to take the answer and close its side, in ms. */
const LINGER_MS = 1_000;

/** What still comes is read and dropped: closing on unread bytes would take the answer away from the client. */
function leave(socket: Socket): void {
  socket.end();
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

const MALFORMED: Refusal = {
  code: 'malformed-request',
  detail: 'What was sent is not a request of HTTP/1.1.',
};

/** Refusals of what Node's parser gives up on, by its error codes. */
const BY_CODE: ReadonlyMap<string, Refusal> = new Map([
  [
    'HPE_HEADER_OVERFLOW',
    {
      code: 'headers-too-large',
      detail: 'The headers of a request, its URL included, may have 16 KiB; leave some out.',
    },
  ],
  [
    'ERR_HTTP_REQUEST_TIMEOUT',
    { code: 'request-timeout', detail: 'The request was not there in time; send its headers at once.' },
  ],
]);

/** The refusal of a request that was never read to its end, by the error that ended it. */
export function refusalOfError(error: Error): Refusal {
  return BY_CODE.get(systemCode(error)) ?? MALFORMED;
}

export const NO_HOST: Refusal = {
  code: 'malformed-request',
  detail: 'The request has no Host header, which HTTP/1.1 asks for.',
};

export const NO_EXPECTATION: Refusal = {
  code: 'expectation-failed',
  detail: 'Of Expect this service knows 100-continue only; leave the header out.',
};
