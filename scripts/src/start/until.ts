import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from '@mediamtx-monitor/runtime';

const ASK_EVERY_MS = 50;
const PATIENCE_MS = 30_000;

/**
 * Waits until `name` is ready, or the signal aborts.
 * @throws {StartError} when it takes too long
 */
export async function untilReady(
  name: string,
  isReady: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!signal.aborted && !(await isReady())) {
    if (performance.now() >= end) {
      throw new StartError('not-ready', `${name} did not answer within ${PATIENCE_MS / 1_000} s`);
    }
    await delay(ASK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Resolves when the signal aborts. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}
