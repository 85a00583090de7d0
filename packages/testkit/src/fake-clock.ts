/** A clock that moves only when told to; wall and monotonic time move apart with `stepWall`. */
export interface FakeClock {
  readonly wallMs: () => number;
  readonly monotonicMs: () => number;
  /** Lets time pass on both clocks. */
  readonly advance: (ms: number) => void;
  /** Sets the wall clock forth (or back, when negative) without any time passing. */
  readonly stepWall: (ms: number) => void;
}

/** Makes a clock that stands at `startIso`, 1,000 ms after the monotonic zero. */
export function createFakeClock(startIso = '2026-01-01T00:00:00.000Z'): FakeClock {
  let wall = Date.parse(startIso);
  let monotonic = 1_000;
  return {
    wallMs: () => wall,
    monotonicMs: () => monotonic,
    advance: (ms) => {
      wall += ms;
      monotonic += ms;
    },
    stepWall: (ms) => {
      wall += ms;
    },
  };
}
