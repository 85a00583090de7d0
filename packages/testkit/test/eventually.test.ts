import { describe, expect, test } from '@jest/globals';
import { eventually } from '../src/index.ts';

describe('eventually', () => {
  test('passes on what the check returns, after a single call when that is fine', async () => {
    let calls = 0;
    expect(await eventually(() => (calls += 1))).toBe(1);
    expect(await eventually(() => Promise.resolve('value'))).toBe('value');
  });

  test('tries again until the check no longer throws', async () => {
    let calls = 0;
    const value = await eventually(() => {
      calls += 1;
      if (calls < 4) throw new Error(`call ${calls}`);
      return 'done';
    });
    expect({ value, calls }).toStrictEqual({ value: 'done', calls: 4 });
  });

  test('tries again until the check no longer rejects, one call at a time', async () => {
    let calls = 0;
    let running = 0;
    let most = 0;
    await eventually(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 30));
      running -= 1;
      calls += 1;
      if (calls < 3) throw new Error('not yet');
    });
    expect({ calls, most }).toStrictEqual({ calls: 3, most: 1 });
  });

  test('throws the last failure when the deadline has passed', async () => {
    let calls = 0;
    const failing = eventually(() => {
      calls += 1;
      throw new Error(`call ${calls}`);
    }, 100);
    const failure: unknown = await failing.catch((error: unknown) => error);
    expect(failure).toStrictEqual(new Error(`call ${calls}`));
    expect(calls).toBeGreaterThan(1);
  });

  test('tries once even with a deadline that has passed already', async () => {
    let calls = 0;
    await expect(eventually(() => Promise.reject(new Error(`call ${(calls += 1)}`)), 0)).rejects.toThrow(
      'call 1',
    );
    expect(calls).toBe(1);
    expect(await eventually(() => 'at once', 0)).toBe('at once');
  });
});
