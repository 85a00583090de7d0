import { createServer, type RequestListener } from 'node:http';
import { isIPv6 } from 'node:net';
import type { Duplex } from 'node:stream';
import { closeServer, listen, type Logger, type SettingValues } from '@mediamtx-monitor/runtime';
import type { Access } from './access/index.ts';
import type { Hot } from './rest/index.ts';
import { refuseUpgrade } from './shared/answer-refusal.ts';
import { answerPlainly } from './shared/plain-answer.ts';
import type { Sockets } from './ws/index.ts';

/** Time for a request's headers, so that whoever sends them byte by byte holds no connection for long. */
const HEADERS_TIMEOUT_MS = 10_000;
/** Time for a whole request; none of ours has a body worth waiting for. */
const REQUEST_TIMEOUT_MS = 20_000;
/** Longer than proxies keep theirs, so that it's never this side that closes one just being used again. */
const KEEP_ALIVE_MS = 75_000;
const TIMEOUT_CHECK_MS = 2_000;
/** Time that open requests get to finish when the service stops. */
const FINISH_MS = 2_000;

export interface HttpOptions {
  readonly config: Pick<SettingValues, 'API_HOST' | 'API_PORT'>;
  readonly logger: Logger;
  readonly access: Access;
  readonly hot: Hot;
  readonly rest: RequestListener;
  readonly sockets: Sockets;
  /** Time for a request's headers, in ms. */
  readonly headersTimeoutMs?: number;
}

export interface Http {
  readonly start: () => Promise<void>;
  /** Takes no new connections, and resolves when all open requests are done. */
  readonly stop: () => Promise<void>;
  /** Base address once started. */
  readonly url: () => string;
  /** Requests since the start, WebSocket handshakes included; and how many of them access turned away. */
  readonly counts: () => { readonly requests: number; readonly refused: number };
  /** Whether it takes no new connections any more. */
  readonly isLeaving: () => boolean;
}

/** The port: every request and upgrade passes access first. */
export function createHttp(options: HttpOptions): Http {
  const { config, logger, access, hot, rest, sockets } = options;
  const headersTimeout = options.headersTimeoutMs ?? HEADERS_TIMEOUT_MS;
  let port = config.API_PORT;
  let requests = 0;
  let refused = 0;
  let leaving = false;
  /** Connections that Node has handed over, so that its server cuts them no more. */
  const handedOver = new Set<Duplex>();
  const url = (): string => {
    const host = isIPv6(config.API_HOST) ? `[${config.API_HOST}]` : config.API_HOST;
    return `http://${host}:${port}`;
  };
  const answer: RequestListener = (request, response) => {
    requests += 1;
    if (!access.gate(request, response)) refused += 1;
    else if (!hot(request, response)) rest(request, response);
  };
  const server = createServer(
    {
      headersTimeout,
      requestTimeout: Math.max(headersTimeout, REQUEST_TIMEOUT_MS),
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: Math.min(headersTimeout, TIMEOUT_CHECK_MS),
    },
    answer,
  );
  server.on('upgrade', (request, socket, head) => {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
      handedOver.add(socket);
      socket.once('close', () => handedOver.delete(socket));
      answerPlainly(answer, request, socket);
      return;
    }
    requests += 1;
    socket.on('error', () => socket.destroy());
    const verdict = access.check(request);
    if ('caller' in verdict) sockets.upgrade(request, socket, head, verdict.caller);
    else {
      refused += 1;
      refuseUpgrade(request, socket, verdict.refusal);
    }
  });
  return {
    url,
    counts: () => ({ requests, refused }),
    isLeaving: () => leaving,
    start: async () => {
      port = await listen(server, config.API_HOST, config.API_PORT, 'API_HOST and API_PORT');
      logger.info(`listening: ${url()}/api/streams/latest`);
    },
    stop: async () => {
      leaving = true;
      const cut = setTimeout(() => {
        for (const socket of handedOver) socket.destroy();
      }, FINISH_MS);
      await closeServer(server, FINISH_MS);
      clearTimeout(cut);
    },
  };
}
