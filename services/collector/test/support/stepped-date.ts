/** Replaces the global `Date` by one that can be stepped, as an administrator or NTP steps a wall clock. */
export function installSteppedDate(): { step: (ms: number) => void; restore: () => void } {
  const RealDate = globalThis.Date;
  let offsetMs = 0;
  class SteppedDate extends RealDate {
    constructor(...args: readonly unknown[]) {
      if (args.length === 0) super(RealDate.now() + offsetMs);
      else super(...(args as [number]));
    }
    static override now(): number {
      return RealDate.now() + offsetMs;
    }
  }
  globalThis.Date = SteppedDate as DateConstructor;
  return {
    step: (ms) => {
      offsetMs += ms;
    },
    restore: () => {
      globalThis.Date = RealDate;
    },
  };
}
