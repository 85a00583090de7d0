import { expect, test } from '@jest/globals';
import { SilenceWatch } from '../src/silence.ts';
import { createManualTime, type ManualTime } from './support/manual-time.ts';

function setUp(): { silence: SilenceWatch; time: ManualTime; events: string[] } {
  const time = createManualTime();
  const events: string[] = [];
  const silence = new SilenceWatch({
    limitMs: 10_000,
    timers: time.timers,
    onQuiet: () => events.push('quiet'),
    onSilent: () => events.push('silent'),
  });
  return { silence, time, events };
}

test('asks after half of the time and gives up after all of it', () => {
  const { time, events } = setUp();
  time.advance(4_999);
  expect(events).toStrictEqual([]);
  time.advance(1);
  expect(events).toStrictEqual(['quiet']);
  time.advance(4_999);
  expect(events).toStrictEqual(['quiet']);
  time.advance(1);
  expect(events).toStrictEqual(['quiet', 'silent']);
  expect(time.pending()).toStrictEqual([]);
});

test('a word in between starts it anew', () => {
  const { silence, time, events } = setUp();
  time.advance(9_000);
  silence.received();
  time.advance(4_999);
  expect(events).toStrictEqual(['quiet']);
  time.advance(1);
  expect(events).toStrictEqual(['quiet', 'quiet']);
});

test('the time can be another from then on', () => {
  const { silence, time, events } = setUp();
  silence.received(60_000);
  silence.received();
  time.advance(29_999);
  expect(events).toStrictEqual([]);
  time.advance(30_001);
  expect(events).toStrictEqual(['quiet', 'silent']);
});

test('asked at once, it gives up half of the time later', () => {
  const { silence, time, events } = setUp();
  time.advance(1_000);
  silence.ask();
  silence.ask();
  expect(events).toStrictEqual(['quiet']);
  time.advance(4_999);
  expect(events).toStrictEqual(['quiet']);
  time.advance(1);
  expect(events).toStrictEqual(['quiet', 'silent']);
});

test('stopped, it tells nothing', () => {
  const { silence, time, events } = setUp();
  silence.stop();
  expect(time.pending()).toStrictEqual([]);
  time.advance(60_000);
  expect(events).toStrictEqual([]);
});
