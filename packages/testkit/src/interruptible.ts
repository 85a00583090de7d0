import { runInNewContext } from 'node:vm';

/** How much more of the time that passes it may take, with each try. */
const MORE = 2;

/**
 * Runs work that some input may keep busy for minutes, a regular expression for instance, and interrupts it then. Work
 * that was interrupted because others had the processor is begun anew.
 * @param limitMs of processor time, many times what the work takes: it says nothing about speed
 * @throws when it was interrupted
 */
export function interruptible<T>(work: () => T, limitMs = 20_000): T {
  let usedMs = 0;
  for (let timeout = limitMs; ; timeout *= MORE) {
    const before = process.cpuUsage();
    try {
      // A script has a time limit that holds wherever it has called to, but it is one of the time that passes.
      return runInNewContext('work()', { work }, { timeout }) as T;
    } catch (error) {
      const { user, system } = process.cpuUsage(before);
      usedMs += (user + system) / 1_000;
      if (!isTimeout(error) || usedMs >= limitMs / MORE) throw error;
    }
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
