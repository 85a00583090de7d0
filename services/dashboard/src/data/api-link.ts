import type { MonitorState } from '@mediamtx-monitor/client';
import { batch, type ReadonlySignal, signal } from '@preact/signals';

/** Runs something once, after so many ms, unless the returned function is called before. */
export type After = (delayMs: number, run: () => void) => () => void;

/** The first news over a connection come at once; where none comes by then, there is none. */
const FIRST_NEWS_MS = 3_000;
/** By then all that is known has been told over a new connection, also over a slow one. */
const SETTLED_MS = 5_000;

type OpenState = Extract<MonitorState, { state: 'open' }>;

/** The connection as people are told of it. */
export interface Link {
  /**
   * `open` only from the first picture over a connection on, since until then what is shown is old. As long as it is
   * tried to connect again, `waiting` stays.
   */
  readonly state: ReadonlySignal<MonitorState>;
  /** Whether the connection has been open for so long that all there is has been told over it. */
  readonly isSettled: ReadonlySignal<boolean>;
  /** Takes the state of the socket. */
  readonly hear: (state: MonitorState) => void;
  /** The picture is complete: all that was known before has been told again. */
  readonly complete: () => void;
}

export interface LinkOptions {
  readonly after: After;
  /** Runs right before `isSettled` becomes true. */
  readonly onSettled?: () => void;
  /** Whether there may be nothing to tell, so that silence is no sign of trouble. */
  readonly mayBeSilent?: () => boolean;
}

export function createLink({ after, onSettled, mayBeSilent }: LinkOptions): Link {
  const state = signal<MonitorState>({ state: 'connecting' });
  const isSettled = signal(false);
  /** The socket's own state while it is open. */
  let open: OpenState | undefined;
  let timers: readonly (() => void)[] = [];

  function complete(): void {
    if (open !== undefined) state.value = open;
  }

  function settle(): void {
    batch(() => {
      onSettled?.();
      isSettled.value = true;
    });
  }

  return {
    state,
    isSettled,
    hear: (next) => {
      if (next.state === 'connecting') return;
      const wasOpen = open !== undefined;
      open = next.state === 'open' ? next : undefined;
      // The client then connects anew to see who is there; if nobody is, the next state tells. Proxies cut what is
      // silent, too.
      const isSilent = next.state === 'waiting' && (next.code === 'silent' || next.code === 'lost');
      if (isSilent && wasOpen && mayBeSilent?.() === true) return;
      for (const stop of timers) stop();
      timers = open === undefined ? [] : [after(FIRST_NEWS_MS, complete), after(SETTLED_MS, settle)];
      if (open !== undefined) return;
      batch(() => {
        isSettled.value = false;
        state.value = next;
      });
    },
    complete,
  };
}
