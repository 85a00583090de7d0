import { describe, expect, test } from '@jest/globals';
import { addUp, NO_REPORT, summarise, summaryLine } from '../../src/report/summary.ts';

const clean = {
  success: true,
  numPassedTests: 12,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

describe('summarise', () => {
  test('counts what passed', () => {
    expect(summarise(clean)).toStrictEqual({ passed: 12, failed: 0, skipped: 0 });
  });

  test('counts failed tests and test files that failed to run', () => {
    const report = { ...clean, success: false, numFailedTests: 2, numRuntimeErrorTestSuites: 1 };
    expect(summarise(report)).toStrictEqual({ passed: 12, failed: 3, skipped: 0 });
  });

  test('counts skipped and planned tests as skipped', () => {
    expect(summarise({ ...clean, numPendingTests: 2, numTodoTests: 1 }).skipped).toBe(3);
  });

  test('an unsuccessful run has at least one failure, whatever the counts say', () => {
    expect(summarise({ ...clean, success: false }).failed).toBe(1);
    expect(summarise({ numPassedTests: 3 }).failed).toBe(1);
  });

  test('a run in which nothing passed is a failure', () => {
    expect(summarise({ ...clean, numPassedTests: 0 }).failed).toBe(1);
  });

  test.each([null, undefined, 'text', 7])('%p is no report', (report) => {
    expect(summarise(report)).toStrictEqual(NO_REPORT);
  });

  test('counts that are no counts are left out', () => {
    const report = { ...clean, numPendingTests: 'many', numTodoTests: -1, numFailedTests: 1.5 };
    expect(summarise(report)).toStrictEqual({ passed: 12, failed: 0, skipped: 0 });
  });
});

test('several runs are added up', () => {
  expect(addUp([{ passed: 12, failed: 0, skipped: 1 }, NO_REPORT])).toStrictEqual({
    passed: 12,
    failed: 1,
    skipped: 1,
  });
});

describe('summaryLine', () => {
  test('names skipped tests only where there are some', () => {
    expect(summaryLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(summaryLine({ passed: 1, failed: 2, skipped: 3 })).toBe('1 passed, 2 failed, 3 skipped');
  });
});
