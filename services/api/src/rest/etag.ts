import { createHash } from 'node:crypto';
import type { Tick } from '../feed/index.ts';

/** A strong entity tag (RFC 9110): it changes whenever one of the ticks does. */
export function etagOf(ticks: readonly Tick[]): string {
  const revisions = ticks.map((tick) => tick.revision).join(' ');
  return `"${createHash('sha256').update(revisions).digest('base64url')}"`;
}
