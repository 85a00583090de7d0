import type { Logger } from '@mediamtx-monitor/runtime';
import type { AlertSubject, TargetStatus } from '@mediamtx-monitor/types';
import type { TickDecision } from './decide.ts';
import { TargetsLog } from './targets-log.ts';

/** `active`: it decides and tells; `standby`: another does; `blind`: the durable Redis can't be asked. */
export type AlerterRole = 'active' | 'standby' | 'blind';

type ToldDecision = Pick<TickDecision, 'refused' | 'forgotten' | 'droppedCount' | 'notifications'>;

/** Tells in the log what an operator has to know of ticks, each once. */
export class AlerterLog {
  readonly #logger: Logger;
  readonly #targets: TargetsLog;
  #doFilesDiffer = false;
  #isDropping = false;

  constructor(logger: Logger) {
    this.#logger = logger;
    this.#targets = new TargetsLog(logger);
  }

  becomes(role: AlerterRole): void {
    if (role === 'active') this.#logger.info('this alerter is the active one');
    if (role === 'standby') this.#logger.info('another alerter is the active one: this one stands by');
  }

  /** Whether what MONITOR_CONFIG says of alerts is another where the other alerter runs. */
  compared(role: AlerterRole, doFilesDiffer: boolean): void {
    if (doFilesDiffer && !this.#doFilesDiffer) {
      const other = role === 'active' ? 'another alerter stands by' : 'the active alerter runs';
      this.#logger.warn(
        `what MONITOR_CONFIG says of alerts is another here than where ${other}: targets change with whoever is ` +
          'active. Give both the same file, and restart them',
      );
    }
    this.#doFilesDiffer = doFilesDiffer;
  }

  /** @param statuses how targets do by that */
  saved(decision: ToldDecision, statuses: readonly TargetStatus[]): void {
    const { refused, forgotten, droppedCount, notifications } = decision;
    this.#targets.saved(statuses, notifications);
    const [first, ...others] = refused;
    if (first !== undefined) {
      const { command, why } = first;
      const more = others.length === 0 ? '' : `; and ${others.length} more weren’t`;
      this.#logger.warn(`a command (${command.type}) of ${command.by} was not done: ${why}${more}`);
    }
    for (const { subject } of forgotten) {
      this.#logger.warn(`nothing was heard of ${subjectText(subject)} for 7 days: its alert is let go`);
    }
    if (droppedCount > 0 && !this.#isDropping) {
      this.#logger.warn(
        `there are more alerts than there is room for: ${droppedCount} are left out, the least bad, and of those that ` +
          'are over some may not have been told to everybody',
      );
    }
    this.#isDropping = droppedCount > 0;
  }
}

function subjectText(subject: AlertSubject): string {
  switch (subject.kind) {
    case 'stream':
      return `stream ${JSON.stringify(subject.stream)} of server ${subject.server}`;
    case 'server':
      return `server ${subject.server}`;
    case 'host':
      return `host ${subject.host}`;
  }
}
