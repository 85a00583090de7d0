/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { openPage, textOf } from '../support/page.tsx';
import { snapshot, stream } from '../support/records.ts';

const [a, b] = ['a', 'b'].map((name) => stream({ name, health: 'critical' }));
const [wellA, wellB] = ['a', 'b'].map((name) => stream({ name }));

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

function openAnnounced() {
  const { root, deliver, do: change } = openPage();
  let seq = 0;
  deliver(({ onState }) => onState?.({ state: 'open', transport: 'websocket' }));
  return {
    said: () => textOf(root, '.truth [role=status]'),
    streams: (...streams: readonly (StreamRecord | undefined)[]) => {
      seq += 1;
      const there = streams.filter((one) => one !== undefined);
      deliver(({ onStreams }) => onStreams?.(snapshot(there, { seq })));
    },
    pass: (ms: number) => {
      change(() => {
        jest.advanceTimersByTime(ms);
      });
    },
  };
}

test('the truth is read out with how bad it is and the first name, a little later', () => {
  const { said, streams, pass } = openAnnounced();
  streams(a, b);
  pass(1_900);
  expect(said()).toBe('');
  pass(200);
  expect(said()).toBe('Critical. 2 streams need attention: a');
});

test('one that changes all the time is read out, too', () => {
  const { said, streams, pass } = openAnnounced();
  for (let second = 0; second < 3; second += 1) {
    streams(...(second % 2 === 0 ? [a, wellB] : [a, b]));
    pass(1_000);
  }
  expect(said()).toMatch(/^Critical\. .*: a$/);
});

test('as many as before, but others, are news; read out not sooner than 15 s later', () => {
  const { said, streams, pass } = openAnnounced();
  streams(a, wellB);
  pass(2_000);
  expect(said()).toBe('Critical. 1 stream needs attention: a');
  streams(wellA, b);
  pass(14_000);
  expect(said()).toBe('Critical. 1 stream needs attention: a');
  pass(1_000);
  expect(said()).toBe('Critical. 1 stream needs attention: b');
});

test('what is new is read out after 15 s at the latest, though the clock was put back', () => {
  const { said, streams, pass } = openAnnounced();
  streams(a, wellB);
  pass(2_000);
  jest.setSystemTime(Date.now() - 86_400_000);
  streams(wellA, b);
  pass(15_000);
  expect(said()).toBe('Critical. 1 stream needs attention: b');
});
