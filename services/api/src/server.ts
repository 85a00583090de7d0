import { createServer, IncomingMessage, type RequestListener } from 'node:http';
import { isIPv6, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { closeServer, listen, type Logger, type SettingValues } from '@mediamtx-monitor/runtime';
import type { Access } from './access/index.ts';
import { NO_EXPECTATION, NO_HOST, refusalOfError, Turns, Unread } from './port/index.ts';
import type { Hot } from './rest/index.ts';
import { answerRefusal, refuseUpgrade } from './http/answer-refusal.ts';
import type { Guard } from './http/guard.ts';
import { answerPlainly } from './http/plain-answer.ts';
import type { Sockets } from './live/index.ts';

/** Time for a request's headers, so that whoever sends them byte by byte holds no connection for long. */
const HEADERS_TIMEOUT_MS = 10_000;
/** Time for a whole request; none of ours has a body worth waiting for. */
const REQUEST_TIMEOUT_MS = 20_000;
/** Longer than proxies keep theirs, so that it's never this side that closes one just being used again. */
const KEEP_ALIVE_MS = 75_000;
/** A connection on which nothing moves for this long, while something should, is cut. */
const STUCK_MS = 30_000;
const SWEEP_MS = 1_000;
const TIMEOUT_CHECK_MS = 2_000;
/** Time that open requests get to finish when the service stops. */
const FINISH_MS = 2_000;

export interface HttpOptions {
  readonly config: Pick<SettingValues, 'API_HOST' | 'API_PORT'>;
  readonly logger: Logger;
  readonly guard: Guard;
  readonly access: Access;
  readonly hot: Hot;
  readonly rest: RequestListener;
  readonly sockets: Sockets;
  /** Whether a live client has the connection. */
  readonly isLive: (socket: Duplex) => boolean;
  readonly monotonicMs: () => number;
  /** Time for a request's headers, in ms. */
  readonly headersTimeoutMs?: number;
  /** Time after which a connection on which nothing moves is cut, in ms. */
  readonly stuckMs?: number;
}

/** What the port counts, since the start unless said otherwise. */
export interface HttpCounts {
  /** Requests, WebSocket handshakes included. */
  readonly requests: number;
  /** Those of them that access turned away. */
  readonly refused: number;
  /** Connections that were not let in, since their address or all together had too many. */
  readonly refusedConnections: number;
  /** Connections that are open now. */
  readonly connections: number;
}

export interface Http {
  readonly start: () => Promise<void>;
  /** Takes no new connections, and resolves when all open requests are done. */
  readonly stop: () => Promise<void>;
  /** Base address once started. */
  readonly url: () => string;
  readonly counts: () => HttpCounts;
  /** Whether it takes no new connections any more. */
  readonly isLeaving: () => boolean;
}

/** The port: every request and upgrade waits for its turn, and passes access first. */
export function createHttp(options: HttpOptions): Http {
  const { config, logger, guard, access, hot, rest, sockets, isLive, monotonicMs } = options;
  const headersTimeout = options.headersTimeoutMs ?? HEADERS_TIMEOUT_MS;
  const stuckMs = options.stuckMs ?? STUCK_MS;
  let port = config.API_PORT;
  let requests = 0;
  let refused = 0;
  let refusedConnections = 0;
  let leaving = false;
  const connections = new Set<Socket>();
  /** Connections that Node has handed over, so that its server cuts them no more. */
  const handedOver = new Set<Duplex>();
  const turns = new Turns();
  const url = (): string => {
    const host = isIPv6(config.API_HOST) ? `[${config.API_HOST}]` : config.API_HOST;
    return `http://${host}:${port}`;
  };
  /** Has those requests answered that access lets in; the others are answered here. */
  const letIn =
    (listener: RequestListener): RequestListener =>
    (request, response) => {
      requests += 1;
      if (request.headers.host === undefined && request.httpVersion === '1.1')
        answerRefusal(response, NO_HOST);
      else if (access.gate(request, response)) listener(request, response);
      else refused += 1;
    };
  const answer = letIn((request, response) => {
    if (!hot(request, response)) rest(request, response);
  });
  /** Has a request answered when it is its turn. */
  const inTurn =
    (listener: RequestListener): RequestListener =>
    (request, response) => {
      const { socket } = request;
      turns.request(socket, response, () => {
        guard.run(socket, () => {
          listener(request, response);
        });
      });
    };
  /** Has a connection taken over, by a WebSocket or by a last answer, when it is its turn. */
  const takeOver = (socket: Duplex, work: () => void): void => {
    handedOver.add(socket);
    socket.once('close', () => handedOver.delete(socket));
    socket.on('error', () => socket.destroy());
    turns.takeOver(socket, () => {
      guard.run(socket, work);
    });
  };
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
      answerPlainly(answer, request, socket);
      return;
    }
    requests += 1;
    const verdict = access.check(request);
    if ('caller' in verdict) sockets.upgrade(request, socket, head, verdict.caller);
    else {
      refused += 1;
      refuseUpgrade(request, socket, verdict.refusal);
    }
  };
  const server = createServer(
    {
      headersTimeout,
      requestTimeout: Math.max(headersTimeout, REQUEST_TIMEOUT_MS),
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: Math.min(headersTimeout, TIMEOUT_CHECK_MS),
      // Node would answer without our headers.
      requireHostHeader: false,
    },
    inTurn(answer),
  );
  server.timeout = stuckMs;
  server.maxConnections = access.maxConnections;
  server.on('drop', () => {
    refusedConnections += 1;
  });
  server.on('connection', (socket: Socket) => {
    guard.run(socket, () => {
      if (access.admitConnection(socket)) {
        connections.add(socket);
        socket.once('close', () => connections.delete(socket));
        return;
      }
      refusedConnections += 1;
      socket.destroy();
    });
  });
  const refuseExpectation = letIn((_request, response) => {
    answerRefusal(response, NO_EXPECTATION);
  });
  server.on('checkExpectation', inTurn(refuseExpectation));
  server.on('upgrade', (request, socket, head) => {
    takeOver(socket, () => {
      upgrade(request, socket, head);
    });
  });
  server.on('clientError', (error, socket) => {
    // The parser fails again with whatever else comes.
    if (handedOver.has(socket) || !(socket instanceof Socket)) return;
    takeOver(socket, () => {
      refuseUpgrade(new IncomingMessage(socket), socket, refusalOfError(error));
    });
  });
  const unread = new Unread({ connections, isLive, waitMs: stuckMs });
  let sweeping: NodeJS.Timeout | undefined;
  return {
    url,
    counts: () => ({ requests, refused, refusedConnections, connections: connections.size }),
    isLeaving: () => leaving,
    start: async () => {
      port = await listen(server, config.API_HOST, config.API_PORT, 'API_HOST and API_PORT');
      sweeping = setInterval(
        () => {
          unread.sweep(monotonicMs());
        },
        Math.min(stuckMs, SWEEP_MS),
      ).unref();
      logger.info(`listening: ${url()}/api/streams/latest`);
    },
    stop: async () => {
      leaving = true;
      clearInterval(sweeping);
      const cut = setTimeout(() => {
        for (const socket of handedOver) socket.destroy();
      }, FINISH_MS);
      await closeServer(server, FINISH_MS);
      clearTimeout(cut);
    },
  };
}
