import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { Deadline } from '../../src/poll/deadline.ts';

const aborts = (signal: AbortSignal) =>
  eventually(() => {
    expect(signal.aborted).toBe(true);
  });

test('a deadline ends what takes too long', async () => {
  await aborts(new Deadline(1).signal);
});

test('nothing ends once all is answered', async () => {
  const deadline = new Deadline(20);
  deadline.clear();
  await aborts(new Deadline(40).signal);
  expect(deadline.signal.aborted).toBe(false);
});
