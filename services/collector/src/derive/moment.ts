import type { Moment } from '@mediamtx-monitor/runtime';

/** The clocks drift apart by less than this; more is a step. */
const STEP_MS = 1_000;

/** The moment that was written down as `wallMs`, as far as today's clock can tell; never later than now. */
export function momentWrittenDown(wallMs: number, now: Moment): Moment {
  return { wallMs, monotonicMs: now.monotonicMs - Math.max(0, now.wallMs - wallMs) };
}

/**
 * An earlier moment as it is to be written down now. When the clock was set back since, its old time would make it look
 * younger than it is: that one counts from now back.
 */
export function rewritten(then: Moment, now: Moment): Moment {
  const wallMs = Math.floor(now.wallMs - (now.monotonicMs - then.monotonicMs));
  return then.wallMs - wallMs > STEP_MS ? { ...then, wallMs } : then;
}
