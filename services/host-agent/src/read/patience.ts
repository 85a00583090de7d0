import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks what may not answer, as a file system whose server is gone. The answer is `null` when the question fails, when
 * patience is over, and as long as an earlier question of the same name is open: so no name ever holds up more than
 * one of the few threads on which Node reads files.
 */
export type Ask = <T>(name: string, question: () => Promise<T>) => Promise<T | null>;

/** @param patienceMs how long an answer is waited for */
export function createAsk(patienceMs: number): Ask {
  const open = new Set<string>();
  return async (name, question) => {
    if (open.has(name)) return null;
    open.add(name);
    const answered = new AbortController();
    const answer = question()
      .catch(() => null)
      .finally(() => {
        open.delete(name);
        answered.abort();
      });
    const patience = delay(patienceMs, null, { signal: answered.signal }).catch(() => null);
    return Promise.race([answer, patience]);
  };
}
