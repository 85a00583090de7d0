/** A map that changes while others hold it as it was: it is copied at its first change. */
export class ChangedMap<Value> {
  readonly #before: ReadonlyMap<string, Value>;
  #after: Map<string, Value> | null = null;

  constructor(before: ReadonlyMap<string, Value>) {
    this.#before = before;
  }

  /** As it is now; the very one that it was where nothing changed. */
  get now(): ReadonlyMap<string, Value> {
    return this.#after ?? this.#before;
  }

  set(key: string, value: Value): void {
    if (this.now.get(key) !== value) this.#changed().set(key, value);
  }

  delete(key: string): void {
    if (this.now.has(key)) this.#changed().delete(key);
  }

  #changed(): Map<string, Value> {
    this.#after ??= new Map(this.#before);
    return this.#after;
  }
}
