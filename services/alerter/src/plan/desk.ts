import type { AlertMoment, StoredAlert, StoredTarget, Target } from '../model.ts';
import type { News } from './news.ts';

/** An alert of which a target is to be told something. */
export interface Line {
  readonly key: string;
  readonly alert: StoredAlert;
}

/** An alert that fires, or has, of which a target wasn't told yet. */
interface UntoldLine extends Line {
  readonly dueAtMs: number;
}

/** What a target is to be told, and whether that goes out. */
export class Desk {
  readonly target: Target;
  readonly stored: StoredTarget;
  readonly isOpen: boolean;
  readonly fired: UntoldLine[] = [];
  readonly ended: UntoldLine[] = [];
  readonly repeated: Line[] = [];
  readonly resolved: Line[] = [];
  #earliestDueAtMs = Infinity;

  constructor(target: Target, stored: StoredTarget, isOpen: boolean) {
    this.target = target;
    this.stored = stored;
    this.isOpen = isOpen;
  }

  add(news: Exclude<News, { kind: 'dropped' }>, line: Line): void {
    switch (news.kind) {
      case 'fired':
      case 'ended':
        this[news.kind].push({ ...line, dueAtMs: news.dueAtMs });
        this.#earliestDueAtMs = Math.min(this.#earliestDueAtMs, news.dueAtMs);
        break;
      case 'repeated':
      case 'resolved':
        this[news.kind].push(line);
        break;
    }
  }

  /** Whether a message goes out now: nothing is on its way, and something has waited for long enough. */
  isReady({ atMs }: AlertMoment): boolean {
    const { kind, groupWaitMs, groupIntervalMs, repeatMs } = this.target;
    const { queue, sentAtMs } = this.stored;
    if (queue.some(({ message, isReplay }) => message.kind === 'alerts' && !isReplay)) return false;
    const sinceMs = sentAtMs === null ? Infinity : atMs - sentAtMs;
    if (sinceMs < groupIntervalMs) return false;
    if (atMs - this.#earliestDueAtMs >= groupWaitMs || this.repeated.length > 0) return true;
    // It forgets what it isn't told again, and wants to hear that we live.
    if (kind === 'alertmanager' && sinceMs >= repeatMs) return true;
    return this.isOpen && this.resolved.length > 0;
  }
}
