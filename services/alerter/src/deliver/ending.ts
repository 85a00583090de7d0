import type { TryResult } from '../model.ts';

/** How a try went. */
export type TryEnding = Omit<TryResult, 'target' | 'messageId'>;

export const DELIVERED: TryEnding = { outcome: 'delivered', error: null, retryAfterMs: null };

/** A try that failed. @param error for people, without secrets */
export function failed(error: string, retryAfterMs: number | null = null): TryEnding {
  return { outcome: 'failed', error, retryAfterMs };
}
