import type { TryResult } from '../model.ts';

/** How a try went. */
export type TryEnding = Omit<TryResult, 'target' | 'messageId'>;

export const DELIVERED: TryEnding = { outcome: 'delivered', error: null, retryAfterMs: null };

/** A try that failed. @param error for people, without secrets */
export function failed(error: string, retryAfterMs: number | null = null): TryEnding {
  return { outcome: 'failed', error, retryAfterMs };
}

/** A try can't be made as the target's entry or its files are. Its message is for people, and holds no secret. */
export class TargetError extends Error {
  readonly code = 'TARGET_WRONG';
}
