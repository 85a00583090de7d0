import type { SubscribeMessage } from '@mediamtx-monitor/types';
import type { Token } from './admission.ts';
import { type Attempt, createAttempt } from './attempt.ts';
import { retryInMs } from './backoff.ts';
import type { Ports } from './ports.ts';
import { createThrottle } from './throttle.ts';
import type { AttemptFailure, MonitorState, Transport } from './connection-failure.ts';

export interface PersistentLinkOptions {
  readonly base: string;
  readonly token: Token;
  readonly subscription: SubscribeMessage;
  /** What to try first. */
  readonly transport: Transport;
  readonly ports: Ports;
  readonly onState: (state: MonitorState) => void;
  readonly onData: (data: unknown) => void;
}

/** The way to the API: it comes back by itself, as long as that may help. */
export interface PersistentLink {
  readonly state: () => MonitorState;
  readonly subscription: () => SubscribeMessage;
  readonly start: () => void;
  /** Sends the subscription now, or has it with the next connection. */
  readonly subscribe: (subscription: SubscribeMessage) => void;
  /** Something useful has come, as it does every `intervalMs`. */
  readonly delivered: (intervalMs: number) => void;
  readonly close: () => void;
}

/** A subscription that changes with every key pressed must not be too many messages for the API. */
const SUBSCRIBE_PAUSE_MS = 250;
/** Where no WebSocket got through, none is tried for so long; then with the next connection, not before. */
const NO_SOCKET_MS = 300_000;

export function createLink(options: PersistentLinkOptions): PersistentLink {
  const { base, token, ports, onState, onData } = options;
  const { timers, monotonicMs } = ports;
  let { subscription } = options;
  let state: MonitorState = { state: 'connecting' };
  let failures = 0;
  /** The API has not said how long to wait. */
  let mayHurry = true;
  let attempt: Attempt | undefined;
  /** What the attempt has opened. */
  let via: Transport | undefined;
  let noSocketUntilMs = options.transport === 'sse' ? monotonicMs() + NO_SOCKET_MS : -Infinity;
  let timer: unknown;
  let stopWake: (() => void) | undefined;

  const subscribing = createThrottle(subscribe, SUBSCRIBE_PAUSE_MS, timers);

  function isOver(): boolean {
    return state.state === 'closed' || state.state === 'refused';
  }

  function notify(next: MonitorState): void {
    state = next;
    onState(next);
  }

  function connect(): void {
    notify({ state: 'connecting' });
    if (isOver()) return;
    via = undefined;
    const asked = subscription;
    const first: Transport = monotonicMs() < noSocketUntilMs ? 'sse' : 'websocket';
    attempt = createAttempt(
      { base, token, subscription, transport: first, ports },
      {
        onOpen: (transport) => {
          if (transport !== first) noSocketUntilMs = monotonicMs() + NO_SOCKET_MS;
          via = transport;
          if (subscription !== asked) {
            subscribing.ask();
            if (transport === 'sse') return;
          }
          notify({ state: 'open', transport });
        },
        onData,
        // What is subscribed to comes at once: asking for it again is a question that gets an answer.
        onQuiet: subscribing.ask,
        onEnd: (failure) => {
          attempt = undefined;
          fail(failure);
        },
      },
    );
    attempt.start();
  }

  /** Over events nothing can be sent; another subscription is another stream of them. */
  function subscribe(): void {
    if (via !== 'sse') attempt?.send(JSON.stringify(subscription));
    else if (attempt !== undefined) {
      attempt.close();
      connect();
    }
  }

  function fail(failed: AttemptFailure): void {
    const { isFinal = false, retryAfterMs, ...failure } = failed;
    if (isFinal) {
      end({ state: 'refused', ...failure });
      return;
    }
    const delayMs = retryInMs(failures, failed, ports.random());
    failures += 1;
    mayHurry = retryAfterMs === undefined;
    timer = timers.setTimeout(connect, delayMs);
    notify({ state: 'waiting', retryInMs: delayMs, ...failure });
  }

  function wake(): void {
    if (state.state !== 'waiting') attempt?.check();
    else if (mayHurry) {
      timers.clearTimeout(timer);
      connect();
    }
  }

  function end(last: MonitorState): void {
    if (state.state === 'closed') return;
    timers.clearTimeout(timer);
    subscribing.stop();
    attempt?.close();
    stopWake?.();
    notify(last);
  }

  return {
    state: () => state,
    subscription: () => subscription,
    start: () => {
      if (isOver()) return;
      stopWake = ports.onWake(wake);
      connect();
    },
    subscribe: (next) => {
      subscription = next;
      if (state.state === 'open') subscribing.ask();
    },
    delivered: (intervalMs) => {
      failures = 0;
      attempt?.expectEvery(intervalMs);
    },
    close: () => {
      end({ state: 'closed' });
    },
  };
}
