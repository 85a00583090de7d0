import type { SubscribeMessage } from '@mediamtx-monitor/types';
import { admit, type Token } from './admission.ts';
import { retryInMs } from './backoff.ts';
import { type Connection, openConnection } from './connection.ts';
import type { Aborter, Ports } from './ports.ts';
import { createThrottle } from './throttle.ts';
import type { MonitorState, Setback } from './trouble.ts';
import { socketUrl, ticketsUrl } from './url.ts';

export interface LinkOptions {
  readonly base: string;
  readonly token: Token;
  readonly subscription: SubscribeMessage;
  readonly ports: Ports;
  readonly onState: (state: MonitorState) => void;
  readonly onData: (data: unknown) => void;
}

/** The way to the API: it comes back by itself, as long as that may help. */
export interface Link {
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

export function createLink({ base, token, subscription, ports, onState, onData }: LinkOptions): Link {
  const { timers } = ports;
  let state: MonitorState = { state: 'connecting' };
  let failures = 0;
  /** The last socket was refused, and only HTTP says why. */
  let asksWhy = false;
  /** The API has not said how long to wait. */
  let mayHurry = true;
  let connection: Connection | undefined;
  let aborter: Aborter | undefined;
  let timer: unknown;
  let stopWake: (() => void) | undefined;

  const subscribing = createThrottle(
    () => connection?.send(JSON.stringify(subscription)),
    SUBSCRIBE_PAUSE_MS,
    timers,
  );

  function isOver(): boolean {
    return state.state === 'closed' || state.state === 'refused';
  }

  function tell(next: MonitorState): void {
    state = next;
    onState(next);
  }

  async function connect(): Promise<void> {
    aborter = ports.newAborter();
    tell({ state: 'connecting' });
    if (isOver()) return;
    const admission = await admit({ url: ticketsUrl(base), token, always: asksWhy, aborter }, ports);
    if (isOver()) return;
    if ('code' in admission) setBack(admission);
    else open(admission.ticket);
  }

  function open(ticket: string | undefined): void {
    const inUrl = subscription;
    try {
      connection = openConnection(socketUrl(base, inUrl, ticket), ports, {
        onOpen: () => {
          asksWhy = false;
          if (subscription !== inUrl) subscribing.ask();
          tell({ state: 'open' });
        },
        onData,
        // What is subscribed to comes at once: asking for it again is a question that gets an answer.
        onQuiet: subscribing.ask,
        onEnd: (setback, wasOpen) => {
          connection = undefined;
          asksWhy = !wasOpen;
          setBack(setback);
        },
      });
    } catch {
      const reason = 'No WebSocket may be opened to this url: is it valid, and https on an https page?';
      setBack({ code: 'blocked', reason, isFinal: true });
    }
  }

  function setBack(setback: Setback): void {
    const { code, reason, isFinal = false, retryAfterMs } = setback;
    if (isFinal) {
      end({ state: 'refused', code, reason });
      return;
    }
    const delayMs = retryInMs(failures, setback, ports.random());
    failures += 1;
    mayHurry = retryAfterMs === undefined;
    timer = timers.setTimeout(() => void connect(), delayMs);
    tell({ state: 'waiting', retryInMs: delayMs, code, reason });
  }

  function wake(): void {
    if (state.state !== 'waiting') connection?.check();
    else if (mayHurry) {
      timers.clearTimeout(timer);
      void connect();
    }
  }

  function end(last: MonitorState): void {
    if (state.state === 'closed') return;
    timers.clearTimeout(timer);
    subscribing.stop();
    aborter?.abort();
    connection?.close();
    stopWake?.();
    tell(last);
  }

  return {
    state: () => state,
    subscription: () => subscription,
    start: () => {
      if (isOver()) return;
      stopWake = ports.onWake(wake);
      void connect();
    },
    subscribe: (next) => {
      subscription = next;
      if (state.state === 'open') subscribing.ask();
    },
    delivered: (intervalMs) => {
      failures = 0;
      connection?.expectEvery(intervalMs);
    },
    close: () => {
      end({ state: 'closed' });
    },
  };
}
