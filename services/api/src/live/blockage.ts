/** A client that takes nothing for this long is sent away, in ms. */
export const MAX_BLOCKED_MS = 30_000;

/** Finds out whether a client has taken nothing for too long; to be asked again and again. */
export class Blockage {
  #sinceMs: number | undefined;

  /** Something is written, so all that was written before is taken. */
  clear(): void {
    this.#sinceMs = undefined;
  }

  /**
   * Whether it has taken nothing for too long.
   * @param isFree whether nothing waits for it now
   * @param nowMs monotonic time
   */
  isTooLong(isFree: boolean, nowMs: number): boolean {
    if (isFree) this.#sinceMs = undefined;
    else this.#sinceMs ??= nowMs;
    return this.#sinceMs !== undefined && nowMs - this.#sinceMs >= MAX_BLOCKED_MS;
  }
}
