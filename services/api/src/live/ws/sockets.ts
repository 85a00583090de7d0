import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '@mediamtx-monitor/runtime';
import { WEBSOCKET_PROTOCOL } from '@mediamtx-monitor/types';
import { type PerMessageDeflateOptions, WebSocketServer } from 'ws';
import type { Caller, Revocation, TakeFilter } from '../../http/caller.ts';
import { RefusedError, refuseUpgrade } from '../../http/refusal.ts';
import { DEFLATE_WINDOW_BITS } from '../../tick/index.ts';
import { Clients, type LiveOptions, type LiveStats } from '../clients.ts';
import { type LiveFilter, readFilter } from '../filter.ts';
import { SocketClient, type SocketClientOptions } from './client.ts';

/** Path of the WebSocket. */
export const SOCKET_PATH = '/ws';

export interface SocketsOptions extends LiveOptions {
  readonly logger: Logger;
  /** Time between two pings in ms; a client that doesn't answer one is dropped when the next is due. */
  readonly pingMs?: number;
}

const PING_MS = 25_000;
/**
 * How permessage-deflate (RFC 7692) is negotiated: ws inflates what clients send but compresses nothing. No window
 * is asked for, since a client that offers a smaller one, or can't choose, would be refused.
 */
const DEFLATE_OPTIONS: PerMessageDeflateOptions = {
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  threshold: Infinity,
};

const MAX_MESSAGE_BYTES = 16 * 1024;
/** A message that small has no reason to come in more pieces. */
const MAX_FRAGMENTS = 64;

/** What is known of a client when its WebSocket is open. */
interface Welcomed extends Pick<
  SocketClientOptions,
  'webSocket' | 'socket' | 'deflated' | 'filter' | 'caller'
> {
  readonly takeFilter: TakeFilter;
}

/** The WebSocket side of the API: newest messages on connect, then every tick, the same bytes for all. */
export class Sockets {
  readonly #options: SocketsOptions;
  readonly #clients: Clients;
  /** Requests of clients that take compressed frames. */
  readonly #takeDeflated = new WeakSet<IncomingMessage>();
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: DEFLATE_OPTIONS,
    maxPayload: MAX_MESSAGE_BYTES,
    maxFragments: MAX_FRAGMENTS,
    handleProtocols: (offered) => offered.has(WEBSOCKET_PROTOCOL) && WEBSOCKET_PROTOCOL,
  });

  constructor(options: SocketsOptions) {
    this.#options = options;
    this.#clients = new Clients(options);
    this.#server.on('headers', (headers, request) => {
      if (takesDeflated(headers)) this.#takeDeflated.add(request);
    });
    this.#server.on('wsClientError', (error, socket, request) => {
      refuseUpgrade(request, socket, {
        code: 'invalid-handshake',
        detail: `${error.message}.`,
        headers: { 'Sec-WebSocket-Version': '13' },
      });
    });
  }

  get stats(): LiveStats {
    return this.#clients.stats;
  }

  /** Whether one of its clients has the connection. */
  has(socket: Duplex): boolean {
    return this.#clients.has(socket);
  }

  start(): void {
    this.#clients.start();
  }

  /** Sends all clients away with 1012, and cuts those that don't answer in time. */
  async stop(): Promise<void> {
    this.#server.close();
    await this.#clients.stop();
  }

  /** Sends those clients away that came by what holds no more. */
  sendAway(revocation: Revocation): void {
    this.#clients.sendAway(revocation);
  }

  /** Takes over the socket of an upgrade request that was let in; refuses in HTTP what it can't serve. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller): void {
    if (socket.destroyed) return;
    try {
      const filter = this.#filterIn(request);
      const takeFilter = this.#admit(socket, caller);
      takeFilter(filter.stream);
      this.#server.handleUpgrade(request, socket, head, (webSocket) => {
        const deflated = this.#takeDeflated.has(request);
        this.#welcome({ webSocket, socket, deflated, filter, caller, takeFilter });
      });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      refuseUpgrade(request, socket, error.refusal);
    }
  }

  /** Counts a client until its connection is gone; in a place of its own, so that this holds nothing of the request. */
  #admit(socket: Duplex, caller: Caller): TakeFilter {
    const { guard, access } = this.#options;
    guard.whenGone(socket, access.admitClient(caller));
    const takeFilter = access.admitFilters(caller);
    guard.whenGone(socket, () => {
      takeFilter(undefined);
    });
    return takeFilter;
  }

  /** Without a pause between the newest ticks and those to come, so that none is missed or overtaken. */
  #welcome({ takeFilter, ...own }: Welcomed): void {
    const { webSocket, socket, caller } = own;
    const { guard, logger, access, pingMs = PING_MS } = this.#options;
    const { traffic } = this.#clients;
    const admitFilter = ({ stream }: LiveFilter): void => {
      access.countQuestion(caller);
      takeFilter(stream);
    };
    const client = new SocketClient({ ...this.#options, ...own, admitFilter, traffic, pingMs });
    webSocket.on('error', (error) => {
      logger.debug(`a WebSocket client failed: ${error.message}`);
    });
    this.#clients.add(client);
    guard.whenGone(socket, () => {
      this.#clients.delete(client);
    });
    client.begin();
  }

  /** @throws {RefusedError} for anything but the path and query parameters there are */
  #filterIn({ url = '/', method }: IncomingMessage): LiveFilter {
    const [path] = url.split('?', 1);
    if (path !== SOCKET_PATH) {
      const detail = `There is no WebSocket at this path; there is one at ${SOCKET_PATH}.`;
      throw new RefusedError({ code: 'not-found', detail });
    }
    if (method !== 'GET') {
      const detail = `A WebSocket is opened with GET, not ${String(method)}.`;
      throw new RefusedError({ code: 'method-not-allowed', detail, headers: { Allow: 'GET' } });
    }
    return readFilter(url);
  }
}

const MAX_WINDOW_BITS = 15;

/**
 * Whether a client can inflate the ready compressed frames.
 * @param headers lines of the answer to its handshake
 */
export function takesDeflated(headers: readonly string[]): boolean {
  const agreed = headers.find((line) => line.startsWith('Sec-WebSocket-Extensions: permessage-deflate'));
  if (agreed === undefined) return false;
  const bits = /server_max_window_bits=(\d+)/.exec(agreed)?.[1] ?? MAX_WINDOW_BITS;
  return Number(bits) >= DEFLATE_WINDOW_BITS;
}
