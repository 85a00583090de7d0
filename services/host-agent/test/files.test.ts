import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { SlowReads } from '../src/files.ts';

const LONG_MS = 60_000;
const SHORT_MS = 20;

/** A file that answers when the test says so. */
function silentFile() {
  let reads = 0;
  let answer = (): void => undefined;
  const answered = new Promise<string>((resolve) => {
    answer = () => {
      resolve('late');
    };
  });
  return {
    read: (): Promise<string> => {
      reads += 1;
      return answered;
    },
    answer: () => {
      answer();
    },
    reads: () => reads,
  };
}

test('an answer is passed on, and the next reading may begin', async () => {
  const slow = new SlowReads(LONG_MS);
  await expect(slow.read('a', () => Promise.resolve(1))).resolves.toBe(1);
  await expect(slow.read('a', () => Promise.resolve(2))).resolves.toBe(2);
});

test('a reading that fails has no answer', async () => {
  const slow = new SlowReads(LONG_MS);
  await expect(slow.read('a', () => Promise.reject(new Error('no')))).resolves.toBeNull();
  await expect(slow.read('a', () => Promise.resolve(1))).resolves.toBe(1);
});

test('the wait ends, and while a reading is open no other of its name begins; others do', async () => {
  const slow = new SlowReads(SHORT_MS);
  const { read, answer, reads } = silentFile();
  await expect(slow.read('disk', read)).resolves.toBeNull();
  await expect(slow.read('disk', read)).resolves.toBeNull();
  expect(reads()).toBe(1);
  await expect(slow.read('sensor', () => Promise.resolve('yes'))).resolves.toBe('yes');
  answer();
  await eventually(async () => {
    expect(await slow.read('disk', read)).toBe('late');
  });
  expect(reads()).toBe(2);
});
