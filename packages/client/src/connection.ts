import type { Ports } from './ports.ts';
import { watchSilence } from './silence.ts';
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

/** @throws what the platform throws when it allows no socket to this URL */
export function openConnection(
  url: string,
  { webSocket: WebSocket, timers }: Pick<Ports, 'webSocket' | 'timers'>,
  { onOpen, onData, onQuiet, onEnd }: ConnectionEvents,
): LiveConnection {
  const socket = new WebSocket(url);
  let isOpen = false;
  let hasEnded = false;
  let quietMs = Infinity;

  const silence = watchSilence({
    limitMs: OPEN_MS,
    timers,
    onQuiet,
    onSilent: () => {
      close();
      onEnd({ code: 'silent', reason: 'Nothing came from the API for too long.' }, isOpen);
    },
  });

  function finish(): void {
    hasEnded = true;
    silence.stop();
  }

  function close(): void {
    if (hasEnded) return;
    finish();
    const timer = timers.setTimeout(() => socket.terminate?.(), CLOSE_MS);
    socket.addEventListener('close', () => {
      timers.clearTimeout(timer);
    });
    socket.close(NORMAL_CLOSURE);
  }

  socket.addEventListener('open', () => {
    if (hasEnded) return;
    isOpen = true;
    silence.received(FIRST_MESSAGE_MS);
    onOpen();
  });
  socket.addEventListener('message', ({ data }) => {
    if (hasEnded) return;
    silence.received();
    onData(data);
  });
  // A close follows each error and tells more; but `ws` throws an error that nobody listens to.
  socket.addEventListener('error', () => undefined);
  socket.addEventListener('close', (event) => {
    if (hasEnded) return;
    finish();
    onEnd(attemptFailureOf(event, isOpen), isOpen);
  });

  return {
    send: (text) => {
      if (isOpen) socket.send(text);
    },
    expectEvery: (intervalMs) => {
      quietMs = Math.min(quietMs, Math.max(MIN_QUIET_MS, QUIET_INTERVALS * intervalMs));
      silence.received(quietMs);
    },
    check: () => {
      if (isOpen) silence.ask();
    },
    close,
  };
}
