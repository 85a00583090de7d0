import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { SAFE_HEADERS } from '@mediamtx-monitor/runtime';
import type { Revocation } from '../../http/caller.ts';
import { Clients, type LiveOptions, type LiveStats } from '../clients.ts';
import { readFilter } from '../filter.ts';
import { SseClient } from './client.ts';

export interface ServerSentEventsOptions extends LiveOptions {
  /** Time between two comments in ms, so that proxies see that the connection is in use. */
  readonly heartbeatMs?: number;
}

const HEARTBEAT_MS = 15_000;
const HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache, no-transform',
  // Has nginx pass on every event as it comes.
  'X-Accel-Buffering': 'no',
  ...SAFE_HEADERS,
};
/** When a client that lost its connection is to come back, in ms. */
const PREFACE = 'retry: 2000\n\n';

/**
 * The same as over WebSocket, as Server-Sent Events. Every snapshot is complete, so `Last-Event-ID` changes nothing about
 * them; topics of events go on from it.
 */
export class ServerSentEvents {
  readonly #options: ServerSentEventsOptions;
  readonly #clients: Clients;
  #leaving = false;

  constructor(options: ServerSentEventsOptions) {
    this.#options = options;
    this.#clients = new Clients(options);
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

  /** Ends all answers: the clients come back by themselves. */
  async stop(): Promise<void> {
    this.#leaving = true;
    await this.#clients.stop();
  }

  /** Sends those clients away that came by what holds no more. */
  sendAway(revocation: Revocation): void {
    this.#clients.sendAway(revocation);
  }

  /**
   * Answers GET and HEAD.
   * @throws {RefusedError} for a wrong query, or when there is no room
   */
  handle(request: IncomingMessage, response: ServerResponse): void {
    const { access, heartbeatMs = HEARTBEAT_MS } = this.#options;
    const filter = readFilter(request.url ?? '');
    if (response.destroyed || request.socket.destroyed) return;
    // An error would keep an EventSource from ever coming back; an end has it come back, to another replica.
    if (request.method === 'HEAD' || this.#leaving) {
      response.writeHead(200, HEADERS).end(PREFACE);
      return;
    }
    const { socket, headers } = request;
    const caller = access.callerOf(request);
    const release = access.admitClient(caller);
    const takeFilter = access.admitFilters(caller);
    this.#whenGone(response, socket, () => {
      release();
      takeFilter(undefined);
    });
    takeFilter(filter.stream);
    const client = new SseClient({
      ...this.#options,
      response,
      socket,
      caller,
      filter,
      lastEventId: headers['last-event-id']?.toString(),
      traffic: this.#clients.traffic,
      heartbeatMs,
    });
    this.#clients.add(client);
    this.#whenGone(response, socket, () => {
      this.#clients.delete(client);
    });
    response.writeHead(200, HEADERS);
    client.begin(PREFACE);
  }

  /** An answer that never got its connection doesn't see it close. */
  #whenGone(response: ServerResponse, socket: Duplex, leave: () => void): void {
    let isHere = true;
    const gone = (): void => {
      socket.off('close', gone);
      if (!isHere) return;
      isHere = false;
      this.#options.guard.run(socket, leave);
    };
    response.once('close', gone);
    socket.once('close', gone);
  }
}
