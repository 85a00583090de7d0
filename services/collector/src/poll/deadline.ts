/** Ends a piece of work, and each of its steps, that takes too long. */
export interface Deadline {
  /** Aborts when the time is up. */
  readonly signal: AbortSignal;
  /** Begins a step, which may take so long; the step before is done. */
  readonly startStep: (timeoutMs: number) => void;
  /** The work is done: nothing aborts any more. */
  readonly clear: () => void;
}

/**
 * Starts the time of a piece of work. One controller and plain timers: several `AbortSignal.timeout` a request,
 * combined by `AbortSignal.any`, cost more than the request.
 */
export function createDeadline(totalMs: number): Deadline {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  const total = setTimeout(abort, totalMs);
  let step: NodeJS.Timeout | undefined;
  return {
    signal: controller.signal,
    startStep: (timeoutMs) => {
      clearTimeout(step);
      step = setTimeout(abort, timeoutMs);
    },
    clear: () => {
      clearTimeout(step);
      clearTimeout(total);
    },
  };
}
