import { expect, test } from '@jest/globals';
import { createFakeClock } from '@mediamtx-monitor/testkit';
import { SharedText } from '../../src/metrics/shared-text.ts';

function shared() {
  const clock = createFakeClock();
  const state = { made: 0, sources: [{}] as readonly object[], fails: false };
  const text = new SharedText({
    make: () => {
      state.made += 1;
      return state.fails ? Promise.reject(new Error('no')) : Promise.resolve(Buffer.from(`${state.made}`));
    },
    sources: () => Promise.resolve(state.sources),
    clock,
  });
  return { clock, state, text };
}

test('all who ask at the same time hold the same bytes', async () => {
  const { text, state } = shared();
  const all = await Promise.all(Array.from({ length: 150 }, () => text.read()));
  expect(new Set(all.map(({ json }) => json)).size).toBe(1);
  expect(state.made).toBe(1);
});

test('it is made anew for a tick, and when ages in it have moved on', async () => {
  const { text, state, clock } = shared();
  const first = await text.read();
  clock.advance(999);
  expect(await text.read()).toBe(first);
  clock.advance(1);
  expect((await text.read()).json.toString()).toBe('2');
  state.sources = [{}];
  expect((await text.read()).json.toString()).toBe('3');
});

test('it is made anew when one of what it is made of isn’t there any more', async () => {
  const { text, state } = shared();
  state.sources = [{}, {}];
  await text.read();
  state.sources = state.sources.slice(0, 1);
  expect((await text.read()).json.toString()).toBe('2');
});

test('a failure is told to who asked, and not kept', async () => {
  const { text, state } = shared();
  state.fails = true;
  await expect(text.read()).rejects.toThrow('no');
  state.fails = false;
  expect((await text.read()).json.toString()).toBe('2');
});
