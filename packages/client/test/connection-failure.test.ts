import { describe, expect, test } from '@jest/globals';
import { CLOSE_CODES } from '@mediamtx-monitor/types';
import { attemptFailureOf } from '../src/connection-failure.ts';

describe('attemptFailureOf', () => {
  test.each([
    [CLOSE_CODES.badMessage, 'bad-message'],
    [CLOSE_CODES.tokenRemoved, 'unauthorized'],
    [CLOSE_CODES.tooManyMessages, 'too-many-messages'],
    [4003, 'sent-away'],
    [4099, 'sent-away'],
  ])('after %i there is no coming back', (code, is) => {
    expect(attemptFailureOf({ code, reason: 'why' }, true)).toStrictEqual({
      code: is,
      reason: 'why',
      isFinal: true,
    });
  });

  test.each([
    [CLOSE_CODES.serviceRestart, 'restarting'],
    [CLOSE_CODES.tooSlow, 'lost'],
    [CLOSE_CODES.ticketVoid, 'lost'],
    [CLOSE_CODES.tooManyFilters, 'too-many-filters'],
    [CLOSE_CODES.tooManyRequests, 'too-many-requests'],
    [4199, 'lost'],
    [3999, 'lost'],
    [1000, 'lost'],
    [1001, 'lost'],
    [1006, 'lost'],
    [1011, 'lost'],
  ])('after %i there is', (code, is) => {
    expect(attemptFailureOf({ code, reason: 'why' }, true)).toStrictEqual({
      code: is,
      reason: 'why',
      isFinal: false,
    });
  });

  test('without a reason the code is told', () => {
    expect(attemptFailureOf({ code: 1011, reason: '' }, true).reason).toContain('1011');
  });

  test('a socket that never opened was not lost', () => {
    expect(attemptFailureOf({ code: 1006, reason: '' }, false)).toMatchObject({
      code: 'unreachable',
      isFinal: false,
    });
  });
});
