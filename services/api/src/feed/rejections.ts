import type { Logger } from '@mediamtx-monitor/runtime';
import { MAX_SUBJECTS, type SubjectKind } from '@mediamtx-monitor/types';
import type { Rejection } from '../tick/index.ts';

/** So many different reasons in a row are logged. */
const MAX_LOGGED = 10;

/** Counts what had to be dropped, and logs each reason once until data about the same server or host is good again. */
export class Rejections {
  readonly #logger: Logger;
  readonly #kind: SubjectKind;
  readonly #logged = new Map<string | undefined, Set<string>>();
  #count = 0;

  /** @param kind what the data is about */
  constructor(logger: Logger, kind: SubjectKind) {
    this.#logger = logger;
    this.#kind = kind;
  }

  /** Number of messages and stored values dropped since the start. */
  get count(): number {
    return this.#count;
  }

  add({ subject, reason }: Rejection): void {
    this.#count += 1;
    const logged = this.#loggedOf(subject);
    if (logged.has(reason) || logged.size >= MAX_LOGGED) return;
    logged.add(reason);
    const kind = this.#kind;
    const about = kind === 'fleet' ? 'alerts' : `a ${kind}`;
    this.#logger.warn(`a message in Redis about ${about} can't be used and is left out: ${reason}`, {
      [kind]: subject,
    });
  }

  /** Data about it was good again: its next rejection is logged. */
  clear(subject: string): void {
    this.#logged.delete(subject);
  }

  /** Whoever makes up names shares the place of what is about nobody. */
  #loggedOf(subject: string | undefined): Set<string> {
    const key = this.#logged.has(subject) || this.#logged.size < MAX_SUBJECTS ? subject : undefined;
    const logged = this.#logged.get(key) ?? new Set();
    this.#logged.set(key, logged);
    return logged;
  }
}
