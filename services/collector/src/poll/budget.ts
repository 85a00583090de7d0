import type { TooMuchKind } from '@mediamtx-monitor/types';

/** How much all answers of one tick may hold together. */
export interface BudgetLimits {
  readonly bytes: number;
  /** Values of JSON: each number, text, list or object, also those inside others. */
  readonly values: number;
  /** Items of lists. */
  readonly records: number;
}

const MIB = 1024 * 1024;

/**
 * What a collector reads in a tick. 10,000 streams with 10,000 readers over all protocols were 25 MiB, 1.1 million values
 * and 33,000 records; with 20,000 SRT connections, whose records are the largest, 36 MiB and 1.6 million values.
 */
export const TICK_LIMITS: BudgetLimits = { bytes: 64 * MIB, values: 3_000_000, records: 64_000 };

/** The answers hold more than they may: the server is broken, or means harm. */
export class OverBudgetError extends Error {
  readonly code = 'over-budget';
  readonly kind: TooMuchKind;
  /** How much there may be; of bytes in MiB, with the unit. */
  readonly limit: string;
  /** The one that has most of it; empty where none has. */
  readonly list: string;

  constructor(kind: TooMuchKind, limit: number, list: string) {
    const written = kind === 'bytes' ? `${Math.round(limit / MIB)} MiB` : String(limit);
    const where = list === '' ? '' : `, most of them in ${list}`;
    super(`over ${kind === 'bytes' ? written : `${written} ${kind}`} in all lists together${where}`);
    this.kind = kind;
    this.limit = written;
    this.list = list;
  }
}

/** What is left for the answers of one tick. */
export class Budget {
  readonly #limits: BudgetLimits;
  readonly #spent = { bytes: 0, values: 0, records: 0 };
  readonly #byList = {
    bytes: new Map<string, number>(),
    values: new Map<string, number>(),
    records: new Map<string, number>(),
  };
  #exceeded: OverBudgetError | null = null;

  constructor(limits: BudgetLimits) {
    this.#limits = limits;
  }

  /** Why there isn't enough; `null` while there is. */
  get exceeded(): OverBudgetError | null {
    return this.#exceeded;
  }

  /**
   * Takes from what is left, for an answer to the question for `list`.
   * @throws {OverBudgetError} from the first time on that there isn't enough
   */
  spend(list: string, kind: keyof BudgetLimits, amount: number): void {
    this.#spent[kind] += amount;
    const byList = this.#byList[kind];
    byList.set(list, (byList.get(list) ?? 0) + amount);
    if (this.#spent[kind] > this.#limits[kind]) this.#exceeded ??= this.#overBudget(kind);
    if (this.#exceeded !== null) throw this.#exceeded;
  }

  /** The same from tick to tick as far as it can be, since each change is logged. */
  #overBudget(kind: keyof BudgetLimits): OverBudgetError {
    const limit = this.#limits[kind];
    const [most] = [...this.#byList[kind]].filter(([, amount]) => amount > limit / 2);
    return new OverBudgetError(kind, limit, most?.[0] ?? '');
  }
}
