/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { openPage, textOf } from '../support/page.tsx';
import { snapshot, stream } from '../support/records.ts';

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

test.each(['', '&view=cards'])('a screen on the wall turns its pages by itself%s', (more) => {
  const { root, deliver, do: change } = openPage(`?kiosk&sort=name&lang=de${more}`);
  deliver(({ onStreams }) => onStreams?.(snapshot(['a', 'b', 'c'].map((name) => stream({ name })))));
  // Where nothing is laid out, there is room for one.
  const seen = (): string => `${textOf(root, '[data-key] a')}: ${textOf(root, '.kiosk-position')}`;
  const turns = [seen()];
  for (let turn = 0; turn < 3; turn += 1) {
    change(() => {
      jest.advanceTimersByTime(15_000);
    });
    turns.push(seen());
  }
  expect(turns).toStrictEqual(['a: 1–1 von 3', 'b: 2–2 von 3', 'c: 3–3 von 3', 'a: 1–1 von 3']);
});
