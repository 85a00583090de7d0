/** What has to be ended of what was started; last first. */
export class Ending {
  readonly #endings: (() => unknown)[] = [];

  add(end: () => unknown): void {
    this.#endings.unshift(end);
  }

  /**
   * Ends it all, once. What can't be ended doesn't keep the rest.
   * @throws the first error, when all the others are ended
   */
  async run(): Promise<void> {
    const errors: unknown[] = [];
    for (const end of this.#endings.splice(0)) {
      try {
        await end();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
