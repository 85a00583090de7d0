/** Tells for how long each look at Redis has found nothing of a server or host. */
export class Absence {
  readonly #sinceMs = new Map<string, number>();

  /** A look found nothing of it. @returns for how long that has been so, in ms */
  missed(subject: string, nowMs: number): number {
    const sinceMs = this.#sinceMs.get(subject) ?? nowMs;
    this.#sinceMs.set(subject, sinceMs);
    return nowMs - sinceMs;
  }

  /** It is there, or nobody looks for it any more. */
  clear(subject: string): void {
    this.#sinceMs.delete(subject);
  }
}
