import { expect, test } from '@jest/globals';
import { Ending } from '../../src/rig/ending.ts';

test('what was started last is ended first, and once', async () => {
  const ended: string[] = [];
  const ending = new Ending();
  ending.add(() => ended.push('first'));
  ending.add(() => Promise.resolve(ended.push('second')));
  await ending.run();
  await ending.run();
  expect(ended).toStrictEqual(['second', 'first']);
});

test('what can’t be ended keeps nothing else, and is told', async () => {
  const ended: string[] = [];
  const ending = new Ending();
  ending.add(() => ended.push('first'));
  ending.add(() => Promise.reject(new Error('won’t')));
  await expect(ending.run()).rejects.toThrow('won’t');
  expect(ended).toStrictEqual(['first']);
});
