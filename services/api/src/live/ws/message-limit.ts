/** Messages that a client may send within a second. */
export const MAX_MESSAGES_A_SECOND = 10;
const SECOND_MS = 1_000;

/** Counts what a client sends, second by second. */
export class MessageLimit {
  #fromMs = -Infinity;
  #count = 0;

  /**
   * Counts a message.
   * @param nowMs monotonic time
   * @returns whether it was one too many
   */
  isExceeded(nowMs: number): boolean {
    if (nowMs - this.#fromMs >= SECOND_MS) {
      this.#fromMs = nowMs;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count > MAX_MESSAGES_A_SECOND;
  }
}
