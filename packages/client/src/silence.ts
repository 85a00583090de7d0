import type { Timers } from './ports.ts';

export interface SilenceWatchOptions {
  /** After which the other side is taken for dead, as long as `received` says nothing else. */
  readonly limitMs: number;
  readonly timers: Timers;
  /** Half of the time has passed without a word: asks for one. */
  readonly onQuiet: () => void;
  /** All of it has. */
  readonly onSilent: () => void;
}

/** Notices that nothing comes any more: a connection whose other side is gone looks like one with nothing to say. */
export interface SilenceWatch {
  /** Something has come. */
  readonly received: (limitMs?: number) => void;
  /** Asks at once whether the other side is there. */
  readonly ask: () => void;
  readonly stop: () => void;
}

export function watchSilence({ limitMs, timers, onQuiet, onSilent }: SilenceWatchOptions): SilenceWatch {
  let isAsked = false;
  let timer: unknown;

  function wait(): void {
    timers.clearTimeout(timer);
    timer = timers.setTimeout(() => {
      if (isAsked) onSilent();
      else ask();
    }, limitMs / 2);
  }

  function ask(): void {
    if (isAsked) return;
    isAsked = true;
    wait();
    onQuiet();
  }

  wait();
  return {
    received: (newLimitMs = limitMs) => {
      limitMs = newLimitMs;
      isAsked = false;
      wait();
    },
    ask,
    stop: () => {
      timers.clearTimeout(timer);
    },
  };
}
