import type { Reason } from './health.ts';
import { MAX_ATTENTION } from './limits.ts';
import type { StreamRecord } from './stream.ts';
import { isTime } from './time.ts';

/** A stream for which something is wrong, as far as those need to know it who follow servers only. */
export type AttentionStream = Pick<StreamRecord, 'name' | 'state' | 'health' | 'reasons'>;

/** The streams of a server for which something is wrong. */
export interface Attention {
  /** How many have a reason, missing ones too. */
  readonly count: number;
  /**
   * The worst of them: critical ones first, then those whose worst reason is the oldest. Fewer than `count` where there
   * are more than MAX_ATTENTION, or they are longer than MAX_ATTENTION_BYTES; all of them are in the array of streams.
   */
  readonly worst: readonly AttentionStream[];
}

/**
 * Whether a value read from a head is that, or `null`. By hand: of a fleet in trouble it is by far the most of all heads,
 * and joi takes some ten times as long.
 */
export function isAttention(value: unknown): value is Attention | null {
  if (value === null) return true;
  if (!isObject(value)) return false;
  const { count, worst } = value;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) return false;
  return Array.isArray(worst) && worst.length <= MAX_ATTENTION && worst.every(isAttentionStream);
}

/** Whether what a head or an array has of a stream is enough to tell what is wrong with it. By hand, as `isAttention`. */
export function isAttentionStream(value: unknown): value is AttentionStream {
  if (!isObject(value)) return false;
  const { name, state, health, reasons } = value;
  return [name, state, health].every(isText) && areReasons(reasons);
}

/** Whether a value is a list of what is wrong with something. */
export function areReasons(value: unknown): value is readonly Reason[] {
  return Array.isArray(value) && value.every(isReason);
}

function isReason(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { code, severity, measured, limit, since, detail = null } = value;
  return (
    [code, severity].every(isText) &&
    [measured, limit].every(isMeasure) &&
    isTime(since) &&
    (detail === null || isText(detail))
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isMeasure(value: unknown): boolean {
  return value === null || (typeof value === 'number' && value >= 0);
}
