import { expect, test } from '@jest/globals';
import { batch, effect, signal } from '@preact/signals-core';
import { Mirror, sendChanges, steady } from '../../src/worker/mirror.ts';

interface Weather {
  readonly wind: number;
  readonly sky: string | null;
}

function start() {
  const wind = signal(3);
  const sky = signal<string | null>('grey');
  const sent: Partial<Weather>[] = [];
  sendChanges<Weather>({ wind, sky }, (changes) => sent.push(changes));
  return { wind, sky, sent };
}

test('all is sent at first, then what has changed', () => {
  const { wind, sky, sent } = start();
  wind.value = 4;
  sky.value = null;
  expect(sent).toStrictEqual([{ wind: 3, sky: 'grey' }, { wind: 4 }, { sky: null }]);
});

test('what changes together is sent together, and what is as it was isn’t sent', () => {
  const { wind, sky, sent } = start();
  batch(() => {
    wind.value = 9;
    sky.value = 'black';
  });
  batch(() => {
    wind.value = 1;
    wind.value = 9;
    sky.value = 'blue';
  });
  expect(sent.slice(1)).toStrictEqual([{ wind: 9, sky: 'black' }, { sky: 'blue' }]);
});

test('the other end has it as signals, which change at once', () => {
  const { signals, take } = mirrored();
  const seen: unknown[] = [];
  effect(() => {
    seen.push([signals.wind.value, signals.sky.value]);
  });
  take({ wind: 9, sky: null });
  take({ sky: 'blue' });
  expect(seen).toStrictEqual([
    [0, 'clear'],
    [9, null],
    [9, 'blue'],
  ]);
});

function mirrored() {
  const mirror = new Mirror<Weather>({ wind: 0, sky: 'clear' });
  return {
    signals: mirror.signals,
    take: (changes: Partial<Weather>) => {
      mirror.take(changes);
    },
  };
}

test('what reads alike stays the same value', () => {
  const words = signal(['a', 'b']);
  const calm = steady(
    () => words.value,
    (some, others) => some.join() === others.join(),
  );
  const first = calm.value;
  words.value = ['a', 'b'];
  expect(calm.value).toBe(first);
  words.value = ['a'];
  expect(calm.value).toStrictEqual(['a']);
});
