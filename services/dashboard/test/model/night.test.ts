import { expect, test } from '@jest/globals';
import { isNight } from '../../src/model/night.ts';

const hours = (fromHour: number, toHour: number): number[] =>
  Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => isNight({ fromHour, toHour }, hour));

test('a night may go over midnight', () => {
  expect(hours(22, 6)).toStrictEqual([0, 1, 2, 3, 4, 5, 22, 23]);
  expect(hours(1, 4)).toStrictEqual([1, 2, 3]);
  expect(hours(20, 24)).toStrictEqual([20, 21, 22, 23]);
  expect(hours(0, 24)).toHaveLength(24);
});
