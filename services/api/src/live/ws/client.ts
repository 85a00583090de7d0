import type { Duplex } from 'node:stream';
import type { Clock } from '@mediamtx-monitor/runtime';
import { CLOSE_CODES, SOCKET_ERRORS, type SocketErrorCode } from '@mediamtx-monitor/types';
import type { RawData, WebSocket } from 'ws';
import type { Feed, FeedNews } from '../../feed/index.ts';
import type { Caller } from '../../http/caller.ts';
import type { Guard } from '../../http/guard.ts';
import { RefusedError } from '../../http/refusal.ts';
import { CLOSE_WAIT_MS, type CloseReason, type LiveClient } from '../clients.ts';
import type { LiveFilter } from '../filter.ts';
import { Subscription } from '../subscription.ts';
import type { Traffic } from '../traffic.ts';
import { MAX_MESSAGES_A_SECOND, MessageLimit } from './message-limit.ts';
import { readMessage } from './messages.ts';
import { SocketOutlet } from './outlet.ts';

export interface SocketClientOptions {
  readonly webSocket: WebSocket;
  /** The connection below it. */
  readonly socket: Duplex;
  /** Whether compressed frames are for this client. */
  readonly deflated: boolean;
  readonly caller: Caller;
  readonly filter: LiveFilter;
  /**
   * Told what the client asks for in the place of what it came with.
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

/** What the client is told in words beside the close code. */
const CLOSE_WORDS: Readonly<Record<CloseReason, string>> = {
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
  readonly #webSocket: WebSocket;
  readonly #clock: Clock;
  readonly #pingMs: number;
  readonly #admitFilter: SocketClientOptions['admitFilter'];
  readonly #outlet: SocketOutlet;
  readonly #subscription: Subscription;
  readonly #messages = new MessageLimit();
  #pingAtMs: number;
  #answered = true;
  #leavingSinceMs: number | undefined;

  constructor(options: SocketClientOptions) {
    const { webSocket, socket, deflated, filter, feed, clock, traffic, guard, pingMs } = options;
    this.caller = options.caller;
    this.socket = socket;
    this.#admitFilter = options.admitFilter;
    this.#webSocket = webSocket;
    this.#clock = clock;
    this.#pingMs = pingMs;
    this.#pingAtMs = clock.monotonicMs() + pingMs;
    const guarded =
      <Args extends unknown[]>(listener: (...args: Args) => void) =>
      (...args: Args): void => {
        guard.run(socket, () => {
          listener(...args);
        });
      };
    const flush = guarded(() => {
      this.#outlet.goOn();
      this.#subscription.flush();
    });
    const { compressions } = feed;
    this.#outlet = new SocketOutlet({ webSocket, socket, deflated, compressions, traffic, onMade: flush });
    this.#subscription = new Subscription({ feed, filter, outlet: this.#outlet, onSkipped: traffic.skip });
    // Comes after large writes only; a callback for each would cost more than the rest. Sweeps see to small ones.
    socket.on('drain', flush);
    const onMessage = (data: RawData, isBinary: boolean): void => {
      if (this.#mayGoOn()) this.#read(data, isBinary);
    };
    const onPing = (): void => {
      this.#mayGoOn();
    };
    const onPong = (): void => {
      this.#answered = true;
      this.#mayGoOn();
    };
    webSocket.on('message', guarded(onMessage));
    webSocket.on('ping', guarded(onPing));
    webSocket.on('pong', guarded(onPong));
  }

  /** Sends the newest of all it wants to be told. */
  begin(): void {
    this.#subscription.begin();
  }

  hear(news: FeedNews): void {
    this.#subscription.hear(news);
  }

  sweep(nowMs: number): void {
    this.#outlet.goOn();
    const { isOpen, isFree } = this.#outlet;
    if (!isOpen) this.#awaitLeave(nowMs);
    else if (this.#outlet.isStuck(nowMs)) this.close('tooSlow');
    else if (isFree) this.#sweepFree(nowMs);
    else this.#pingAtMs = nowMs + this.#pingMs;
  }

  close(reason: CloseReason): void {
    this.#webSocket.close(CLOSE_CODES[reason], CLOSE_WORDS[reason]);
  }

  cut(): void {
    this.#webSocket.terminate();
  }

  end(): void {
    this.#subscription.end();
  }

  #sweepFree(nowMs: number): void {
    this.#subscription.flush();
    if (nowMs < this.#pingAtMs) return;
    if (!this.#answered) {
      this.cut();
      return;
    }
    this.#answered = false;
    this.#pingAtMs = nowMs + this.#pingMs;
    this.#outlet.ping();
  }

  #awaitLeave(nowMs: number): void {
    this.#leavingSinceMs ??= nowMs;
    if (nowMs - this.#leavingSinceMs >= CLOSE_WAIT_MS) this.cut();
  }

  /** Counts something that the client sent; whether there is anything to do about it. */
  #mayGoOn(): boolean {
    if (!this.#outlet.isOpen) return false;
    if (!this.#messages.isExceeded(this.#clock.monotonicMs())) return true;
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
      this.#admitFilter(filter);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      const { code, detail } = error.refusal;
      this.#refuse(code === 'too-many-filters' ? code : 'too-many-requests', detail);
      return;
    }
    this.#subscription.begin(filter);
  }

  #refuse(code: SocketErrorCode, detail: string): void {
    this.#outlet.writeError({ type: 'error', code, detail });
    this.close(SOCKET_ERRORS[code]);
  }
}
