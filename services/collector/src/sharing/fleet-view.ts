import type { Clock } from '@mediamtx-monitor/runtime';
import { candidatesFor, conflictsOf, isClaimedElsewhere, isConflict, type SharedServer } from './decide.ts';
import type { RollCall } from './roll-call.ts';

/** Another collector means another MediaMTX by the same id. */
export interface SharingConflict {
  readonly server: string;
  readonly collector: string;
  readonly host: string;
}

/** How the servers are shared, for the health port. */
export interface SharingHealth {
  readonly collector: string;
  readonly holds: readonly string[];
  /** Own servers that another collector polls, or that are being taken. */
  readonly standsBy: readonly string[];
  readonly conflicts: readonly SharingConflict[];
  /** Other collectors that live, with how many servers each may poll. */
  readonly others: readonly { readonly id: string; readonly host: string; readonly servers: number }[];
  /** Why it isn't known how others are; `null` when it is. */
  readonly error: string | null;
}

/** Who hasn't been heard of for so long of calls without a gap is gone: after an outage all come back one by one. */
const CONTACT_MS = 5_000;
const CONTACT_GAP_MS = 2_500;

/** What is known of the other collectors, and what this one lets them know: times by the own monotonic clock, in ms. */
export class FleetView {
  readonly #rollCall: Pick<RollCall, 'own' | 'others' | 'call'>;
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  /** Servers that another collector may take, too. */
  readonly #rivalled = new Set<string>();
  /** When a collector that comes first last named a server under another address. */
  readonly #conflictMs = new Map<string, number>();
  #shared: readonly SharedServer[] = [];
  #announced: ReadonlyMap<string, string> = new Map();
  #yielded: ReadonlySet<string> = new Set();
  /** Since when calls came without a gap, and when the last one did. */
  #contact = { sinceMs: -Infinity, lastMs: -Infinity };

  constructor(rollCall: Pick<RollCall, 'own' | 'others' | 'call'>, clock: Pick<Clock, 'monotonicMs'>) {
    this.#rollCall = rollCall;
    this.#clock = clock;
  }

  /** Servers by which others mean another MediaMTX. */
  get conflicts(): readonly SharingConflict[] {
    const { others } = this.#rollCall;
    return this.#shared.flatMap((one) =>
      conflictsOf(one, others).map(({ id, host }) => ({ server: one.server, collector: id, host })),
    );
  }

  /** Whether another collector may take a server, as far as is known. */
  isRivalled(server: string): boolean {
    return this.#rivalled.has(server);
  }

  /** When a collector that comes first last named it under another address; `null` = none did. */
  conflictMsOf(server: string): number | null {
    return this.#conflictMs.get(server) ?? null;
  }

  /** Has these as the servers of the own configuration from now on. */
  share(shared: readonly SharedServer[]): void {
    this.#shared = shared;
    this.#announced = new Map(shared.map(({ server, fingerprint }) => [server, fingerprint]));
    for (const known of [this.#rivalled, this.#conflictMs]) {
      for (const server of known.keys()) if (!this.#announced.has(server)) known.delete(server);
    }
  }

  /** Lets the others know that this one lives, and learns who else does. Rejects while Redis is away. */
  async call(isHeld: (server: string) => boolean): Promise<void> {
    const rollCall = this.#rollCall;
    await rollCall.call({ servers: this.#announced, yields: this.#yielded });
    const nowMs = this.#clock.monotonicMs();
    const { sinceMs, lastMs } = this.#contact;
    this.#contact = { sinceMs: nowMs - lastMs > CONTACT_GAP_MS ? nowMs : sinceMs, lastMs: nowMs };
    for (const one of this.#shared) {
      const { server } = one;
      if (candidatesFor(one, rollCall.others).length > 0) this.#rivalled.add(server);
      else if (nowMs - this.#contact.sinceMs >= CONTACT_MS) this.#rivalled.delete(server);
      if (isClaimedElsewhere(one, rollCall, this.#yielded.has(server))) this.#conflictMs.set(server, nowMs);
    }
    this.#readYielded(nowMs, isHeld);
  }

  /** What is left to collectors that mean another MediaMTX by the same id; the same set while that doesn't change. */
  #readYielded(nowMs: number, isHeld: (server: string) => boolean): void {
    const yielded = [...this.#conflictMs].flatMap(([server, seenMs]) =>
      !isHeld(server) && isConflict(seenMs, nowMs) ? [server] : [],
    );
    const isSame =
      yielded.length === this.#yielded.size && yielded.every((server) => this.#yielded.has(server));
    if (!isSame) this.#yielded = new Set(yielded);
  }
}
