import type { HistoryScale } from '@mediamtx-monitor/types';

/** The code of what isn't known. */
export const UNKNOWN_CODE = 0;
const ZERO_CODE = 1;
/** What is read is rounded to so many digits that count, which is finer than any step. */
const DIGITS = 5;

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
  /** Values by code, made when the first is asked for. */
  #values: Float64Array | undefined;

  constructor({ bytes, step, linear }: HistoryScale) {
    this.bytes = bytes;
    this.#step = step;
    this.#linear = linear;
    this.#knee = step * linear;
    this.#logGrowth = Math.log1p(1 / linear);
    this.#maxCode = 2 ** (8 * bytes) - 1;
    this.max = this.#valueOf(this.#maxCode);
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

  /** The number that a code stands for; `null` = unknown. */
  decode(code: number): number | null {
    return code === UNKNOWN_CODE ? null : (this.values[code] ?? null);
  }

  /** The numbers that codes stand for, by code; NaN = unknown. Made when they are first asked for. */
  get values(): Float64Array {
    this.#values ??= Float64Array.from({ length: this.#maxCode + 1 }, (_, code) =>
      code === UNKNOWN_CODE ? NaN : this.#valueOf(code),
    );
    return this.#values;
  }

  /** How far what is read may be from what was written, up to `max`. */
  errorOf(value: number): number {
    if (value === 0) return 0;
    return Math.max(value < this.#step ? this.#step : this.#step / 2, value / (2 * this.#linear));
  }

  #valueOf(code: number): number {
    const steps = code - ZERO_CODE;
    const value =
      steps <= this.#linear
        ? steps * this.#step
        : this.#knee * Math.exp((steps - this.#linear) * this.#logGrowth);
    return value <= 0 ? 0 : Number(value.toPrecision(DIGITS + this.bytes - 1));
  }
}
