import { createServer, IncomingMessage, type RequestListener, type Server } from 'node:http';
import { isIPv6, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { closeServer, listen, type Logger, requestTimes } from '@mediamtx-monitor/runtime';
import type { Access } from './access/index.ts';
import {
  answerPlainly,
  answerRefusal,
  NO_EXPECTATION,
  NO_HOST,
  refusalOfError,
  refuseUpgrade,
} from './http/refusal.ts';
import type { Guard } from './http/guard.ts';
import type { HeldBodies } from './http/held-bodies.ts';
import type { Hot } from './http/hot.ts';
import { Turns } from './http/turns.ts';
import { Unread } from './http/unread.ts';
import type { Sockets } from './live/index.ts';
import type { ApiSettings } from './settings.ts';

/** Longer than proxies keep theirs, so that it's never this side that closes one just being used again. */
const KEEP_ALIVE_MS = 75_000;
/** A connection on which nothing moves for this long, while something should, is cut. */
const STUCK_MS = 30_000;
const SWEEP_MS = 1_000;
/** Time that open requests get to finish when the service stops. */
const FINISH_MS = 2_000;

export interface ApiServerOptions {
  readonly config: Pick<ApiSettings, 'API_HOST' | 'API_PORT'>;
  readonly logger: Logger;
  readonly guard: Guard;
  readonly access: Access;
  readonly hot: Hot;
  /** Answers what isn't hot. */
  readonly router: RequestListener;
  readonly sockets: Sockets;
  /** What the router's answers hold. */
  readonly bodies: HeldBodies;
  /** Whether a live client has the connection. */
  readonly isLive: (socket: Duplex) => boolean;
  readonly monotonicMs: () => number;
  /** Time for a request's headers, in ms. */
  readonly headersTimeoutMs?: number;
  /** Time after which a connection on which nothing moves is cut, in ms. */
  readonly stuckMs?: number;
}

/** What the port counts, since the start unless said otherwise. */
export interface ServerCounts {
  /** Requests, WebSocket handshakes included. */
  readonly requests: number;
  /** Those of them that access turned away. */
  readonly refused: number;
  /** Connections that were not let in, since their address or all together had too many. */
  readonly refusedConnections: number;
  /** Connections that are open now. */
  readonly connections: number;
}

/** The port: every request and upgrade waits for its turn, and passes access first. */
export class ApiServer {
  readonly #options: ApiServerOptions;
  readonly #stuckMs: number;
  readonly #server: Server;
  readonly #turns = new Turns();
  readonly #unread: Unread;
  readonly #connections = new Set<Socket>();
  /** Connections that Node has handed over, so that its server cuts them no more. */
  readonly #handedOver = new Set<Duplex>();
  #port: number;
  #requests = 0;
  #refused = 0;
  #refusedConnections = 0;
  #isLeaving = false;
  #sweeping: NodeJS.Timeout | undefined;

  constructor(options: ApiServerOptions) {
    const { headersTimeoutMs, stuckMs = STUCK_MS, access, bodies, isLive } = options;
    this.#options = options;
    this.#stuckMs = stuckMs;
    this.#port = options.config.API_PORT;
    this.#unread = new Unread({ connections: this.#connections, bodies, isLive, waitMs: stuckMs });
    this.#server = createServer({
      ...requestTimes(headersTimeoutMs),
      keepAliveTimeout: KEEP_ALIVE_MS,
      // Node would answer without our headers.
      requireHostHeader: false,
    });
    this.#server.timeout = stuckMs;
    this.#server.maxConnections = access.maxConnections;
    this.#listen();
  }

  /** Base address once started. */
  get url(): string {
    const { API_HOST } = this.#options.config;
    return `http://${isIPv6(API_HOST) ? `[${API_HOST}]` : API_HOST}:${this.#port}`;
  }

  get counts(): ServerCounts {
    return {
      requests: this.#requests,
      refused: this.#refused,
      refusedConnections: this.#refusedConnections,
      connections: this.#connections.size,
    };
  }

  /** Whether it takes no new connections any more. */
  get isLeaving(): boolean {
    return this.#isLeaving;
  }

  async start(): Promise<void> {
    const { config, logger, monotonicMs } = this.#options;
    this.#port = await listen(this.#server, config.API_HOST, config.API_PORT, 'API_HOST and API_PORT');
    this.#sweeping = setInterval(
      () => {
        this.#unread.sweep(monotonicMs());
      },
      Math.min(this.#stuckMs, SWEEP_MS),
    ).unref();
    logger.info(`listening: ${this.url}/api/streams/latest`);
  }

  /** Takes no new connections, and resolves when all open requests are done. */
  async stop(): Promise<void> {
    this.#isLeaving = true;
    clearInterval(this.#sweeping);
    const cut = setTimeout(() => {
      for (const socket of this.#handedOver) socket.destroy();
    }, FINISH_MS);
    await closeServer(this.#server, FINISH_MS);
    clearTimeout(cut);
  }

  #listen(): void {
    const answer = this.#letIn((request, response) => {
      const { hot, router } = this.#options;
      if (!hot(request, response)) router(request, response);
    });
    const refuseExpectation = this.#letIn((_request, response) => {
      answerRefusal(response, NO_EXPECTATION);
    });
    this.#server.on('connection', (socket: Socket) => {
      this.#admit(socket);
    });
    this.#server.on('drop', () => {
      this.#refusedConnections += 1;
    });
    this.#server.on('request', this.#inTurn(answer));
    this.#server.on('checkExpectation', this.#inTurn(refuseExpectation));
    this.#server.on('upgrade', (request, socket, head) => {
      this.#takeOver(socket, () => {
        if (request.headers.upgrade?.toLowerCase() === 'websocket') this.#upgrade(request, socket, head);
        else answerPlainly(answer, request, socket);
      });
    });
    this.#server.on('clientError', (error, socket) => {
      // The parser fails again with whatever else comes.
      if (this.#handedOver.has(socket) || !(socket instanceof Socket)) return;
      this.#takeOver(socket, () => {
        refuseUpgrade(new IncomingMessage(socket), socket, refusalOfError(error));
      });
    });
  }

  #admit(socket: Socket): void {
    const { guard, access } = this.#options;
    guard.run(socket, () => {
      if (access.admitConnection(socket)) {
        this.#connections.add(socket);
        socket.once('close', () => this.#connections.delete(socket));
        return;
      }
      this.#refusedConnections += 1;
      socket.destroy();
    });
  }

  /** Has those requests answered that access lets in; the others are answered here. */
  #letIn(listener: RequestListener): RequestListener {
    const { access } = this.#options;
    return (request, response) => {
      this.#requests += 1;
      if (hasNoHost(request)) answerRefusal(response, NO_HOST);
      else if (access.gate(request, response)) listener(request, response);
      else this.#refused += 1;
    };
  }

  /** Has requests answered when it is their turn. */
  #inTurn(listener: RequestListener): RequestListener {
    const { guard } = this.#options;
    const guarded: RequestListener = (request, response) => {
      guard.run(request.socket, () => {
        listener(request, response);
      });
    };
    return (request, response) => {
      this.#turns.request(request, response, guarded);
    };
  }

  /** Has a connection taken over, by a WebSocket or by a last answer, when it is its turn. */
  #takeOver(socket: Duplex, work: () => void): void {
    this.#handOver(socket);
    this.#turns.takeOver(socket, () => {
      this.#options.guard.run(socket, work);
    });
  }

  /** Its listeners stay as long as the connection does, so they hold nothing of the request. */
  #handOver(socket: Duplex): void {
    this.#handedOver.add(socket);
    socket.once('close', () => this.#handedOver.delete(socket));
    socket.on('error', () => socket.destroy());
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { access, sockets } = this.#options;
    this.#requests += 1;
    const verdict = hasNoHost(request) ? { refusal: NO_HOST } : access.check(request);
    if ('caller' in verdict) sockets.upgrade(request, socket, head, verdict.caller);
    else {
      this.#refused += 1;
      refuseUpgrade(request, socket, verdict.refusal);
    }
  }
}

/** Whether a request lacks the header that HTTP/1.1 demands (RFC 9112, 3.2). */
function hasNoHost({ headers, httpVersion }: IncomingMessage): boolean {
  return headers.host === undefined && httpVersion === '1.1';
}
