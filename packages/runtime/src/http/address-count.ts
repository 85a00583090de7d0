/** Counts what is there at the same time, in all and by address. */
export class AddressCount {
  readonly #byNetwork = new Map<string, number>();
  #inAll = 0;

  get inAll(): number {
    return this.#inAll;
  }

  /** How many of them are of this network. */
  of(network: string): number {
    return this.#byNetwork.get(network) ?? 0;
  }

  /**
   * Counts one more until the returned function is called.
   * @param network `null` for what counts in all only
   */
  add(network: string | null): () => void {
    this.#change(network, 1);
    let isHere = true;
    return () => {
      if (isHere) this.#change(network, -1);
      isHere = false;
    };
  }

  #change(network: string | null, by: 1 | -1): void {
    this.#inAll += by;
    if (network === null) return;
    const count = this.of(network) + by;
    if (count === 0) this.#byNetwork.delete(network);
    else this.#byNetwork.set(network, count);
  }
}
