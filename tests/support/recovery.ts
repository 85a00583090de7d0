import { expect } from '@jest/globals';

/** Set by `make test-faults`. All other runs may be on machines that have much else to do: there it is only shown. */
export const IS_MEASURED = process.env['ROUNDS'] !== undefined;
const MOST_INTERVALS = 2;

/** Intervals from the end of a fault until all is true again must be few, where that is measured. */
export function expectSoon(intervals: number): void {
  if (IS_MEASURED) expect(intervals).toBeLessThanOrEqual(MOST_INTERVALS);
}
