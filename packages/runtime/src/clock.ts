/** The two clocks a service needs; passed in wherever time matters. */
export interface Clock {
  /** Unix time in ms; may be stepped by the system. */
  readonly wallMs: () => number;
  /** Milliseconds since some moment of the past; never stepped. */
  readonly monotonicMs: () => number;
}

/**
 * A moment by both clocks: what is written down is Unix time, which may be set; how long something lasted is measured by
 * the monotonic clock.
 */
export interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** The moment that it is now. */
export function momentNow({ wallMs, monotonicMs }: Clock): Moment {
  return { wallMs: wallMs(), monotonicMs: monotonicMs() };
}

/** The machine's own clocks. */
export const systemClock: Clock = {
  // eslint-disable-next-line no-restricted-syntax -- here it comes from
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};
