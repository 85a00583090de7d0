import type { RedisOfTest } from '@mediamtx-monitor/testkit';
import type { Running } from '../../support/running.ts';
import { startAlerter as launchAlerter } from '../../support/services.ts';

/** An alerter as it is built: a process of its own that can be killed and started anew. */
export interface AlerterProcess extends Pick<Running, 'mustRun' | 'kill' | 'freeze' | 'thaw' | 'stop'> {
  /** What all its processes have printed so far. */
  readonly output: () => string;
  readonly start: () => void;
}

export function startAlerter(redis: RedisOfTest, env: Readonly<Record<string, string>>): AlerterProcess {
  const launch = (): Running => launchAlerter(redis, env);
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
