import type { Logger } from '@mediamtx-monitor/runtime';
import type { StoredNotification, TargetStatus } from '@mediamtx-monitor/types';

type ToldStatus = Pick<TargetStatus, 'state' | 'error'>;

/** Tells in the log how targets do, each time that it becomes another: not at each try. */
export class TargetsLog {
  readonly #logger: Logger;
  /** What was told last, by name. */
  readonly #told = new Map<string, ToldStatus>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** @param ended what became of messages since this was called last */
  saved(statuses: readonly TargetStatus[], ended: readonly StoredNotification[]): void {
    for (const { name, state, error } of statuses) this.#tell(name, { state, error });
    for (const { target, kind, outcome, error } of ended) {
      if (outcome !== 'dead') continue;
      this.#logger.warn(
        `a message (${kind}) to target ${target} isn't tried any more: ${error}. GET /api/notifications lists it, and ` +
          'it can be sent again',
      );
    }
  }

  #tell(name: string, { state, error }: ToldStatus): void {
    const told = this.#told.get(name);
    if (state === (told?.state ?? 'ok') && error === (told?.error ?? null)) return;
    this.#told.set(name, { state, error });
    switch (state) {
      case 'ok':
        this.#logger.info(`target ${name} is well again`);
        break;
      case 'failing':
        this.#logger.warn(`target ${name} fails: ${error}`);
        break;
      case 'disabled':
        this.#logger.warn(
          `target ${name} is gone, and isn't asked any more: ${error}. Give it another address in MONITOR_CONFIG, or ` +
            'delete it there, and restart the alerter',
        );
        break;
    }
  }
}
