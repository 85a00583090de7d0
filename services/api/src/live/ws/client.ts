import type { Duplex } from 'node:stream';
import type { Clock } from '@mediamtx-monitor/runtime';
import { CLOSE_CODES, type ErrorMessage, SOCKET_ERRORS, type SocketErrorCode } from '@mediamtx-monitor/types';
import type { RawData, WebSocket } from 'ws';
import type { Feed } from '../../feed/index.ts';
import type { Caller } from '../../http/caller.ts';
import type { Guard } from '../../http/guard.ts';
import { RefusedError } from '../../http/refusal.ts';
import { Message } from '../../tick/index.ts';
import { CLOSE_WAIT_MS, type CloseReason, type LiveClient } from '../clients.ts';
import type { LiveFilter } from '../filter.ts';
import { Outgoing, type Traffic } from '../outgoing.ts';
import { ClientSubscription } from '../subscription.ts';
import { readMessage } from './messages.ts';
import { SocketSink } from './sink.ts';

export interface SocketClientOptions {
  readonly webSocket: WebSocket;
  /** The connection below it. */
  readonly socket: Duplex;
  /** Whether compressed frames are for this client. */
  readonly deflated: boolean;
  readonly caller: Caller;
  readonly filter: LiveFilter;
  /**
   * Called with what the client asks for in the place of what it came with.
   * @throws {RefusedError} when that is too much
   */
  readonly admitFilter: (filter: LiveFilter) => void;
  readonly feed: Feed;
  readonly clock: Clock;
  readonly traffic: Traffic;
  readonly guard: Guard;
  /** Time between two pings in ms; a client that doesn't answer one is dropped when the next is due. */
  readonly pingMs: number;
}

/** What stands beside the close code, for people. */
const CLOSE_TEXTS: Readonly<Record<CloseReason, string>> = {
  serviceRestart: 'service restart',
  badMessage: 'bad message',
  tokenRemoved: 'token removed',
  ticketVoid: 'ticket no longer valid',
  tooManyMessages: 'too many messages',
  tooSlow: 'too slow',
  tooManyFilters: 'too many filters',
  tooManyRequests: 'too many requests',
};

/** One WebSocket client. */
export class SocketClient implements LiveClient {
  readonly caller: Caller;
  readonly socket: Duplex;
  readonly #options: SocketClientOptions;
  readonly #sink: SocketSink;
  readonly #outgoing: Outgoing;
  readonly #subscription: ClientSubscription;
  readonly #messages = new MessageLimit();
  #pingAtMs: number;
  #answered = true;
  #leavingSinceMs: number | undefined;

  constructor(options: SocketClientOptions) {
    const { webSocket, socket, clock, guard, pingMs } = options;
    this.caller = options.caller;
    this.socket = socket;
    this.#options = options;
    this.#pingAtMs = clock.monotonicMs() + pingMs;
    this.#sink = new SocketSink({ ...options, compressions: options.feed.compressions });
    this.#outgoing = new Outgoing(this.#sink, options.traffic);
    this.#subscription = new ClientSubscription({ ...options, outgoing: this.#outgoing });
    const guarded = (work: () => void): void => {
      guard.run(socket, work);
    };
    // Comes after large writes only; a callback for each would cost more than the rest. Sweeps see to small ones.
    socket.on('drain', () => {
      guarded(() => {
        this.#subscription.flush();
      });
    });
    webSocket.on('message', (data, isBinary) => {
      guarded(() => {
        if (this.#mayGoOn()) this.#read(data, isBinary);
      });
    });
    webSocket.on('ping', () => {
      guarded(() => {
        this.#mayGoOn();
      });
    });
    webSocket.on('pong', () => {
      guarded(() => {
        this.#answered = true;
        this.#mayGoOn();
      });
    });
  }

  /** Sends the newest of all it wants to receive. */
  begin(): void {
    this.#subscription.begin(this.#options.filter);
  }

  sweep(nowMs: number): void {
    this.#outgoing.goOn();
    if (!this.#sink.isOpen) this.#awaitLeave(nowMs);
    else if (this.#outgoing.isStuck(nowMs)) this.close('tooSlow');
    else if (this.#outgoing.isFree) this.#sweepFree(nowMs);
    else this.#pingAtMs = nowMs + this.#options.pingMs;
  }

  close(reason: CloseReason): void {
    this.#options.webSocket.close(CLOSE_CODES[reason], CLOSE_TEXTS[reason]);
  }

  cut(): void {
    this.#options.webSocket.terminate();
  }

  end(): void {
    this.#subscription.end();
  }

  #sweepFree(nowMs: number): void {
    this.#subscription.sweep(nowMs);
    if (nowMs < this.#pingAtMs) return;
    if (!this.#answered) {
      this.cut();
      return;
    }
    this.#answered = false;
    this.#pingAtMs = nowMs + this.#options.pingMs;
    this.#options.webSocket.ping();
  }

  #awaitLeave(nowMs: number): void {
    this.#leavingSinceMs ??= nowMs;
    if (nowMs - this.#leavingSinceMs >= CLOSE_WAIT_MS) this.cut();
  }

  /** Counts something that the client sent; whether there is anything to do about it. */
  #mayGoOn(): boolean {
    if (!this.#sink.isOpen) return false;
    if (!this.#messages.isExceeded(this.#options.clock.monotonicMs())) return true;
    this.#refuse(
      'too-many-messages',
      `Send at most ${MAX_MESSAGES_A_SECOND} messages a second, pings and pongs included.`,
    );
    return false;
  }

  #read(data: RawData, isBinary: boolean): void {
    const reading = readMessage(data, isBinary);
    if ('filter' in reading) this.#subscribe(reading.filter);
    else this.#refuse('bad-message', reading.mistake);
  }

  #subscribe(filter: LiveFilter): void {
    try {
      this.#options.admitFilter(filter);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      const { code, detail } = error.refusal;
      this.#refuse(code === 'too-many-filters' ? code : 'too-many-requests', detail);
      return;
    }
    this.#subscription.begin(filter);
  }

  /** In the midst of a message only the close code says it. */
  #refuse(code: SocketErrorCode, detail: string): void {
    const error: ErrorMessage = { type: 'error', code, detail };
    this.#outgoing.interject(new Message({ type: error.type, parts: [Buffer.from(JSON.stringify(error))] }));
    this.close(SOCKET_ERRORS[code]);
  }
}

/** Messages that a client may send within a second. */
const MAX_MESSAGES_A_SECOND = 10;
const SECOND_MS = 1_000;

/** Counts what a client sends, second by second. */
class MessageLimit {
  #fromMs = -Infinity;
  #count = 0;

  /**
   * Counts a message.
   * @param nowMs monotonic time
   * @returns whether it was one too many
   */
  isExceeded(nowMs: number): boolean {
    if (nowMs - this.#fromMs >= SECOND_MS) {
      this.#fromMs = nowMs;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count > MAX_MESSAGES_A_SECOND;
  }
}
