import { expect, test } from '@jest/globals';
import { type SilenceWatch, watchSilence } from '../src/silence.ts';
import { createManualTime, type ManualTime } from './support/manual-time.ts';

function setUp(): { silence: SilenceWatch; time: ManualTime; told: string[] } {
  const time = createManualTime();
  const told: string[] = [];
  const silence = watchSilence({
    limitMs: 10_000,
    timers: time.timers,
    onQuiet: () => told.push('quiet'),
    onSilent: () => told.push('silent'),
  });
  return { silence, time, told };
}

test('asks after half of the time and gives up after all of it', () => {
  const { time, told } = setUp();
  time.advance(4_999);
  expect(told).toStrictEqual([]);
  time.advance(1);
  expect(told).toStrictEqual(['quiet']);
  time.advance(4_999);
  expect(told).toStrictEqual(['quiet']);
  time.advance(1);
  expect(told).toStrictEqual(['quiet', 'silent']);
  expect(time.pending()).toStrictEqual([]);
});

test('a word in between starts it anew', () => {
  const { silence, time, told } = setUp();
  time.advance(9_000);
  silence.heard();
  time.advance(4_999);
  expect(told).toStrictEqual(['quiet']);
  time.advance(1);
  expect(told).toStrictEqual(['quiet', 'quiet']);
});

test('the time can be another from then on', () => {
  const { silence, time, told } = setUp();
  silence.heard(60_000);
  silence.heard();
  time.advance(29_999);
  expect(told).toStrictEqual([]);
  time.advance(30_001);
  expect(told).toStrictEqual(['quiet', 'silent']);
});

test('asked at once, it gives up half of the time later', () => {
  const { silence, time, told } = setUp();
  time.advance(1_000);
  silence.ask();
  silence.ask();
  expect(told).toStrictEqual(['quiet']);
  time.advance(4_999);
  expect(told).toStrictEqual(['quiet']);
  time.advance(1);
  expect(told).toStrictEqual(['quiet', 'silent']);
});

test('stopped, it tells nothing', () => {
  const { silence, time, told } = setUp();
  silence.stop();
  expect(time.pending()).toStrictEqual([]);
  time.advance(60_000);
  expect(told).toStrictEqual([]);
});
