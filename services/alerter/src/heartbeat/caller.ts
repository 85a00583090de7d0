import type { Clock, Logger } from '@mediamtx-monitor/runtime';
import { readAccess, urlOf } from '../access.ts';
import { connectionFailure } from '../connection-failure.ts';
import { EntryError } from '../entry-error.ts';
import { callHttp } from '../http-call.ts';
import type { Heartbeat } from '../model.ts';

export interface HeartbeatCallerOptions {
  readonly heartbeat: Heartbeat;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly logger: Logger;
  /** Time for a whole call, in ms. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;

/**
 * Calls an address again and again while all is well: whoever waits there for it hears by its silence that something isn't.
 * That calls fail is told once, and that they do again.
 */
export class HeartbeatCaller {
  readonly #options: Required<HeartbeatCallerOptions>;
  readonly #stopped = new AbortController();
  #isCalling = false;
  /** Monotonic time of the last call, in ms. */
  #calledAtMs = -Infinity;
  /** The same of the last call that was taken. */
  #givenAtMs = -Infinity;
  /** Why the last call failed, for people; `null` where it didn't. */
  #failure: string | null = null;

  constructor(options: HeartbeatCallerOptions) {
    this.#options = { timeoutMs: TIMEOUT_MS, ...options };
  }

  /** `ok` where the last call was taken and isn't longer ago than the next one may be; why it failed; or `not given`. */
  get status(): string {
    const { clock, heartbeat, timeoutMs } = this.#options;
    if (this.#failure !== null) return this.#failure;
    return clock.monotonicMs() - this.#givenAtMs <= heartbeat.everyMs + timeoutMs ? 'ok' : 'not given';
  }

  /** All is well at this moment: calls, where it is time. */
  beat(): void {
    const { clock, heartbeat } = this.#options;
    const nowMs = clock.monotonicMs();
    if (this.#isCalling || this.#stopped.signal.aborted) return;
    if (nowMs - this.#calledAtMs < heartbeat.everyMs) return;
    this.#calledAtMs = nowMs;
    this.#isCalling = true;
    void this.#run();
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    const { logger } = this.#options;
    const calledAtMs = this.#calledAtMs;
    const failure = await this.#call();
    this.#isCalling = false;
    if (this.#stopped.signal.aborted) return;
    if (failure !== null && failure !== this.#failure)
      logger.warn(`the heartbeat can't be given: ${failure}`);
    if (failure === null && this.#failure !== null) logger.info('the heartbeat is given again');
    this.#failure = failure;
    if (failure === null) this.#givenAtMs = calledAtMs;
  }

  /** Why it failed, for people and without the address, which is a secret; `null` where it didn't. */
  async #call(): Promise<string | null> {
    const deadline = AbortSignal.timeout(this.#options.timeoutMs);
    let host = '';
    try {
      const url = this.#address();
      ({ host } = url);
      const call = { url, method: 'GET', headers: {}, body: '', readsBody: false } as const;
      const { status } = await callHttp(call, AbortSignal.any([deadline, this.#stopped.signal]));
      if (status >= 200 && status < 300) return null;
      const isRedirect = status >= 300 && status < 400;
      return `${host} answered with ${status}${isRedirect ? ', a redirect, which isn’t followed' : ''}`;
    } catch (error) {
      if (error instanceof EntryError) return error.message;
      if (deadline.aborted) return `${host} didn’t answer within ${this.#options.timeoutMs / 1_000} s`;
      return connectionFailure(error, host);
    }
  }

  /** It is read for each call, so that a change of the file counts at once. @throws {EntryError} */
  #address(): URL {
    const address = { ...this.#options.heartbeat, secretFile: null };
    return urlOf(readAccess(address), address, ['https:', 'http:']);
  }
}
