import type { Running } from '../../support/running.ts';

/** A program that is killed, and started anew. */
export interface RestartedProcess extends Omit<Running, 'output'> {
  /** What all its processes have printed so far. */
  readonly output: () => string;
  /** Starts it anew, after `kill`. */
  readonly start: () => void;
}

export function startRestarted(launch: () => Running): RestartedProcess {
  let before = '';
  let running = launch();
  return {
    mustRun: () => {
      running.mustRun();
    },
    kill: () => running.kill(),
    freeze: () => {
      running.freeze();
    },
    thaw: () => {
      running.thaw();
    },
    stop: () => running.stop(),
    output: () => `${before}${running.output()}`,
    start: () => {
      before += running.output();
      running = launch();
    },
  };
}
