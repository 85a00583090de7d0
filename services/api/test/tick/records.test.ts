import { describe, expect, test } from '@jest/globals';
import { streamRecord } from '@mediamtx-monitor/testkit';
import { NOTHING_DERIVED } from '@mediamtx-monitor/types';
import { streamRecordSchema } from '@mediamtx-monitor/types/schemas';
import { outdated, streamOf } from '../../src/tick/records.ts';
import { MISSING_STREAM } from '../describe/records.ts';

const SINCE = '2026-01-01T00:01:00.000Z';
const fieldsOf = (record: object): Record<string, unknown> => ({ ...record });

test('a stream has its name, a connection that of its stream, or none', () => {
  const record = { name: 'a', stream: 'b' };
  expect([streamOf('streams', record), streamOf('connections', record)]).toStrictEqual(['a', 'b']);
  expect([streamOf('streams', { name: 7 }), streamOf('connections', { stream: null })]).toStrictEqual([
    null,
    null,
  ]);
});

describe('the record of a stream whose collector is silent', () => {
  test('keeps what it was last and what is configured, and not how its pull and forwards were doing', () => {
    const record = outdated(fieldsOf(MISSING_STREAM), SINCE);
    expect(record).toStrictEqual({
      ...MISSING_STREAM,
      ...NOTHING_DERIVED,
      pull: { onDemand: false, state: null, error: null },
      forwards: null,
      since: SINCE,
    });
    expect(streamRecordSchema.validate(record).error).toBeUndefined();
  });

  test('of a collector before 0.2 gets no members that it never had', () => {
    const live = streamRecord({ state: 'live' });
    expect(outdated(fieldsOf(live), SINCE)).toStrictEqual({ ...live, ...NOTHING_DERIVED, since: SINCE });
  });

  test('stays as it is where nothing was known already', () => {
    const unknown = fieldsOf(streamRecord({ state: 'unknown' }));
    expect(outdated(unknown, SINCE)).toBe(unknown);
  });

  test.each([null, 'x', 7])('may have a pull that is %j', (pull) => {
    expect(outdated({ name: 'a', pull }, SINCE)).toMatchObject({ pull });
  });
});
