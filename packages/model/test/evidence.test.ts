import { expect, test } from '@jest/globals';
import { stalledEvidence } from '../../src/model/evidence.ts';
import { lastLive, missing, stream } from '../support/records.ts';

test('a stream that froze before it went says so, as long as it is away', () => {
  const last = lastLive({ wasStalled: true });
  expect(stalledEvidence(missing({ last }))).toEqual([{ code: 'was-stalled' }]);
  expect(stalledEvidence(stream({ state: 'waiting', last }))).toEqual([{ code: 'was-stalled' }]);
  expect(stalledEvidence(missing())).toEqual([]);
  expect(stalledEvidence(stream({ last }))).toEqual([]);
  expect(stalledEvidence(stream({ state: 'unknown', last }))).toEqual([]);
});
