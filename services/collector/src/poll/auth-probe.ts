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
export interface AuthProbe {
  /** The finding, while it holds: `null` when nothing speaks against the credentials. */
  readonly verdict: () => ListFailure | null;
  /** Asks in the background, at most every 30 s. The promise is for those who want to wait for the finding. */
  readonly start: () => Promise<void>;
  /** The credentials worked: forget what was found. */
  readonly clear: () => void;
}

export function createAuthProbe(server: AskedServer, request: Request, monotonicMs: () => number): AuthProbe {
  let verdict: ListFailure | null = null;
  let lastStartMs = -Infinity;
  let running: Promise<void> = Promise.resolve();

  const ask = async (): Promise<void> => {
    try {
      const { status } = await request(PROBE_PATH, AbortSignal.timeout(PROBE_TIMEOUT_MS), ignoreBody());
      verdict = isRefusal(status) ? unauthorizedFailure(server) : null;
    } catch {
      verdict = null;
    }
  };

  return {
    verdict: () => verdict,
    start: () => {
      if (monotonicMs() - lastStartMs >= MIN_GAP_MS) {
        lastStartMs = monotonicMs();
        running = ask();
      }
      return running;
    },
    clear: () => {
      verdict = null;
    },
  };
}
