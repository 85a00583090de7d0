import type { Timers } from './ports.ts';

/** Runs something when asked to, at once, but not more often than every so many ms; no request is lost. */
export interface Throttle {
  readonly ask: () => void;
  readonly stop: () => void;
}

export function createThrottle(run: () => void, pauseMs: number, timers: Timers): Throttle {
  let isAsked = false;
  let timer: unknown;

  function ask(): void {
    isAsked = true;
    if (timer === undefined) next();
  }

  function next(): void {
    timer = isAsked ? timers.setTimeout(next, pauseMs) : undefined;
    if (isAsked) run();
    isAsked = false;
  }

  return {
    ask,
    stop: () => {
      timers.clearTimeout(timer);
    },
  };
}
