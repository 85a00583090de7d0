import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '@mediamtx-monitor/runtime';
import { Clients, type Feed, type LiveStats } from '../feed/index.ts';
import type { Caller, TakeFilter } from '../shared/caller.ts';
import { readInterest } from '../shared/interest.ts';
import { SAFE_HEADERS } from '../shared/safe-headers.ts';
import { EventClient } from './client.ts';

/** Path of the Server-Sent Events. */
export const EVENTS_PATH = '/api/live';

export interface LiveEventsOptions {
  readonly feed: Feed;
  readonly clock: Clock;
  /** Who sent a request that was let in. */
  readonly callerOf: (request: IncomingMessage) => Caller;
  /**
   * Counts a client until the returned function is called.
   * @throws {RefusedError} when there is no room for it
   */
  readonly admitClient: (caller: Caller) => () => void;
  /** Lets a client have filters. */
  readonly admitFilters: (caller: Caller) => TakeFilter;
  /** Time between two comments in ms, so that proxies see that the connection is in use. */
  readonly heartbeatMs?: number;
  /** How often clients are looked after, in ms. */
  readonly sweepMs?: number;
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

/** The same as over WebSocket, as Server-Sent Events. Every message is complete, so `Last-Event-ID` changes nothing. */
export class LiveEvents {
  readonly #options: LiveEventsOptions;
  readonly #clients: Clients;
  #leaving = false;

  constructor(options: LiveEventsOptions) {
    const { feed, clock, sweepMs } = options;
    this.#options = options;
    this.#clients = new Clients({ feed, clock, ...(sweepMs !== undefined && { sweepMs }) });
  }

  get stats(): LiveStats {
    return this.#clients.stats;
  }

  start(): void {
    this.#clients.start();
  }

  /** Ends all answers: the clients come back by themselves. */
  async stop(): Promise<void> {
    this.#leaving = true;
    await this.#clients.stop();
  }

  /** Sends those clients away that came with this token. */
  closeToken(name: string): void {
    this.#clients.closeToken(name);
  }

  /**
   * Answers GET and HEAD.
   * @throws {RefusedError} for a wrong query, or when there is no room
   */
  handle(request: IncomingMessage, response: ServerResponse): void {
    const interest = readInterest(request.url ?? '');
    if (response.destroyed) return;
    // An error would keep an EventSource from ever coming back; an end has it come back, to another replica.
    if (request.method === 'HEAD' || this.#leaving) {
      response.writeHead(200, HEADERS).end(PREFACE);
      return;
    }
    const { feed, clock, callerOf, admitClient, admitFilters, heartbeatMs = HEARTBEAT_MS } = this.#options;
    const caller = callerOf(request);
    response.once('close', admitClient(caller));
    const takeFilter = admitFilters(caller);
    response.once('close', () => {
      takeFilter(undefined);
    });
    takeFilter(interest.stream);
    const { traffic } = this.#clients;
    const { tokenName } = caller;
    const client = new EventClient({ response, tokenName, interest, feed, clock, traffic, heartbeatMs });
    this.#clients.add(client);
    response.once('close', () => {
      this.#clients.delete(client);
    });
    response.writeHead(200, HEADERS);
    client.begin(PREFACE);
  }
}
