import type { HistoryScale } from '@mediamtx-monitor/types';

/** The code of what isn't known. */
export const UNKNOWN_CODE = 0;
const ZERO_CODE = 1;
const CODES_OF_BYTE = 256;
/** What is read is rounded, finer than any step. */
const UNITS_A_STEP = 100;

/** Turns numbers from 0 on into small whole numbers and back, as `HistoryScale` says. */
export class ScaleCodec {
  readonly bytes: 1 | 2;
  /** The greatest number that can be written; what is above becomes this. */
  readonly max: number;
  readonly #step: number;
  readonly #linear: number;
  /** Where steps begin to grow. */
  readonly #knee: number;
  readonly #logGrowth: number;
  readonly #maxCode: number;
  /** What is read is a whole number of these. */
  readonly #unit: number;
  /** Of one byte the values by code: a month of a stream has 9000 slots to be read. */
  readonly #values: Float64Array | null;

  constructor({ bytes, step, linear }: HistoryScale) {
    this.bytes = bytes;
    this.#step = step;
    this.#linear = linear;
    this.#knee = step * linear;
    this.#logGrowth = Math.log1p(1 / linear);
    this.#maxCode = 2 ** (8 * bytes) - 1;
    this.#unit = step / UNITS_A_STEP;
    this.max = this.#valueOf(this.#maxCode);
    this.#values =
      bytes === 1 ? Float64Array.from({ length: CODES_OF_BYTE }, (_, code) => this.#valueOf(code)) : null;
  }

  /** The code of a number; of what is unknown, or no number from 0 on, that of unknown. */
  encode(value: number | null): number {
    if (value === null || !(value >= 0)) return UNKNOWN_CODE;
    if (value === 0) return ZERO_CODE;
    if (value >= this.max) return this.#maxCode;
    // Little is never written as nothing.
    if (value <= this.#knee) return ZERO_CODE + Math.max(1, Math.round(value / this.#step));
    return ZERO_CODE + Math.round(this.#linear + Math.log(value / this.#knee) / this.#logGrowth);
  }

  /** The number that a code stands for; NaN = unknown. */
  decode(code: number): number {
    return this.#values === null ? this.#valueOf(code) : (this.#values[code] ?? NaN);
  }

  /** How far what is read may be from what was written, up to `max`. */
  errorOf(value: number): number {
    if (value === 0) return 0;
    return Math.max(value < this.#step ? this.#step : this.#step / 2, value / (2 * this.#linear));
  }

  #valueOf(code: number): number {
    if (code === UNKNOWN_CODE) return NaN;
    const steps = code - ZERO_CODE;
    const value =
      steps <= this.#linear
        ? steps * this.#step
        : this.#knee * Math.exp((steps - this.#linear) * this.#logGrowth);
    return Math.round(value / this.#unit) * this.#unit;
  }
}
