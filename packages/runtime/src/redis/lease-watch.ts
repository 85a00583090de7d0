import type { Clock } from '../clock.ts';
import type { Lease } from './leased-hash-script.ts';

/** A holder that has been silent for so many intervals is gone. */
const SILENT_INTERVALS = 2;

/** Sees by a lease that doesn't change any more that its holder is gone: on our own clock, whatever others say. */
export class LeaseWatch {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #silentMs: number;
  #seen: { readonly text: string | null; readonly sinceMs: number } | undefined;
  #lease: Lease | null = null;

  /** @param intervalMs time in which a holder changes it */
  constructor(clock: Pick<Clock, 'monotonicMs'>, intervalMs: number) {
    this.#clock = clock;
    this.#silentMs = SILENT_INTERVALS * intervalMs;
  }

  /** The lease that was seen last. */
  get lease(): Lease | null {
    return this.#lease;
  }

  /** Whether nobody holds it, as it stands now. @param text as it stands in Redis */
  isFree(lease: Lease | null, text: string | null): boolean {
    const nowMs = this.#clock.monotonicMs();
    this.#lease = lease;
    if (this.#seen?.text !== text) this.#seen = { text, sinceMs: nowMs };
    if (lease === null || lease.isReleased) return true;
    return nowMs - this.#seen.sinceMs > this.#silentMs;
  }
}
