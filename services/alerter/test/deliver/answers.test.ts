import { afterEach, describe, expect, test } from '@jest/globals';
import type { Target, TryResult } from '../../src/model.ts';
import { alert, AT, news, target } from '../support/messages.ts';
import { startStandIn } from '../support/stand-in.ts';
import { tried } from '../support/tried.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});

const SECRET = 'S3CRET';
const message = news({ fired: [alert()] });

async function answering(
  status: number,
  headers: Record<string, string> = {},
  change: Partial<Target> = {},
): Promise<Pick<TryResult, 'outcome' | 'error' | 'retryAfterMs'> & { readonly host: string }> {
  const standIn = await startStandIn((response) => {
    response.writeHead(status, headers).end(`${SECRET} in the body`);
  });
  ends.push(standIn.close);
  const to = { ...target('webhook', { url: `${standIn.url}/${SECRET}?${SECRET}` }), ...change };
  const { outcome, error, retryAfterMs } = await tried(to, message);
  expect(error ?? '').not.toContain(SECRET);
  return {
    outcome,
    error: error?.replaceAll(standIn.host, 'HOST') ?? null,
    retryAfterMs,
    host: standIn.host,
  };
}

describe('an answer with', () => {
  test.each([200, 201, 204, 299])('%d is taken', async (status) => {
    expect(await answering(status)).toMatchObject({ outcome: 'delivered', error: null, retryAfterMs: null });
  });

  test.each([
    [400, 'HOST answered with 400: check url, and what answers there'],
    [404, 'HOST answered with 404: check url, and what answers there'],
    [429, 'HOST answered with 429'],
    [500, 'HOST answered with 500'],
    [503, 'HOST answered with 503'],
  ])('%d has failed', async (status, error) => {
    expect(await answering(status)).toMatchObject({ outcome: 'failed', error, retryAfterMs: null });
  });

  test('410 means that a webhook is gone, but no Alertmanager', async () => {
    expect(await answering(410)).toMatchObject({
      outcome: 'gone',
      error: 'HOST answered with 410: it doesn’t exist any more',
    });
    expect(await answering(410, {}, { kind: 'alertmanager' })).toMatchObject({ outcome: 'failed' });
  });
});

describe('a redirect', () => {
  test('isn’t followed, and its host alone is told', async () => {
    const other = await startStandIn();
    ends.push(other.close);
    for (const status of [301, 302, 303, 307, 308]) {
      const { outcome, error } = await answering(status, { location: `${other.url}/${SECRET}?${SECRET}` });
      expect([outcome, error]).toStrictEqual([
        'failed',
        `HOST answered with ${status}, a redirect to ${other.host}, which isn’t followed: check url, and what answers there`,
      ]);
    }
    expect(other.requests).toStrictEqual([]);
  });

  test.each([['/elsewhere'], ['http://[']])('to %s is told without it', async (location) => {
    const { error } = await answering(302, { location });
    expect(error).toMatch(
      /^HOST answered with 302, a redirect to another address there, which isn’t followed/,
    );
  });
});

describe('how long not to ask', () => {
  const HOUR_MS = 3_600_000;
  test.each([
    ['120', 120_000],
    ['0', 0],
    ['999999', HOUR_MS],
    ['soon', null],
    ['-5', null],
  ])('is told in seconds: %s', async (said, retryAfterMs) => {
    expect(await answering(503, { 'retry-after': said })).toMatchObject({ outcome: 'failed', retryAfterMs });
  });

  test.each([
    ['by the answer’s own clock', 'Wed, 21 Oct 2015 07:28:30 GMT', 'Wed, 21 Oct 2015 07:28:00 GMT', 30_000],
    ['never longer than an hour', 'Wed, 21 Oct 2020 07:28:00 GMT', 'Wed, 21 Oct 2015 07:28:00 GMT', HOUR_MS],
    ['never in the past', 'Wed, 21 Oct 2015 07:27:00 GMT', 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
    ['by ours where the answer has none', 'Sun, 01 Mar 2026 14:05:57 GMT', 'no date', 120_000],
  ])('is told as a date, %s', async (_how, said, date, retryAfterMs) => {
    expect(AT).toBe('2026-03-01T14:03:57.000Z');
    expect(await answering(429, { 'retry-after': said, date })).toMatchObject({ retryAfterMs });
  });
});
