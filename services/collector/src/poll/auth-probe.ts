import type { ListFailure } from '../protocols/index.ts';
import type { AskedServer } from './advice.ts';
import { isRefusal, unauthorizedFailure } from './failures.ts';
import { ignoreBody, type Request } from './request.ts';

/** MediaMTX answers wrong credentials after up to 4 s. */
const PROBE_TIMEOUT_MS = 6_000;
const MIN_GAP_MS = 30_000;
const PROBE_PATH = '/v3/paths/list?itemsPerPage=1';

/**
 * Tells a server that is slow from one that delays its "no": MediaMTX answers wrong credentials late, on
 * purpose, so that a poll only sees a time-out.
 */
export class AuthProbe {
  readonly #server: AskedServer;
  readonly #request: Request;
  readonly #monotonicMs: () => number;
  #finding: ListFailure | null = null;
  #lastStartMs = -Infinity;
  #running: Promise<void> = Promise.resolve();

  constructor(server: AskedServer, request: Request, monotonicMs: () => number) {
    this.#server = server;
    this.#request = request;
    this.#monotonicMs = monotonicMs;
  }

  /** What was found, while it holds: `null` when nothing speaks against the credentials. */
  get finding(): ListFailure | null {
    return this.#finding;
  }

  /** Asks in the background, at most every 30 s. The promise is for those who want to wait for the finding. */
  start(): Promise<void> {
    if (this.#monotonicMs() - this.#lastStartMs >= MIN_GAP_MS) {
      this.#lastStartMs = this.#monotonicMs();
      this.#running = this.#ask();
    }
    return this.#running;
  }

  /** The credentials worked: forget what was found. */
  clear(): void {
    this.#finding = null;
  }

  async #ask(): Promise<void> {
    try {
      const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
      const { status } = await this.#request(PROBE_PATH, signal, ignoreBody());
      this.#finding = isRefusal(status) ? unauthorizedFailure(this.#server) : null;
    } catch {
      this.#finding = null;
    }
  }
}
