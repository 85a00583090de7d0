import { expect, test } from '@jest/globals';
import { createFakeClock } from '@mediamtx-monitor/testkit';
import type { Queued } from '../src/model.ts';
import { TriesWatch } from '../src/tries-watch.ts';
import { targetOf } from './support/alert-world.ts';
import { news } from './support/messages.ts';

const offerOf = (id: string, tries = 0) => {
  const queued: Queued = { message: news({}, id), isReplay: false, queuedAtMs: 0, tries, nextTryAtMs: 0 };
  return { target: targetOf(), queued };
};

test('a try of which nothing comes for a minute hangs', () => {
  const clock = createFakeClock();
  const watch = new TriesWatch(clock);
  watch.offered([offerOf('m1')]);
  for (let second = 0; second < 60; second += 1) {
    clock.advance(1_000);
    watch.offered([offerOf('m1')]);
    expect(watch.isAnyHanging).toBe(false);
  }
  clock.advance(1);
  expect(watch.isAnyHanging).toBe(true);
  watch.offered([]);
  expect(watch.isAnyHanging).toBe(false);
});

test('a target that fails again and again doesn’t: each try comes to something', () => {
  const clock = createFakeClock();
  const watch = new TriesWatch(clock);
  for (let tries = 0; tries < 10; tries += 1) {
    watch.offered([offerOf('m1', tries)]);
    clock.advance(15_000);
    watch.offered([offerOf('m1', tries)]);
    watch.offered([]);
    clock.advance(300_000);
    expect(watch.isAnyHanging).toBe(false);
  }
});
