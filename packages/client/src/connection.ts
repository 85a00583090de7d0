import type { Ports, Socket, Timers } from './ports.ts';
import { SilenceWatch } from './silence.ts';
import { type AttemptFailure, attemptFailureOf } from './connection-failure.ts';

/** What doesn't open in this time isn't going to. */
export const OPEN_MS = 10_000;
/** As long as no server is known there is nothing to be told, so patience is long before the first message. */
const FIRST_MESSAGE_MS = 60_000;
const MIN_QUIET_MS = 10_000;
const QUIET_INTERVALS = 3;
/** A socket that was closed here and isn't by then is cut, where that can be done. */
const CLOSE_MS = 1_000;
const NORMAL_CLOSURE = 1000;

export interface ConnectionEvents {
  readonly onOpen: () => void;
  readonly onData: (data: unknown) => void;
  /** Nothing has come for a while: an answer would show that the other side is there. */
  readonly onQuiet: () => void;
  /** It has ended, and not by `close`. */
  readonly onEnd: (failure: AttemptFailure, wasOpen: boolean) => void;
}

/** One socket or event stream, from its first packet to its end; after that it tells nothing. */
export interface LiveConnection {
  /** Nothing is sent unless it is open; over an event stream nothing ever is. */
  readonly send: (text: string) => void;
  /** A message that comes every `intervalMs` has come: silence is measured by the most frequent one. */
  readonly expectEvery: (intervalMs: number) => void;
  /** Looks at once whether the other side is still there. */
  readonly check: () => void;
  readonly close: () => void;
}

/** One socket. */
export class SocketConnection implements LiveConnection {
  readonly #socket: Socket;
  readonly #timers: Timers;
  readonly #events: ConnectionEvents;
  readonly #silence: SilenceWatch;
  #isOpen = false;
  #hasEnded = false;
  #quietMs = Infinity;

  /**
   * Begins to connect.
   * @throws what the platform throws when it allows no socket to this URL
   */
  constructor(
    url: string,
    { webSocket: WebSocket, timers }: Pick<Ports, 'webSocket' | 'timers'>,
    events: ConnectionEvents,
  ) {
    this.#socket = new WebSocket(url);
    this.#timers = timers;
    this.#events = events;
    this.#silence = new SilenceWatch({
      limitMs: OPEN_MS,
      timers,
      onQuiet: events.onQuiet,
      onSilent: () => {
        this.close();
        events.onEnd({ code: 'silent', reason: 'Nothing came from the API for too long.' }, this.#isOpen);
      },
    });
    this.#listen();
  }

  send(text: string): void {
    if (this.#isOpen) this.#socket.send(text);
  }

  expectEvery(intervalMs: number): void {
    this.#quietMs = Math.min(this.#quietMs, Math.max(MIN_QUIET_MS, QUIET_INTERVALS * intervalMs));
    this.#silence.received(this.#quietMs);
  }

  check(): void {
    if (this.#isOpen) this.#silence.ask();
  }

  close(): void {
    if (this.#hasEnded) return;
    this.#finish();
    const socket = this.#socket;
    const timer = this.#timers.setTimeout(() => socket.terminate?.(), CLOSE_MS);
    socket.addEventListener('close', () => {
      this.#timers.clearTimeout(timer);
    });
    socket.close(NORMAL_CLOSURE);
  }

  #listen(): void {
    const socket = this.#socket;
    const { onOpen, onData, onEnd } = this.#events;
    socket.addEventListener('open', () => {
      if (this.#hasEnded) return;
      this.#isOpen = true;
      this.#silence.received(FIRST_MESSAGE_MS);
      onOpen();
    });
    socket.addEventListener('message', ({ data }) => {
      if (this.#hasEnded) return;
      this.#silence.received();
      onData(data);
    });
    // A close follows each error and tells more; but `ws` throws an error that nobody listens to.
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('close', (event) => {
      if (this.#hasEnded) return;
      this.#finish();
      onEnd(attemptFailureOf(event, this.#isOpen), this.#isOpen);
    });
  }

  #finish(): void {
    this.#hasEnded = true;
    this.#silence.stop();
  }
}
