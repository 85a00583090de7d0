import type { Clock } from '@mediamtx-monitor/runtime';
import type { DueMessage } from './delivery-port.ts';

/** Whoever tries a message for longer hangs: a try has 15 s. */
const HANGING_MS = 60_000;

interface WatchedTry {
  readonly messageId: string;
  readonly tries: number;
  /** Monotonic time of its first offer, in ms. */
  readonly sinceMs: number;
}

/** Sees whether messages that are offered for delivery come to something. */
export class TriesWatch {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  #tries: ReadonlyMap<string, WatchedTry> = new Map();

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
  }

  /** These are offered at this moment. */
  offered(offers: readonly DueMessage[]): void {
    const nowMs = this.#clock.monotonicMs();
    this.#tries = new Map(
      offers.map(({ target: { name }, queued: { message, tries } }) => {
        const before = this.#tries.get(name);
        const isSame = before?.messageId === message.id && before.tries === tries;
        return [name, isSame ? before : { messageId: message.id, tries, sinceMs: nowMs }];
      }),
    );
  }

  /** Whether the try of some target has come to nothing for so long that it never will. */
  get isAnyHanging(): boolean {
    const nowMs = this.#clock.monotonicMs();
    return [...this.#tries.values()].some(({ sinceMs }) => nowMs - sinceMs > HANGING_MS);
  }
}
