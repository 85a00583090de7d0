import type { Logger } from '@mediamtx-monitor/runtime';
import type { SubjectKind } from '@mediamtx-monitor/types';
import type { Fault } from './parse.ts';

/** Counts what had to be dropped, and logs a fault when it begins or changes rather than at every tick. */
export class Faults {
  readonly #logger: Logger;
  readonly #kind: SubjectKind;
  readonly #last = new Map<string | undefined, string>();
  #count = 0;

  /** @param kind what the faulty data is about */
  constructor(logger: Logger, kind: SubjectKind) {
    this.#logger = logger;
    this.#kind = kind;
  }

  /** Number of messages and stored values dropped since the start. */
  get count(): number {
    return this.#count;
  }

  add({ subject, reason }: Fault): void {
    this.#count += 1;
    if (this.#last.get(subject) === reason) return;
    this.#last.set(subject, reason);
    const kind = this.#kind;
    this.#logger.warn(`a message in Redis about a ${kind} can't be used and is left out: ${reason}`, {
      [kind]: subject,
    });
  }

  /** Data about it was good again: its next fault is news. */
  clear(subject: string): void {
    this.#last.delete(subject);
  }
}
