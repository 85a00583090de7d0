import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { Deadline } from '../../src/poll/deadline.ts';

const NEVER_MS = 3_600_000;

describe('a deadline', () => {
  const aborts = (signal: AbortSignal) =>
    eventually(() => {
      expect(signal.aborted).toBe(true);
    });

  test('ends the work as a whole', async () => {
    const deadline = new Deadline(1);
    deadline.startStep(NEVER_MS);
    await aborts(deadline.signal);
    deadline.clear();
  });

  test('ends a step that takes too long', async () => {
    const deadline = new Deadline(NEVER_MS);
    deadline.startStep(1);
    await aborts(deadline.signal);
    deadline.clear();
  });

  test('neither counts a step that is done, nor anything once the work is', async () => {
    const deadline = new Deadline(20);
    deadline.startStep(1);
    deadline.startStep(20);
    deadline.clear();
    const later = new Deadline(40);
    await aborts(later.signal);
    expect(deadline.signal.aborted).toBe(false);
  });
});
