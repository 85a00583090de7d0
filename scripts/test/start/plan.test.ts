import { describe, expect, test } from '@jest/globals';
import { makePlan, type Situation } from '../../src/start/plan.ts';

const nothing: Situation = {
  redisIsSet: false,
  redisAnswer: 'none',
  mediamtxIsSet: false,
  mediamtxAnswers: false,
};

describe('makePlan', () => {
  test('brings its own where nothing is set and nothing answers', () => {
    expect(makePlan(nothing)).toStrictEqual({ redis: 'own', mediamtx: 'own' });
  });

  test('uses what answers at its default', () => {
    expect(makePlan({ ...nothing, redisAnswer: 'ready', mediamtxAnswers: true })).toStrictEqual({
      redis: 'found',
      mediamtx: 'found',
    });
  });

  test('a Redis that still loads its data is waited for', () => {
    expect(makePlan({ ...nothing, redisAnswer: 'loading' }).redis).toBe('found');
  });

  test('never stands in for what is set, even if it is down', () => {
    expect(makePlan({ ...nothing, redisIsSet: true, mediamtxIsSet: true })).toStrictEqual({
      redis: 'configured',
      mediamtx: 'configured',
    });
  });

  test('a Redis that wants a password nobody gave can’t be used', () => {
    expect(makePlan({ ...nothing, redisAnswer: 'refuses' }).redis).toBe('own');
  });
});
