import { describe, expect, test } from '@jest/globals';
import { Budget, OverBudgetError } from '../../src/poll/budget.ts';

const LIMITS = { bytes: 2 * 1024 * 1024, values: 10, records: 3 };

describe('a budget', () => {
  test('is one for all lists', () => {
    const budget = new Budget(LIMITS);
    budget.spend('paths', 'records', 2);
    budget.spend('srtconns', 'records', 1);
    expect(budget.exceeded).toBeNull();
    expect(() => {
      budget.spend('srtconns', 'records', 1);
    }).toThrow(OverBudgetError);
  });

  test('that is exceeded once stays so, for all lists and with the same words', () => {
    const budget = new Budget(LIMITS);
    const message = 'over 3 records in all lists together, most of them in paths';
    for (const [list, kind] of [
      ['paths', 'records'],
      ['srtconns', 'bytes'],
      ['info', 'values'],
    ] as const) {
      expect(() => {
        budget.spend(list, kind, 4);
      }).toThrow(message);
    }
    expect(budget.exceeded).toMatchObject({
      message,
      kind: 'records',
      limit: '3',
      list: 'paths',
    });
  });

  test('names no list where none has the most', () => {
    const budget = new Budget({ ...LIMITS, records: 4 });
    for (const list of ['paths', 'srtconns']) budget.spend(list, 'records', 2);
    expect(() => {
      budget.spend('info', 'records', 1);
    }).toThrow(/^over 4 records in all lists together$/);
  });

  test('tells bytes in MiB', () => {
    const budget = new Budget(LIMITS);
    budget.spend('paths', 'bytes', 1024 * 1024);
    expect(() => {
      budget.spend('srtconns', 'bytes', 3 * 512 * 1024);
    }).toThrow('over 2 MiB in all lists together, most of them in srtconns');
  });
});
