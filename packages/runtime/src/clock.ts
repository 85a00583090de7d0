/** The two clocks a service needs; passed in wherever time matters. */
export interface Clock {
  /** Unix time in ms; may be stepped by the system. */
  readonly wallMs: () => number;
  /** Milliseconds since some moment of the past; never stepped. */
  readonly monotonicMs: () => number;
}

/** The machine's own clocks. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};
