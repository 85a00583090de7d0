import { setTimeout as delay } from 'node:timers/promises';

const RETRY_MS = 20;

/**
 * Calls `check` until it returns without throwing, and passes its result on.
 * @param deadlineMs after which the last failure is thrown; generous by default, since tests run on busy machines
 */
export async function eventually<T>(check: () => T | Promise<T>, deadlineMs = 40_000): Promise<T> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() >= end) throw error;
      await delay(RETRY_MS);
    }
  }
}
