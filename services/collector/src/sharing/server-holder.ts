import type { TickNumber } from '@mediamtx-monitor/types';
import type { FirstPoll, SharedServer } from './decide.ts';
import type { Tenure } from './tenure.ts';

/** What polls servers. */
export interface ServerHolder {
  /** Those of the own configuration; the same list while that doesn't change. */
  readonly shared: () => readonly SharedServer[];
  /**
   * Polls a server from now on. @param number with which it was taken; `null` = Redis was never reached
   * Resolves with whether it does: not where it isn't configured any more.
   */
  readonly hold: (
    server: string,
    tenure: Tenure,
    number: TickNumber | null,
    first: FirstPoll,
  ) => Promise<boolean>;
  /** One that is polled already was taken in Redis. */
  readonly taken: (server: string, number: TickNumber) => void;
  /** Polls it no more; resolves when all of it has ended, with the epoch of its ticks. */
  readonly leave: (server: string) => Promise<number | null>;
}
