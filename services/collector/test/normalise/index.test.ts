import { describe, expect, test } from '@jest/globals';
import type { ListOutcome } from '../../src/facts.ts';
import { normalise } from '../../src/normalise/index.ts';

const items = (...list: unknown[]): ListOutcome => ({ kind: 'items', items: list, simulated: false });
const failed: ListOutcome = { kind: 'failed', status: 'timeout', error: 'no answer' };
const off: ListOutcome = { kind: 'off' };

describe('what became of the lists', () => {
  test('both well', () => {
    const observation = normalise({ paths: items({ name: 'a' }), srtconns: items({ id: '1' }) });
    expect(observation).toMatchObject({ status: 'up', error: null, missing: [], simulated: false });
    expect(observation.paths).toHaveLength(1);
    expect(observation.srtConns).toHaveLength(1);
  });

  test('no SRT list: the paths stand, the list is missing and its failure is told', () => {
    const observation = normalise({ paths: items(), srtconns: failed });
    expect(observation).toMatchObject({ status: 'up', paths: [], srtConns: null, missing: ['srtconns'] });
    expect(observation.error).toBe('no answer');
  });

  test('SRT switched off: nothing is missing', () => {
    const observation = normalise({ paths: items(), srtconns: off });
    expect(observation).toMatchObject({ status: 'up', error: null, srtConns: null, missing: [] });
  });

  test('no path list: it says so, and is no empty list', () => {
    const observation = normalise({ paths: failed, srtconns: items() });
    expect(observation).toMatchObject({ status: 'timeout', paths: null, missing: ['paths'] });
  });

  test.each([null, 7, 'text', [], {}, { name: null }, { name: '' }, { name: 4 }])(
    'a path list with %j in it is invalid as a whole',
    (item) => {
      const observation = normalise({ paths: items({ name: 'a' }, item), srtconns: off });
      expect(observation).toMatchObject({ status: 'invalid', paths: null, missing: ['paths'] });
      expect(observation.error).toContain('item 1 has no name or id');
    },
  );

  test('an SRT list with a record of nulls is missing', () => {
    const observation = normalise({ paths: items(), srtconns: items({ id: null, msRTT: null }) });
    expect(observation).toMatchObject({ status: 'up', srtConns: null, missing: ['srtconns'] });
  });

  test('one simulated list makes the whole simulated', () => {
    const simulated: ListOutcome = { kind: 'items', items: [], simulated: true };
    expect(normalise({ paths: simulated, srtconns: off }).simulated).toBe(true);
  });
});

describe('a path', () => {
  const path = (fields: object) =>
    normalise({ paths: items({ name: 'a', ...fields }), srtconns: off }).paths?.[0];

  test.each([
    ['slashes', 'a/b/c'],
    ['quotes', '"\'`'],
    ['emoji', '📹 église'],
    ['1,000 characters', 'x'.repeat(1_000)],
    ['markup', '<script>alert(1)</script>'],
    ['the marker of the array', ',"streams":['],
    ['control characters', 'a\u0000\n'],
  ])('may be called anything: %s', (_what, name) => {
    expect(path({ name })?.name).toBe(name);
  });

  test('without any fields is idle', () => {
    expect(path({})).toEqual({
      name: 'a',
      sourceType: null,
      sourceId: null,
      tracks: [],
      bytesReceived: null,
      readers: 0,
    });
  });

  test('of nulls is idle', () => {
    expect(path({ source: null, tracks: null, readers: null, bytesReceived: null })).toEqual(path({}));
  });

  test('with fields of wrong types counts them as not there', () => {
    const wrong = { source: 'x', tracks: 'H264', readers: 4, bytesReceived: '12' };
    expect(path(wrong)).toEqual(path({}));
    expect(path({ source: { type: 4, id: {} }, tracks: ['H264', 4, null] })).toMatchObject({
      sourceType: null,
      sourceId: null,
      tracks: ['H264'],
    });
  });

  test.each([-1, Number.NaN, Infinity])('with %p bytes has an unknown number of bytes', (bytesReceived) => {
    expect(path({ bytesReceived })?.bytesReceived).toBeNull();
  });

  test('of a kind nobody has seen is passed through', () => {
    expect(path({ source: { type: 'teleportSource', id: '' } })).toMatchObject({
      sourceType: 'teleportSource',
      sourceId: null,
    });
  });
});

test('an SRT connection’s query goes nowhere', () => {
  const observation = normalise({
    paths: items(),
    srtconns: items({ id: '1', query: 'pass=s3cret', msRTT: 1.5, mbpsReceiveRate: 2, mbpsLinkCapacity: 3 }),
  });
  expect(observation.srtConns).toEqual([{ id: '1', rttMs: 1.5, receiveRateMibps: 2, linkCapacityMibps: 3 }]);
});
