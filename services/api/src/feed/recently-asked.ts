/** So many answers are kept, and of so many bytes together. */
const MAX_KEPT = 256;
const MAX_KEPT_BYTES = 32 * 1_024 * 1_024;

/** Answers by question, each made once; of too many or too large ones those asked for longest ago go first. */
export class RecentlyAsked<Answer> {
  readonly #bytesOf: (answer: Answer) => number;
  readonly #answers = new Map<string, Answer>();
  #bytes = 0;

  /** @param bytesOf how much an answer holds */
  constructor(bytesOf: (answer: Answer) => number) {
    this.#bytesOf = bytesOf;
  }

  get(question: string, make: () => Answer): Answer {
    const kept = this.#answers.get(question);
    const answer = kept ?? make();
    this.#answers.delete(question);
    this.#answers.set(question, answer);
    if (kept === undefined) this.#keep(this.#bytesOf(answer));
    return answer;
  }

  #keep(addedBytes: number): void {
    this.#bytes += addedBytes;
    for (const [question, answer] of this.#answers) {
      const { size } = this.#answers;
      if (size === 1 || (size <= MAX_KEPT && this.#bytes <= MAX_KEPT_BYTES)) return;
      this.#answers.delete(question);
      this.#bytes -= this.#bytesOf(answer);
    }
  }
}
