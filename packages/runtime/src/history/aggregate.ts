import { HISTORY_HEALTHS, type Health } from '@mediamtx-monitor/types';

/** Bits of a status that say the state; above them stands the health. */
const STATE_BITS = 3;
const STATE_MASK = 2 ** STATE_BITS - 1;

/** State and health in one byte, 0 = unknown: greater is worse in either part. */
export function statusOf(states: readonly string[], state: string, health: Health): number {
  const place = states.indexOf(state);
  return place < 0 ? 0 : (HISTORY_HEALTHS.indexOf(health) << STATE_BITS) | (place + 1);
}

/** State of a status; `null` = unknown. */
export function stateOf(states: readonly string[], status: number): string | null {
  return states[(status & STATE_MASK) - 1] ?? null;
}

/** Health of a status; `null` = unknown. */
export function healthOf(status: number): Health | null {
  return status === 0 ? null : (HISTORY_HEALTHS[status >> STATE_BITS] ?? null);
}

/** The worst state and the worst health of two statuses. */
export function worseStatus(a: number, b: number): number {
  const health = Math.max(a >> STATE_BITS, b >> STATE_BITS);
  return (health << STATE_BITS) | Math.max(a & STATE_MASK, b & STATE_MASK);
}

/** What takes in how a subject was in parts of a stretch of time. */
export interface HistorySink {
  /** Takes in how it was for so many seconds. */
  readonly addStatus: (status: number, seconds: number) => void;
  /** Takes in a field whose mean, least and greatest value are known for so many seconds. */
  readonly addValue: (field: number, seconds: number, mean: number, min?: number, max?: number) => void;
}

/**
 * What is known of one subject in a stretch of time, put together of what is known of parts of it. Means weigh what they
 * are of: unknown time has no weight.
 */
export class HistoryAggregate implements HistorySink {
  /** The worst; 0 = nothing is known. */
  status = 0;
  /** How long something is known of, in seconds. */
  seconds = 0;
  /** By field: sums of means times their seconds, those seconds, least and greatest values. */
  readonly sums: number[];
  readonly weights: number[];
  readonly mins: number[];
  readonly maxs: number[];

  constructor(fields: number) {
    this.sums = new Array<number>(fields).fill(0);
    this.weights = new Array<number>(fields).fill(0);
    this.mins = new Array<number>(fields).fill(Infinity);
    this.maxs = new Array<number>(fields).fill(-Infinity);
  }

  addStatus(status: number, seconds: number): void {
    this.status = worseStatus(this.status, status);
    this.seconds += seconds;
  }

  addValue(field: number, seconds: number, mean: number, min = mean, max = mean): void {
    this.sums[field] = (this.sums[field] ?? 0) + mean * seconds;
    this.weights[field] = (this.weights[field] ?? 0) + seconds;
    if (min < (this.mins[field] ?? Infinity)) this.mins[field] = min;
    if (max > (this.maxs[field] ?? -Infinity)) this.maxs[field] = max;
  }

  /** Takes in all that another one knows. */
  add(other: HistoryAggregate): void {
    if (other.seconds === 0) return;
    this.addStatus(other.status, other.seconds);
    for (let field = 0; field < this.sums.length; field += 1) {
      const weight = other.weights[field] ?? 0;
      if (weight === 0) continue;
      this.addValue(field, weight, (other.sums[field] ?? 0) / weight, other.mins[field], other.maxs[field]);
    }
  }

  /** Knows nothing any more. */
  clear(): void {
    this.status = 0;
    this.seconds = 0;
    this.sums.fill(0);
    this.weights.fill(0);
    this.mins.fill(Infinity);
    this.maxs.fill(-Infinity);
  }

  mean(field: number): number | null {
    const weight = this.weights[field] ?? 0;
    return weight === 0 ? null : (this.sums[field] ?? 0) / weight;
  }

  min(field: number): number | null {
    return knownOf(this.mins[field]);
  }

  max(field: number): number | null {
    return knownOf(this.maxs[field]);
  }
}

function knownOf(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}
