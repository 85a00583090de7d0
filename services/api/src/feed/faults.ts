import type { Logger } from '@mediamtx-monitor/runtime';
import { MAX_SUBJECTS, type SubjectKind } from '@mediamtx-monitor/types';
import type { Fault } from './parse.ts';

/** So many different faults in a row are logged. */
const MAX_TOLD = 10;

/** Counts what had to be dropped, and logs each fault once until data about the same server or host is good again. */
export class Faults {
  readonly #logger: Logger;
  readonly #kind: SubjectKind;
  readonly #told = new Map<string | undefined, Set<string>>();
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
    const told = this.#toldOf(subject);
    if (told.has(reason) || told.size >= MAX_TOLD) return;
    told.add(reason);
    const kind = this.#kind;
    this.#logger.warn(`a message in Redis about a ${kind} can't be used and is left out: ${reason}`, {
      [kind]: subject,
    });
  }

  /** Data about it was good again: its next fault is news. */
  clear(subject: string): void {
    this.#told.delete(subject);
  }

  /** Whoever makes up names shares the place of what is about nobody. */
  #toldOf(subject: string | undefined): Set<string> {
    const key = this.#told.has(subject) || this.#told.size < MAX_SUBJECTS ? subject : undefined;
    const told = this.#told.get(key) ?? new Set();
    this.#told.set(key, told);
    return told;
  }
}
