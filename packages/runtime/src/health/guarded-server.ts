import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { networkOf, plainAddress } from '../http/address.ts';
import { AddressCount } from '../http/address-count.ts';
import { requestTimes } from '../http/request-times.ts';
import { systemCode } from '../system-code.ts';
import { jsonAnswer, send, writtenOut } from './answer.ts';

/** Whoever asks is a probe, a person or Prometheus: few, with short requests. */
const MAX_CONNECTIONS = 128;
const MAX_CONNECTIONS_PER_ADDRESS = 16;
/** Requests of one connection that aren't answered yet. */
const MAX_UNANSWERED = 8;
const MAX_HEADER_BYTES = 8 * 1024;
/** Shorter than anyone asks again: connections that wait would keep others out. */
const KEEP_ALIVE_MS = 5_000;
/** Time in which an answer has to be made and taken. */
const ANSWER_TIMEOUT_MS = 30_000;

export interface GuardedServerOptions {
  readonly answer: RequestListener;
  /** Time for a request's headers, in ms. */
  readonly headersTimeoutMs?: number;
  /** Time in which an answer has to be made and taken, in ms. */
  readonly answerTimeoutMs?: number;
}

/** What is answered to what isn't a request as it should be, by Node's code for it. */
const FAULTS: ReadonlyMap<string, { readonly status: number; readonly error: string }> = new Map([
  [
    'HPE_HEADER_OVERFLOW',
    { status: 431, error: `the headers of a request may have ${MAX_HEADER_BYTES} bytes` },
  ],
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, error: 'the request did not come in time' }],
]);
const NO_HOST = jsonAnswer(400, { error: 'the request has no Host header, which HTTP/1.1 asks for' });
const BAD_REQUEST = { status: 400, error: 'this is no HTTP/1.1 request' };

/** A connection that is cut unless each answer it waits for is made and taken in time. */
class GuardedConnection {
  readonly #socket: Duplex;
  readonly #answerTimeoutMs: number;
  #unanswered = 0;
  #cut: NodeJS.Timeout | undefined;

  constructor(socket: Duplex, answerTimeoutMs: number) {
    this.#socket = socket;
    this.#answerTimeoutMs = answerTimeoutMs;
  }

  /** Requests that aren't answered yet. */
  get unanswered(): number {
    return this.#unanswered;
  }

  /** One more request has come. */
  begin(): void {
    this.#unanswered += 1;
    if (this.#unanswered === 1) this.#awaitAnswer();
  }

  /** An answer was taken, or never will be. */
  finish(): void {
    this.#unanswered -= 1;
    clearTimeout(this.#cut);
    if (this.#unanswered > 0) this.#awaitAnswer();
  }

  /** It is closed. */
  end(): void {
    clearTimeout(this.#cut);
  }

  /** Gives the answer that is next its time. */
  #awaitAnswer(): void {
    if (this.#socket.destroyed) return;
    this.#cut = setTimeout(() => this.#socket.destroy(), this.#answerTimeoutMs);
  }
}

/**
 * A server for few and short questions that anybody may ask: so many connections, so long for a request and its answer,
 * and whatever comes, only the connection that it came on suffers.
 */
export function createGuardedServer(options: GuardedServerOptions): Server {
  const { answer, headersTimeoutMs, answerTimeoutMs = ANSWER_TIMEOUT_MS } = options;
  const connections = new WeakMap<Duplex, GuardedConnection>();

  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const connection = connections.get(socket);
    if (connection === undefined || connection.unanswered >= MAX_UNANSWERED) {
      socket.destroy();
      return;
    }
    connection.begin();
    response.once('close', () => {
      connection.finish();
    });
    if (request.headers.host === undefined && request.httpVersion === '1.1') {
      response.setHeader('connection', 'close');
      send(response, NO_HOST);
    } else answer(request, response);
  }

  const server = createServer(
    {
      ...requestTimes(headersTimeoutMs),
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      // Node would answer without our headers.
      requireHostHeader: false,
    },
    onRequest,
  );
  server.maxConnections = MAX_CONNECTIONS;
  limitConnections(server, MAX_CONNECTIONS_PER_ADDRESS);
  server.on('connection', (socket) => {
    const connection = new GuardedConnection(socket, answerTimeoutMs);
    connections.set(socket, connection);
    socket.once('close', () => {
      connection.end();
    });
  });
  server.on('checkExpectation', (_request, response: ServerResponse) => {
    send(response, jsonAnswer(417, { error: 'nothing is expected of this port but an answer' }));
  });
  server.on('clientError', (error, socket) => {
    const { status, error: text } = FAULTS.get(systemCode(error)) ?? BAD_REQUEST;
    // Behind another answer that is still to come, nothing can be said.
    if (socket.writable && connections.get(socket)?.unanswered === 0) {
      socket.write(writtenOut(jsonAnswer(status, { error: text })));
    }
    if (socket instanceof Socket) socket.destroySoon();
    else socket.destroy();
  });
  return server;
}

/** Cuts connections of an address, of IPv6 ones of a /64, that has enough of them. */
function limitConnections(server: Server, perAddress: number): void {
  const counts = new AddressCount();
  server.on('connection', (socket) => {
    const network = networkOf(plainAddress(socket.remoteAddress ?? ''));
    if (counts.of(network) >= perAddress) socket.destroy();
    else socket.once('close', counts.add(network));
  });
}
