const WINDOW_MS = 60_000;
/** So many addresses are remembered; past that the one whose minute began first is forgotten. */
const MAX_ADDRESSES = 100_000;

interface Window {
  readonly endsMs: number;
  count: number;
}

/** Counts requests by address, in minutes that begin with an address's first request. */
export class RequestLimit {
  readonly #perMinute: number;
  readonly #monotonicMs: () => number;
  readonly #maxAddresses: number;
  /** In order of their ends. */
  readonly #windows = new Map<string, Window>();

  constructor(perMinute: number, monotonicMs: () => number, maxAddresses = MAX_ADDRESSES) {
    this.#perMinute = perMinute;
    this.#monotonicMs = monotonicMs;
    this.#maxAddresses = maxAddresses;
  }

  /**
   * Counts a request; tells in how many ms the address may ask again, 0 when this one is within the limit.
   * @param times as how many it counts
   */
  count(address: string, times = 1): number {
    const nowMs = this.#monotonicMs();
    const window = this.#windows.get(address);
    if (window === undefined || window.endsMs <= nowMs) {
      this.#begin(address, nowMs, times);
      return 0;
    }
    window.count += times;
    return window.count > this.#perMinute ? window.endsMs - nowMs : 0;
  }

  #begin(address: string, nowMs: number, count: number): void {
    this.#windows.delete(address);
    for (const [other, { endsMs }] of this.#windows) {
      if (endsMs > nowMs && this.#windows.size < this.#maxAddresses) break;
      this.#windows.delete(other);
    }
    this.#windows.set(address, { endsMs: nowMs + WINDOW_MS, count });
  }
}
