import { errorText, type Logger, type Verdict } from '@mediamtx-monitor/runtime';

/** What a tick was not stored for, in words; `null` when it was stored. */
export function troubleOf(outcome: Verdict | Error, host: string): string | null {
  if (outcome === 'published') return null;
  if (outcome === 'late') return 'Redis got the message too late and left it out';
  if (outcome === 'superseded') {
    return `another agent publishes host ${host}: stop one, or give this machine another HOST_ID`;
  }
  return `Redis did not take the message: ${errorText(outcome)}`;
}

/** How a look at the host went, in one line for the operator. */
export function describeOutcome(outcome: Verdict | Error, host: string): string {
  const trouble = troubleOf(outcome, host);
  return trouble === null ? `host ${host} is stored in Redis` : `not stored: ${trouble}`;
}

/** Logs what changed from tick to tick, once a change. */
export function createReporter(logger: Logger, host: string): (outcome: Verdict | Error) => void {
  let last: string | null | undefined;
  return (outcome) => {
    const now = troubleOf(outcome, host);
    if (now === last) return;
    if (now !== null) logger.warn(describeOutcome(outcome, host));
    else if (last === undefined) logger.info(describeOutcome(outcome, host));
    else logger.info('host metrics are stored in Redis again');
    last = now;
  };
}
