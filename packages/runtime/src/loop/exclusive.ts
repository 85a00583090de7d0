/** Runs one thing at a time: a call that comes while another runs is skipped and counted. */
export class Exclusive {
  readonly #work: () => Promise<void>;
  #current: Promise<void> | null = null;
  #overlaps = 0;

  /** @param work must not reject */
  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  /** Calls that were skipped. */
  get overlaps(): number {
    return this.#overlaps;
  }

  run(): void {
    if (this.#current !== null) {
      this.#overlaps += 1;
      return;
    }
    this.#current = this.#work().finally(() => {
      this.#current = null;
    });
  }

  /** Resolves when nothing runs any more. */
  async idle(): Promise<void> {
    await this.#current;
  }
}
