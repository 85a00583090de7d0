import type { Alert } from '@mediamtx-monitor/types';
import type { Queued, Target, TryResult } from './model.ts';

/** A message that is to be tried. */
export interface DueMessage {
  readonly target: Target;
  readonly queued: Queued;
}

/** What fires for a target at a moment. */
export interface TargetFiring {
  readonly firing: readonly Alert[];
  /** Alerts that it may know to fire, as it knows them: by what they fire no more. */
  readonly ended: readonly Alert[];
}

/** Brings messages to targets: one try a target at a time, and none waits for another. */
export interface Delivery {
  /**
   * Tries what is due: of each target the first of its queue, as it stands in the saved state. What is being tried, or
   * whose result waits to be taken, is passed over. A message to an `alertmanager` may have no news in it: with each one
   * goes all that fires, and the Watchdog, which is why one is due each `repeatMs`.
   * @param firingOf what fires for a target at this moment, for kinds that are always told all of it
   */
  offer(due: readonly DueMessage[], firingOf: (target: string) => TargetFiring): void;
  /** How the tries went that ended since this was called last. */
  takeResults(): readonly TryResult[];
  /** Cuts the tries that run; nothing is told of them. */
  stop(): void;
}
