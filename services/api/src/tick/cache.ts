/** So many answers are kept, and of so many bytes together. */
const MAX_KEPT = 1_024;
const MAX_KEPT_BYTES = 32 * 1_024 * 1_024;

interface Kept<Answer> {
  readonly revision: string;
  readonly answer: Answer;
  readonly bytes: number;
}

/**
 * Answers by question, each made once as long as what it is made of is the same; of too many or too large ones those
 * asked for longest ago go first.
 */
export class Cache<Answer> {
  readonly #bytesOf: (answer: Answer) => number;
  readonly #answers = new Map<string, Kept<Answer>>();
  #bytes = 0;

  /** @param bytesOf how much an answer holds */
  constructor(bytesOf: (answer: Answer) => number) {
    this.#bytesOf = bytesOf;
  }

  /** Whether the answer is there already. */
  has(question: string, revision: string): boolean {
    return this.#answers.get(question)?.revision === revision;
  }

  /** @param revision differs whenever the answer may differ */
  get(question: string, revision: string, make: () => Answer): Answer {
    const kept = this.#answers.get(question);
    if (kept?.revision === revision) {
      this.#answers.delete(question);
      this.#answers.set(question, kept);
      return kept.answer;
    }
    const answer = make();
    this.delete(question);
    this.#keep(question, { revision, answer, bytes: this.#bytesOf(answer) });
    return answer;
  }

  delete(question: string): void {
    this.#bytes -= this.#answers.get(question)?.bytes ?? 0;
    this.#answers.delete(question);
  }

  #keep(question: string, kept: Kept<Answer>): void {
    this.#answers.set(question, kept);
    this.#bytes += kept.bytes;
    for (const oldest of this.#answers.keys()) {
      const { size } = this.#answers;
      if (size === 1 || (size <= MAX_KEPT && this.#bytes <= MAX_KEPT_BYTES)) return;
      this.delete(oldest);
    }
  }
}
