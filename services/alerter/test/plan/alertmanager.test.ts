import { describe, expect, test } from '@jest/globals';
import { AlertWorld, illSubject, streamOf, targetOf, told } from '../support/alert-world.ts';

const ILL = [illSubject(streamOf())];

describe('an Alertmanager', () => {
  const target = targetOf({
    ...{ name: 'am', kind: 'alertmanager', groupWaitMs: 0, groupIntervalMs: 10_000, repeatMs: 60_000 },
  });

  test('is sent a message each `repeat`, also where nothing is wrong', () => {
    const world = new AlertWorld([target]);
    expect(told(world, 130, [])).toStrictEqual([[1], [61], [121]]);
  });

  test('is told at once, and isn’t repeated what it gets with each message', () => {
    const world = new AlertWorld([target]);
    expect(told(world, 130, ILL)).toStrictEqual([[1], [31, 'fired main/cam'], [91]]);
    expect(told(world, 30, [])).toStrictEqual([[151, 'resolved main/cam']]);
  });
});
