interface RibbonPorts {
  /** Asks for the ribbon of a stream by its key; `null`: there is nobody to ask about. */
  readonly ask: (key: string) => Promise<string | null>;
  /** Hears all ribbons that are kept when there are others. */
  readonly tell: (ribbons: ReadonlyMap<string, string>) => void;
  /** Milliseconds of a clock that only goes on. */
  readonly now: () => number;
}

/** Asked for at once: half of what an address may ask in a minute, at a look each second. */
const AT_ONCE = 5;
/** How long a ribbon is good. */
const GOOD_MS = 300_000;
/** After what went wrong nobody is asked for so long. */
const REST_MS = 60_000;
/** Far more than are in view; where streams come under ever new names, those that are gone aren't kept for hours. */
const MAX_KEPT = 500;

/** Ribbons of the streams that are looked at: few are asked for at a time, and each again only after minutes. */
export class RibbonKeeper {
  readonly #ports: RibbonPorts;
  /** When each was asked for last, the one that was asked for longest ago first. */
  readonly #asked = new Map<string, number>();
  #ribbons: ReadonlyMap<string, string> = new Map();
  #isBusy = false;
  #restsUntil = -Infinity;

  constructor(ports: RibbonPorts) {
    this.#ports = ports;
  }

  /** @param keys of the streams that are in view */
  look(keys: readonly string[]): void {
    const now = this.#ports.now();
    if (this.#isBusy || now < this.#restsUntil) return;
    const due = keys.filter((key) => now - (this.#asked.get(key) ?? -Infinity) >= GOOD_MS).slice(0, AT_ONCE);
    if (due.length === 0) return;
    this.#isBusy = true;
    for (const key of due) {
      this.#asked.delete(key);
      this.#asked.set(key, now);
    }
    void this.#askAll(due);
  }

  async #askAll(keys: readonly string[]): Promise<void> {
    const answers = await Promise.allSettled(keys.map((key) => this.#ports.ask(key)));
    const ribbons = new Map(this.#ribbons);
    for (const [index, key] of keys.entries()) {
      const answer = answers[index];
      if (answer?.status === 'fulfilled' && answer.value !== null) ribbons.set(key, answer.value);
      else ribbons.delete(key);
    }
    if (answers.every(({ status }) => status === 'rejected')) this.#restsUntil = this.#ports.now() + REST_MS;
    for (const key of [...this.#asked.keys()].slice(0, Math.max(0, this.#asked.size - MAX_KEPT))) {
      this.#asked.delete(key);
      ribbons.delete(key);
    }
    this.#ribbons = ribbons;
    this.#isBusy = false;
    this.#ports.tell(ribbons);
  }
}
