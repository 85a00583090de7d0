import type { MonitorState } from '@mediamtx-monitor/client';
import { batch, type ReadonlySignal, signal } from '@preact/signals-core';

/** Runs something once, after so many ms, unless the returned function is called before. */
export type After = (delayMs: number, run: () => void) => () => void;

/** The first messages over a connection come at once; where none comes by then, there is none. */
const FIRST_MESSAGE_MS = 3_000;
/** By then all that is known has come over a new connection, also over a slow one. */
const SETTLED_MS = 5_000;

type OpenState = Extract<MonitorState, { state: 'open' }>;

export interface ApiLinkOptions {
  readonly after: After;
  /** Runs right before `isSettled` becomes true. */
  readonly onSettled?: () => void;
  /** Whether there may be nothing to send, so that silence is no sign of a failure. */
  readonly mayBeSilent?: () => boolean;
}

/** The connection to the API as people see it. */
export class ApiLink {
  readonly #state = signal<MonitorState>({ state: 'connecting' });
  /**
   * `open` only from the first picture over a connection on, since until then what is shown is old. As long as it is
   * tried to connect again, `waiting` stays.
   */
  readonly state: ReadonlySignal<MonitorState> = this.#state;
  readonly #isSettled = signal(false);
  /** Whether the connection has been open for so long that all there is has come over it. */
  readonly isSettled: ReadonlySignal<boolean> = this.#isSettled;
  readonly #options: ApiLinkOptions;
  /** The socket's own state while it is open. */
  #open: OpenState | undefined;
  #timers: readonly (() => void)[] = [];

  constructor(options: ApiLinkOptions) {
    this.#options = options;
  }

  /** Takes the state of the socket. */
  update(next: MonitorState): void {
    if (next.state === 'connecting') return;
    const { after, mayBeSilent } = this.#options;
    const wasOpen = this.#open !== undefined;
    this.#open = next.state === 'open' ? next : undefined;
    // The client then connects anew to see who is there; if nobody is, the next state says so. Proxies cut what is
    // silent, too.
    const isSilent = next.state === 'waiting' && (next.code === 'silent' || next.code === 'lost');
    if (isSilent && wasOpen && mayBeSilent?.() === true) return;
    for (const stop of this.#timers) stop();
    this.#timers = [];
    if (this.#open !== undefined) {
      this.#timers = [
        after(FIRST_MESSAGE_MS, () => {
          this.complete();
        }),
        after(SETTLED_MS, () => {
          this.#settle();
        }),
      ];
      return;
    }
    batch(() => {
      this.#isSettled.value = false;
      this.#state.value = next;
    });
  }

  /** The picture is complete: all that was known before has come again. */
  complete(): void {
    if (this.#open !== undefined) this.#state.value = this.#open;
  }

  #settle(): void {
    batch(() => {
      this.#options.onSettled?.();
      this.#isSettled.value = true;
    });
  }
}
