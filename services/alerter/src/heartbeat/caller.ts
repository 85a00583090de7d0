import { type Clock, lookAtFile, type Logger, systemCode } from '@mediamtx-monitor/runtime';
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
  #failure: string | null = null;

  constructor(options: HeartbeatCallerOptions) {
    this.#options = { timeoutMs: TIMEOUT_MS, ...options };
  }

  /** Why the last call failed, for people; `null` where it didn't. */
  get failure(): string | null {
    return this.#failure;
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
    const failure = await this.#call();
    this.#isCalling = false;
    if (this.#stopped.signal.aborted) return;
    if (failure !== null && failure !== this.#failure)
      logger.warn(`the heartbeat can't be given: ${failure}`);
    if (failure === null && this.#failure !== null) logger.info('the heartbeat is given again');
    this.#failure = failure;
  }

  /** Why it failed, for people and without the address, which is a secret; `null` where it didn't. */
  async #call(): Promise<string | null> {
    const address = this.#address();
    if ('failure' in address) return address.failure;
    const { url } = address;
    const deadline = AbortSignal.timeout(this.#options.timeoutMs);
    try {
      const { status, body } = await fetch(url, {
        redirect: 'manual',
        signal: AbortSignal.any([deadline, this.#stopped.signal]),
        headers: { 'user-agent': 'mediamtx-monitor' },
      });
      // Nobody reads it, however long it is.
      await body?.cancel();
      if (status >= 200 && status < 300) return null;
      const isRedirect = status >= 300 && status < 400;
      return `${url.host} answered with ${status}${isRedirect ? ', a redirect, which isn’t followed' : ''}`;
    } catch (error) {
      if (deadline.aborted) return `${url.host} didn’t answer within ${this.#options.timeoutMs / 1_000} s`;
      // fetch says no more than that it failed; why stands behind that.
      const code = systemCode(causeOf(error));
      return `${url.host} can’t be talked to${code === '' ? '' : ` (${code})`}`;
    }
  }

  /** It is read for each call, so that a change of the file counts at once. */
  #address(): { readonly url: URL } | { readonly failure: string } {
    const { url: inFile, urlFile } = this.#options.heartbeat;
    const look = urlFile === null ? { text: inFile, failure: 'it is missing' } : lookAtFile(urlFile);
    const setting = urlFile === null ? 'heartbeat.url' : `heartbeat.urlFile ${urlFile}`;
    if (look.text === null) return { failure: `${setting} can’t be read (${look.failure})` };
    const text = look.text.trim();
    if (!URL.canParse(text) || !/^https?:/.test(text)) {
      return { failure: `${setting} has to be an address that begins with http:// or https://` };
    }
    const url = new URL(text);
    if (`${url.username}${url.password}` === '') return { url };
    return { failure: `${setting} has a user or password in it, which can’t be sent` };
  }
}

function causeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'cause' in error ? error.cause : error;
}
