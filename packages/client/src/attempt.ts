import type { SubscribeMessage } from '@mediamtx-monitor/types';
import { askForTicket, askWhy, readToken, type Token } from './admission.ts';
import { type LiveConnection, type ConnectionEvents, SocketConnection } from './connection.ts';
import { EventConnection } from './event-connection.ts';
import type { Aborter, Ports } from './ports.ts';
import type { AttemptFailure, Transport } from './connection-failure.ts';
import { eventsUrl, socketPageUrl, socketUrl, ticketsUrl } from './url.ts';

export interface AttemptOptions {
  readonly base: string;
  readonly token: Token;
  readonly subscription: SubscribeMessage;
  /** What to try first; only a WebSocket is followed by anything else. */
  readonly transport: Transport;
  readonly ports: Ports;
}

export interface AttemptEvents extends Pick<ConnectionEvents, 'onData' | 'onQuiet'> {
  readonly onOpen: (transport: Transport) => void;
  /** It has failed, or what it led to has ended; not by `close`. */
  readonly onEnd: (failure: AttemptFailure) => void;
}

/** So many sockets have to fail while HTTP is answered: one alone may have met a service that was just restarting. */
const SOCKETS = 2;

/**
 * One try to get to the API, and the connection it leads to. A WebSocket that doesn't open is explained over HTTP; where
 * the API answers there and has nothing against it, something on the way lets none through, and events are followed
 * instead.
 */
export class Attempt implements LiveConnection {
  readonly #options: AttemptOptions;
  readonly #events: AttemptEvents;
  readonly #aborter: Aborter;
  #connection: LiveConnection | undefined;
  #hasEnded = false;
  #sockets = 0;

  constructor(options: AttemptOptions, events: AttemptEvents) {
    this.#options = options;
    this.#events = events;
    this.#aborter = options.ports.newAborter();
  }

  start(): void {
    void this.#begin();
  }

  send(text: string): void {
    this.#connection?.send(text);
  }

  expectEvery(intervalMs: number): void {
    this.#connection?.expectEvery(intervalMs);
  }

  check(): void {
    this.#connection?.check();
  }

  close(): void {
    this.#hasEnded = true;
    this.#aborter.abort();
    this.#connection?.close();
  }

  async #begin(): Promise<void> {
    const { token, transport, ports } = this.#options;
    const read = await readToken(token, ports);
    if (this.#hasEnded) return;
    if ('code' in read) this.#end(read);
    else if (transport === 'sse') this.#follow(read.token);
    else await this.#beginSocket(read.token);
  }

  async #beginSocket(token: string): Promise<void> {
    if (token === '') {
      this.#open(token, undefined);
      return;
    }
    const { base, ports } = this.#options;
    const admission = await askForTicket(ticketsUrl(base), token, this.#aborter, ports);
    if (this.#hasEnded) return;
    if ('code' in admission) this.#end(admission);
    else this.#open(token, admission.ticket);
  }

  #open(token: string, ticket: string | undefined): void {
    const { base, subscription, ports } = this.#options;
    this.#sockets += 1;
    try {
      this.#connection = new SocketConnection(socketUrl(base, subscription, ticket), ports, {
        ...this.#events,
        onOpen: () => {
          this.#events.onOpen('websocket');
        },
        onEnd: (failure, wasOpen) => {
          this.#connection = undefined;
          if (wasOpen || failure.isFinal === true) this.#end(failure);
          else void this.#explain(failure, token, ticket);
        },
      });
    } catch {
      const reason = 'No WebSocket may be opened to this url: is it valid, and https on an https page?';
      void this.#explain({ code: 'blocked', reason, isFinal: true }, token, ticket);
    }
  }

  /** Who has got a ticket was answered already. */
  async #explain(failure: AttemptFailure, token: string, ticket: string | undefined): Promise<void> {
    const { base, ports } = this.#options;
    const isKnown = this.#sockets > 1 || token !== '';
    const why = isKnown ? 'reached' : await askWhy(socketPageUrl(base), this.#aborter, ports);
    if (this.#hasEnded) return;
    if (why !== 'reached') this.#end(why ?? failure);
    else if (this.#sockets < SOCKETS && failure.code !== 'silent') this.#open(token, ticket);
    else this.#follow(token);
  }

  #follow(token: string): void {
    const { base, subscription, ports } = this.#options;
    this.#connection = new EventConnection({ url: eventsUrl(base, subscription), token }, ports, {
      ...this.#events,
      onOpen: () => {
        this.#events.onOpen('sse');
      },
      onEnd: (failure) => {
        this.#end(failure);
      },
    });
  }

  #end(failure: AttemptFailure): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#events.onEnd(failure);
  }
}
