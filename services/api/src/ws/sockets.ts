import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@mediamtx-monitor/runtime';
import { CLOSE_CODES } from '@mediamtx-monitor/types';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Feed, FeedNews } from '../feed/index.ts';
import { Client } from './client.ts';
import { type Refusal, refuseUpgrade } from './refuse.ts';

/** Path of the WebSocket. */
export const SOCKET_PATH = '/ws';

/** What is asked of an upgrade request before it becomes a socket. */
export interface UpgradeRules {
  readonly refuseOrigin: (headers: IncomingHttpHeaders) => Refusal | undefined;
  readonly readQuery: (
    url: string,
    allowed: readonly 'server'[],
  ) => { readonly query: { readonly server: string | undefined } } | { readonly refusal: Refusal };
}

export interface SocketsOptions {
  readonly feed: Feed;
  readonly logger: Logger;
  readonly rules: UpgradeRules;
  /** Time between two pings in ms; a client that doesn't answer one is dropped at the next. */
  readonly pingMs?: number;
}

const PING_MS = 25_000;
const MAX_CLIENT_MESSAGE_BYTES = 16 * 1024;
/** Time for clients to answer the closing handshake. */
const CLOSE_WAIT_MS = 1_000;

/** The WebSocket side of the API: newest messages on connect, then every tick, its bytes as they are. */
export class Sockets {
  readonly #feed: Feed;
  readonly #logger: Logger;
  readonly #rules: UpgradeRules;
  readonly #pingMs: number;
  readonly #clients = new Set<Client>();
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_CLIENT_MESSAGE_BYTES,
  });
  #unsubscribe: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor({ feed, logger, rules, pingMs = PING_MS }: SocketsOptions) {
    this.#feed = feed;
    this.#logger = logger;
    this.#rules = rules;
    this.#pingMs = pingMs;
  }

  /** Number of clients connected. */
  get clientCount(): number {
    return this.#clients.size;
  }

  start(): void {
    this.#unsubscribe = this.#feed.subscribe((news) => {
      this.#relay(news);
    });
    this.#timer = setInterval(() => {
      for (const client of this.#clients) client.ping();
    }, this.#pingMs).unref();
  }

  /** Sends all clients away with 1012, and cuts those that don't answer in time. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#unsubscribe?.();
    this.#server.close();
    for (const client of this.#clients) client.close(CLOSE_CODES.serviceRestart, 'service restart');
    const closed = Promise.all([...this.#clients].map((client) => client.closed));
    await Promise.race([closed, delay(CLOSE_WAIT_MS, undefined, { ref: false })]);
    for (const client of this.#clients) client.terminate();
  }

  /** Takes over the socket of an upgrade request; refuses in HTTP what it can't serve. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const url = request.url ?? '/';
    const refusal = this.#refusalOf(url, request.headers);
    const asked = this.#rules.readQuery(url, ['server']);
    if (refusal !== undefined) refuseUpgrade(socket, refusal);
    else if ('refusal' in asked) refuseUpgrade(socket, asked.refusal);
    else {
      this.#server.handleUpgrade(request, socket, head, (webSocket) => {
        this.#welcome(webSocket, asked.query.server);
      });
    }
  }

  #refusalOf(url: string, headers: IncomingHttpHeaders): Refusal | undefined {
    const [path] = url.split('?', 1);
    if (path === SOCKET_PATH) return this.#rules.refuseOrigin(headers);
    return {
      code: 'not-found',
      detail: `There is no WebSocket at this path; there is one at ${SOCKET_PATH}.`,
    };
  }

  /** Without a pause between the newest ticks and those to come, so that none is missed or overtaken. */
  #welcome(socket: WebSocket, server: string | undefined): void {
    const client = new Client({ socket, server, newest: (id) => this.#feed.newest(id) });
    this.#clients.add(client);
    socket.on('close', () => this.#clients.delete(client));
    socket.on('error', (error) => {
      this.#logger.debug(`a WebSocket client failed: ${error.message}`);
    });
    for (const tick of this.#feed.ticks()) {
      const age = this.#feed.age(tick);
      if (age === undefined || !client.wants(tick.server)) continue;
      client.welcome(tick, { type: 'status', server: tick.server, ...age });
    }
  }

  #relay(news: FeedNews): void {
    const server = news.kind === 'tick' ? news.tick.server : news.status.server;
    for (const client of this.#clients) {
      if (!client.wants(server)) continue;
      if (news.kind === 'tick') client.offer(news.tick);
      else client.sendStatus(news.status);
    }
  }
}
