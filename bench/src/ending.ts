/** What has to be ended of what was started; last first. */
export class Ending {
  readonly #endings: (() => Promise<unknown>)[] = [];

  add(end: () => Promise<unknown>): void {
    this.#endings.unshift(end);
  }

  /** Ends it all, once. */
  async run(): Promise<void> {
    for (const end of this.#endings.splice(0)) await end();
  }
}
