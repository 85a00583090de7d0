import { runInNewContext } from 'node:vm';

/**
 * Runs work that some input may keep busy for minutes, a regular expression for instance, and interrupts it then.
 * @param limitMs many times what the work takes on a busy machine: it says nothing about speed
 * @throws when it was interrupted
 */
export function interruptible<T>(work: () => T, limitMs = 20_000): T {
  // A script has a time limit that holds wherever it has called to.
  return runInNewContext('work()', { work }, { timeout: limitMs }) as T;
}
