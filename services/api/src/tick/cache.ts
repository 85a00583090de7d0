import { LRUCache } from 'lru-cache';

/** So many answers are kept, and of so many bytes together. */
const MAX_KEPT = 1_024;
const MAX_KEPT_BYTES = 32 * 1_024 * 1_024;

interface CachedAnswer<Answer extends object> {
  readonly revision: string;
  readonly answer: Answer;
}

/**
 * Answers by question, each made once as long as what it is made of is the same; of too many or too large ones those
 * asked for longest ago go first. One that is larger than all may be is kept alone.
 */
export class Cache<Answer extends object> {
  readonly #kept: LRUCache<string, CachedAnswer<Answer>>;

  /** @param bytesOf how much an answer holds */
  constructor(bytesOf: (answer: Answer) => number) {
    this.#kept = new LRUCache({
      max: MAX_KEPT,
      maxSize: MAX_KEPT_BYTES,
      sizeCalculation: ({ answer }) => Math.min(MAX_KEPT_BYTES, Math.ceil(bytesOf(answer)) + 1),
    });
  }

  /** Whether the answer is there already. */
  has(question: string, revision: string): boolean {
    return this.#kept.peek(question)?.revision === revision;
  }

  /** @param revision differs whenever the answer may differ */
  get(question: string, revision: string, make: () => Answer): Answer {
    const kept = this.#kept.get(question);
    if (kept?.revision === revision) return kept.answer;
    const answer = make();
    this.#kept.set(question, { revision, answer });
    return answer;
  }

  delete(question: string): void {
    this.#kept.delete(question);
  }
}
