/** Tests by outcome. */
export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What counts when there is no usable report: something went wrong before the tests could tell. */
export const NO_REPORT: TestSummary = { passed: 0, failed: 1, skipped: 0 };

function countIn(report: object, name: string): number {
  const value: unknown = Reflect.get(report, name);
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : 0;
}

/**
 * Counts the tests of jest's JSON report. A test file that failed to run counts as one failed test, and a run
 * that jest itself calls unsuccessful, or in which nothing passed, has at least one.
 */
export function summarise(report: unknown): TestSummary {
  if (typeof report !== 'object' || report === null) return NO_REPORT;
  const passed = countIn(report, 'numPassedTests');
  const failed = countIn(report, 'numFailedTests') + countIn(report, 'numRuntimeErrorTestSuites');
  const skipped = countIn(report, 'numPendingTests') + countIn(report, 'numTodoTests');
  const succeeded = Reflect.get(report, 'success') === true && passed > 0;
  return { passed, failed: succeeded ? failed : Math.max(failed, 1), skipped };
}

/** All tests of several runs. */
export function addUp(summaries: readonly TestSummary[]): TestSummary {
  const sum = (name: keyof TestSummary): number => summaries.reduce((total, one) => total + one[name], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** `12 passed, 0 failed`, and `, 3 skipped` where some were. */
export function summaryLine({ passed, failed, skipped }: TestSummary): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
