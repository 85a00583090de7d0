/** Runs one thing at a time: a call that comes while another runs is skipped and counted. */
export interface Exclusive {
  readonly run: () => void;
  /** Calls that were skipped. */
  readonly overlaps: () => number;
  /** Resolves when nothing runs any more. */
  readonly idle: () => Promise<void>;
}

/** @param work must not reject */
export function createExclusive(work: () => Promise<void>): Exclusive {
  let current: Promise<void> | null = null;
  let overlaps = 0;
  return {
    run: () => {
      if (current !== null) {
        overlaps += 1;
        return;
      }
      current = work().finally(() => {
        current = null;
      });
    },
    overlaps: () => overlaps,
    idle: async () => {
      await current;
    },
  };
}
