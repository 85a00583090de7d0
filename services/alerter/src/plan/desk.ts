import type { Notified, StoredAlert, StoredTarget, Target } from '../model.ts';
import { criticalSinceMs, heldSinceMs } from './audience.ts';
import type { AlertNews, NewsContext } from './news.ts';

/** An alert, with the key of its subject. */
export interface KeyedAlert {
  readonly key: string;
  readonly alert: StoredAlert;
}

/** What a target is to be told, and whether that goes out. */
export class Desk {
  readonly target: Target;
  readonly stored: StoredTarget;
  readonly context: NewsContext;
  /** What is due for it from now on. */
  readonly begun: KeyedAlert[] = [];
  #earliestDueAtMs = Infinity;
  #hasRepeated = false;
  #hasResolved = false;

  constructor(target: Target, stored: StoredTarget, context: NewsContext) {
    this.target = target;
    this.stored = stored;
    this.context = context;
  }

  /** Takes note of news. @param told what it was told */
  note(news: Exclude<AlertNews, 'dropped'>, told: Notified | undefined, keyed: KeyedAlert): void {
    switch (news) {
      case 'repeated':
        this.#hasRepeated = true;
        break;
      case 'resolved':
        this.#hasResolved = true;
        break;
      case 'worsened':
        // What it was told stays written down: it is told the end of that, whatever becomes of this.
        this.#wait(criticalSinceMs(this.target, keyed.alert) ?? Infinity);
        break;
      case 'fired':
      case 'ended':
        if (told?.state === 'due') this.#wait(told.atMs);
        else {
          this.begun.push(keyed);
          this.#wait(dueAtMs(this.target, keyed.alert));
        }
        break;
    }
  }

  /** Whether a message goes out now: nothing is on its way, and something has waited for long enough. */
  isReady(): boolean {
    const { kind, groupWaitMs, groupIntervalMs, repeatMs } = this.target;
    const { queue, sentAtMs } = this.stored;
    const { isOpen, moment } = this.context;
    if (queue.some(({ message, isReplay }) => message.kind === 'alerts' && !isReplay)) return false;
    const sinceMs = sentAtMs === null ? Infinity : moment.atMs - sentAtMs;
    if (sinceMs < groupIntervalMs) return false;
    if (moment.atMs - this.#earliestDueAtMs >= groupWaitMs || this.#hasRepeated) return true;
    // It forgets what it isn't told again, and wants to hear that we live.
    if (kind === 'alertmanager' && sinceMs >= repeatMs) return true;
    return isOpen && this.#hasResolved;
  }

  #wait(dueAtMs: number): void {
    if (dueAtMs < this.#earliestDueAtMs) this.#earliestDueAtMs = dueAtMs;
  }
}

/** When an alert had held for as long as a target wants, whatever keeps it from being told. */
export function dueAtMs(target: Target, alert: StoredAlert): number {
  return heldSinceMs(target, alert) ?? Infinity;
}
