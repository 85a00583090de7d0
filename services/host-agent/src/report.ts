import type { Logger } from '@mediamtx-monitor/runtime';
import type { Verdict } from './publish/index.ts';

/** What a tick was not stored for, in words; `null` when it was stored. */
export function troubleOf(outcome: Verdict | Error, host: string): string | null {
  if (outcome === 'published') return null;
  if (outcome === 'late') return 'Redis got the message too late and left it out';
  if (outcome === 'superseded') {
    return `another agent publishes host ${host}: stop one, or give this machine another HOST_ID`;
  }
  return `Redis did not take the message: ${outcome.message}`;
}

/** Logs what changed from tick to tick, once a change. */
export function createReporter(logger: Logger, host: string): (outcome: Verdict | Error) => void {
  let last: string | null | undefined;
  return (outcome) => {
    const now = troubleOf(outcome, host);
    if (now === last) return;
    if (now !== null) logger.warn(`not stored: ${now}`);
    else if (last === undefined) logger.info(`host ${host} is stored in Redis`);
    else logger.info('host metrics are stored in Redis again');
    last = now;
  };
}
