import { MAX_EPOCH_AHEAD_MS } from '@mediamtx-monitor/types';

/** Whether an epoch is so far ahead of Redis's clock as it stands that it isn't obeyed. */
export function isAbsurdEpoch(epoch: number, redisNowMs: number): boolean {
  return epoch >= redisNowMs + MAX_EPOCH_AHEAD_MS;
}

/** The epoch with which a publisher takes over: Redis's time, but after the stored epoch unless that is absurd. */
export function nextEpoch(storedEpoch: number, redisNowMs: number): number {
  return isAbsurdEpoch(storedEpoch, redisNowMs) ? redisNowMs : Math.max(redisNowMs, storedEpoch + 1);
}
