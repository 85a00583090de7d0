import { describe, expect, test } from '@jest/globals';
import { planReaders } from '../../src/world/pattern.ts';

const ALL = { moq: true, hlsSessions: true };
const PLACES = Array.from({ length: 30 }, (_, number) => number);

describe('readers', () => {
  test.each([0, 1, 2, 5, 25])('%d of them are as many, whatever the version can list', (readersPerStream) => {
    for (const moq of [true, false]) {
      for (const hlsSessions of [true, false]) {
        for (const number of PLACES) {
          expect(planReaders(number, { readersPerStream, moq, hlsSessions })).toHaveLength(readersPerStream);
        }
      }
    }
  });

  test('are of every protocol, a few by MoQ', () => {
    const types = planReaders(0, { readersPerStream: 24, ...ALL }).map(({ type }) => type);
    expect(new Set(types).size).toBe(8);
    expect(types.filter((type) => type === 'moqSession')).toHaveLength(2);
  });

  test('without MoQ and HLS sessions, none reads by MoQ and one by HLS', () => {
    const types = planReaders(0, { readersPerStream: 24, moq: false, hlsSessions: false }).map(
      ({ type }) => type,
    );
    expect(types).not.toContain('moqSession');
    expect(types.filter((type) => type === 'hlsSession')).toHaveLength(1);
  });
});
