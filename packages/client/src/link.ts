import type { SubscribeMessage, Topic } from '@mediamtx-monitor/types';
import type { Token } from './admission.ts';
import { Attempt } from './attempt.ts';
import { retryInMs } from './backoff.ts';
import type { Ports } from './ports.ts';
import { withoutTopics } from './subscription.ts';
import { Throttle } from './throttle.ts';
import type { AttemptFailure, MonitorState, Transport } from './connection-failure.ts';

export interface PersistentLinkOptions {
  readonly base: string;
  readonly token: Token;
  readonly subscription: SubscribeMessage;
  /** Topics that are done without where the API refuses them. */
  readonly optionalTopics: readonly Topic[];
  /** What to try first. */
  readonly transport: Transport;
  readonly ports: Ports;
  readonly onState: (state: MonitorState) => void;
  readonly onData: (data: unknown) => void;
}

/** A subscription that changes with every key pressed must not be too many messages for the API. */
const SUBSCRIBE_PAUSE_MS = 250;
/** Where no WebSocket got through, none is tried for so long; then with the next connection, not before. */
const NO_SOCKET_MS = 300_000;
/** An API that refused topics may be replaced by one that knows them: so long a connection does without. */
const WITHOUT_TOPICS_MS = 60_000;

/** The way to the API: it comes back by itself, as long as that may help. */
export class PersistentLink {
  readonly #options: PersistentLinkOptions;
  readonly #subscribing: Throttle;
  #subscription: SubscribeMessage;
  #state: MonitorState = { state: 'connecting' };
  #failures = 0;
  /** The API has not said how long to wait. */
  #mayHurry = true;
  #attempt: Attempt | undefined;
  /** What the attempt has opened. */
  #via: Transport | undefined;
  #noSocketUntilMs = -Infinity;
  /** The attempt does without topics that the API refused. */
  #isReduced = false;
  #timer: unknown;
  #stopWake: (() => void) | undefined;

  constructor(options: PersistentLinkOptions) {
    this.#options = options;
    this.#subscription = options.subscription;
    this.#subscribing = new Throttle(this.#sendSubscription, SUBSCRIBE_PAUSE_MS, options.ports.timers);
    if (options.transport === 'sse') this.#avoidSockets();
  }

  get state(): MonitorState {
    return this.#state;
  }

  get subscription(): SubscribeMessage {
    return this.#subscription;
  }

  start(): void {
    if (this.#isOver) return;
    this.#stopWake = this.#options.ports.onWake(this.#wake);
    this.#connect();
  }

  /** Sends the subscription now, or has it with the next connection. */
  subscribe(subscription: SubscribeMessage): void {
    this.#subscription = subscription;
    if (this.#state.state === 'open') this.#subscribing.ask();
  }

  /** The next connection is to go on behind this cursor; the one that is open does so by itself. */
  moveTo(cursor: string): void {
    this.#subscription = { ...this.#subscription, cursor };
  }

  /** Something useful has come; where it comes by itself, every `intervalMs`. */
  delivered(intervalMs?: number): void {
    this.#failures = 0;
    if (intervalMs !== undefined) this.#attempt?.expectEvery(intervalMs);
  }

  close(): void {
    this.#end({ state: 'closed' });
  }

  get #isOver(): boolean {
    return this.#state.state === 'closed' || this.#state.state === 'refused';
  }

  /** What of the subscription the API is asked for. */
  get #wanted(): SubscribeMessage {
    return (this.#isReduced ? this.#reduced : null) ?? this.#subscription;
  }

  get #reduced(): SubscribeMessage | null {
    return withoutTopics(this.#subscription, this.#options.optionalTopics);
  }

  readonly #connect = (): void => {
    this.#isReduced = false;
    this.#notify({ state: 'connecting' });
    if (!this.#isOver) this.#begin();
  };

  #begin(): void {
    this.#via = undefined;
    const { base, token, ports, onData } = this.#options;
    const asked = this.#subscription;
    const first: Transport = ports.monotonicMs() < this.#noSocketUntilMs ? 'sse' : 'websocket';
    this.#attempt = new Attempt(
      { base, token, subscription: this.#wanted, transport: first, ports },
      {
        onOpen: (transport) => {
          if (transport !== first) this.#avoidSockets();
          this.#onOpen(transport, asked);
        },
        onData,
        // What is subscribed to comes at once: asking for it again is a question that gets an answer.
        onQuiet: () => {
          this.#subscribing.ask();
        },
        onEnd: (failure) => {
          this.#attempt = undefined;
          if (failure.problem === 'invalid-parameter' && !this.#isReduced && this.#reduced !== null) {
            this.#isReduced = true;
            this.#begin();
          } else this.#fail(failure);
        },
      },
    );
    this.#attempt.start();
  }

  #onOpen(transport: Transport, asked: SubscribeMessage): void {
    this.#via = transport;
    if (this.#subscription !== asked) {
      this.#subscribing.ask();
      if (transport === 'sse') return;
    }
    if (this.#isReduced) this.#later(this.#reconnect, WITHOUT_TOPICS_MS);
    this.#notify({ state: 'open', transport });
  }

  #avoidSockets(): void {
    this.#noSocketUntilMs = this.#options.ports.monotonicMs() + NO_SOCKET_MS;
  }

  /** Over events nothing can be sent; another subscription is another stream of them. */
  readonly #sendSubscription = (): void => {
    if (this.#via !== 'sse') this.#attempt?.send(JSON.stringify(this.#wanted));
    else if (this.#attempt !== undefined) this.#reconnect();
  };

  readonly #reconnect = (): void => {
    this.#attempt?.close();
    this.#connect();
  };

  /** Takes the place of what was to be done later. */
  #later(run: () => void, delayMs: number): void {
    const { timers } = this.#options.ports;
    timers.clearTimeout(this.#timer);
    this.#timer = timers.setTimeout(run, delayMs);
  }

  #fail(failed: AttemptFailure): void {
    const { isFinal = false, retryAfterMs, ...failure } = failed;
    if (isFinal) {
      this.#end({ state: 'refused', ...failure });
      return;
    }
    const { ports } = this.#options;
    const delayMs = retryInMs(this.#failures, failed, ports.random());
    this.#failures += 1;
    this.#mayHurry = retryAfterMs === undefined;
    this.#later(this.#connect, delayMs);
    this.#notify({ state: 'waiting', retryInMs: delayMs, ...failure });
  }

  readonly #wake = (): void => {
    if (this.#state.state !== 'waiting') this.#attempt?.check();
    else if (this.#mayHurry) {
      this.#options.ports.timers.clearTimeout(this.#timer);
      this.#connect();
    }
  };

  #end(last: MonitorState): void {
    if (this.#state.state === 'closed') return;
    this.#options.ports.timers.clearTimeout(this.#timer);
    this.#subscribing.stop();
    this.#attempt?.close();
    this.#stopWake?.();
    this.#notify(last);
  }

  #notify(next: MonitorState): void {
    this.#state = next;
    this.#options.onState(next);
  }
}
