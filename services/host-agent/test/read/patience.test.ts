import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { createAsk } from '../../src/read/patience.ts';

const LONG_MS = 60_000;
const SHORT_MS = 20;

/** A question that is answered when the test says so. */
function openQuestion() {
  let asked = 0;
  let answer = (): void => undefined;
  const answered = new Promise<string>((resolve) => {
    answer = () => {
      resolve('late');
    };
  });
  return {
    question: (): Promise<string> => {
      asked += 1;
      return answered;
    },
    answer: () => {
      answer();
    },
    asked: () => asked,
  };
}

test('an answer is passed on, and the next question may be asked', async () => {
  const ask = createAsk(LONG_MS);
  await expect(ask('a', () => Promise.resolve(1))).resolves.toBe(1);
  await expect(ask('a', () => Promise.resolve(2))).resolves.toBe(2);
});

test('a question that fails has no answer', async () => {
  const ask = createAsk(LONG_MS);
  await expect(ask('a', () => Promise.reject(new Error('no')))).resolves.toBeNull();
  await expect(ask('a', () => Promise.resolve(1))).resolves.toBe(1);
});

test('patience ends, and while the question is open the same one isn’t asked again; others are', async () => {
  const ask = createAsk(SHORT_MS);
  const { question, answer, asked } = openQuestion();
  await expect(ask('disk', question)).resolves.toBeNull();
  await expect(ask('disk', question)).resolves.toBeNull();
  expect(asked()).toBe(1);
  await expect(ask('sensor', () => Promise.resolve('yes'))).resolves.toBe('yes');
  answer();
  await eventually(async () => {
    expect(await ask('disk', question)).toBe('late');
  });
  expect(asked()).toBe(2);
});
