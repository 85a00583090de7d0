import { describe, expect, test } from '@jest/globals';
import { type ApiAnswers, judge } from '../../src/start/verdict.ts';

const SINCE_MS = Date.parse('2026-01-01T00:00:00.000Z');

const status = {
  server: 'main',
  epoch: 1,
  seq: 1,
  collectedAt: '2026-01-01T00:00:02.000Z',
  publishedAt: '2026-01-01T00:00:02.000Z',
  intervalMs: 2000,
  simulated: false,
  source: { status: 'up', error: null, version: null },
  missing: [],
  totals: { streams: 2, readers: 0, inboundMbps: null, outboundMbps: null, states: null, healths: null },
  stale: false,
  ageMs: 10,
  gone: false,
};

function answers(item: object, latest: unknown = []): ApiAnswers {
  return { readiness: { status: 'ready' }, servers: { items: [item], total: 1 }, latest };
}

describe('judge', () => {
  test('data flow when our server’s newest status is of this run', () => {
    expect(judge(answers(status), 'main', SINCE_MS)).toStrictEqual({
      kind: 'flowing',
      streams: 2,
      simulated: false,
    });
  });

  test('a MediaMTX that can’t be read is named with its error', () => {
    const source = { status: 'down', error: 'MediaMTX refused', version: null };
    const totals = {
      streams: null,
      readers: null,
      inboundMbps: null,
      outboundMbps: null,
      states: null,
      healths: null,
    };
    expect(judge(answers({ ...status, source, totals }), 'main', SINCE_MS)).toStrictEqual({
      kind: 'source',
      status: 'down',
      error: 'MediaMTX refused',
    });
  });

  test('what an earlier run or another server left behind doesn’t count', () => {
    const old = { ...status, publishedAt: '2025-12-31T23:59:59.999Z' };
    const waiting = { kind: 'waiting', why: 'collector' };
    expect(judge(answers(old), 'main', SINCE_MS)).toStrictEqual(waiting);
    expect(judge(answers(status), 'other', SINCE_MS)).toStrictEqual(waiting);
  });

  test('a status without an array of streams is not yet data', () => {
    expect(judge(answers(status, { error: 'no data' }), 'main', SINCE_MS)).toStrictEqual({
      kind: 'waiting',
      why: 'collector',
    });
  });

  test('an API that wants a token is no API without data', () => {
    const refused = { status: 401, title: 'A valid token is needed', code: 'unauthorized' };
    const guarded = { readiness: { status: 'ready' }, servers: refused, latest: refused };
    expect(judge(guarded, 'main', SINCE_MS)).toStrictEqual({ kind: 'guarded' });
  });

  test('tells an API that is silent from one that waits for Redis', () => {
    const silent = { readiness: null, servers: null, latest: null };
    expect(judge(silent, 'main', SINCE_MS)).toStrictEqual({ kind: 'waiting', why: 'api' });
    const starting = { ...silent, readiness: { status: 'starting' } };
    expect(judge(starting, 'main', SINCE_MS)).toStrictEqual({ kind: 'waiting', why: 'redis' });
  });

  test.each([null, 'text', { items: 'none' }, { items: [null, 1, {}] }])(
    'servers %j are no servers',
    (servers) => {
      const odd = { readiness: { status: 'ready' }, servers, latest: [] };
      expect(judge(odd, 'main', SINCE_MS)).toStrictEqual({ kind: 'waiting', why: 'collector' });
    },
  );
});
