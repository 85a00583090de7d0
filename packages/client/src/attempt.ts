import type { SubscribeMessage } from '@mediamtx-monitor/types';
import { askForTicket, askWhy, readToken, type Token } from './admission.ts';
import { type LiveConnection, type ConnectionEvents, openConnection } from './connection.ts';
import { openEvents } from './event-connection.ts';
import type { Ports } from './ports.ts';
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

/** One try to get to the API, and the connection it leads to. */
export interface Attempt extends LiveConnection {
  readonly start: () => void;
}

/** So many sockets have to fail while HTTP is answered: one alone may have met a service that was just restarting. */
const SOCKETS = 2;

/**
 * A WebSocket that doesn't open is explained over HTTP; where the API answers there and has nothing against it, something
 * on the way lets none through, and events are followed instead.
 */
export function createAttempt(options: AttemptOptions, events: AttemptEvents): Attempt {
  const { base, subscription, transport, ports } = options;
  const aborter = ports.newAborter();
  let connection: LiveConnection | undefined;
  let hasEnded = false;
  let sockets = 0;

  function end(failure: AttemptFailure): void {
    if (hasEnded) return;
    hasEnded = true;
    events.onEnd(failure);
  }

  async function begin(): Promise<void> {
    const read = await readToken(options.token, ports);
    if (hasEnded) return;
    if ('code' in read) end(read);
    else if (transport === 'sse') follow(read.token);
    else await beginSocket(read.token);
  }

  async function beginSocket(token: string): Promise<void> {
    if (token === '') {
      open(token, undefined);
      return;
    }
    const admission = await askForTicket(ticketsUrl(base), token, aborter, ports);
    if (hasEnded) return;
    if ('code' in admission) end(admission);
    else open(token, admission.ticket);
  }

  function open(token: string, ticket: string | undefined): void {
    sockets += 1;
    try {
      connection = openConnection(socketUrl(base, subscription, ticket), ports, {
        ...events,
        onOpen: () => {
          events.onOpen('websocket');
        },
        onEnd: (failure, wasOpen) => {
          connection = undefined;
          if (wasOpen || failure.isFinal === true) end(failure);
          else void explain(failure, token, ticket);
        },
      });
    } catch {
      const reason = 'No WebSocket may be opened to this url: is it valid, and https on an https page?';
      void explain({ code: 'blocked', reason, isFinal: true }, token, ticket);
    }
  }

  /** Who has got a ticket was answered already. */
  async function explain(failure: AttemptFailure, token: string, ticket: string | undefined): Promise<void> {
    const isKnown = sockets > 1 || token !== '';
    const why = isKnown ? 'reached' : await askWhy(socketPageUrl(base), aborter, ports);
    if (hasEnded) return;
    if (why !== 'reached') end(why ?? failure);
    else if (sockets < SOCKETS && failure.code !== 'silent') open(token, ticket);
    else follow(token);
  }

  function follow(token: string): void {
    connection = openEvents({ url: eventsUrl(base, subscription), token }, ports, {
      ...events,
      onOpen: () => {
        events.onOpen('sse');
      },
      onEnd: end,
    });
  }

  return {
    start: () => void begin(),
    send: (text) => connection?.send(text),
    expectEvery: (intervalMs) => connection?.expectEvery(intervalMs),
    check: () => connection?.check(),
    close: () => {
      hasEnded = true;
      aborter.abort();
      connection?.close();
    },
  };
}
