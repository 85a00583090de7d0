import { describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { askForTicket, askWhy, readToken } from '../src/admission.ts';
import { portsOf } from '../src/platform.ts';
import { createManualTime } from './support/manual-time.ts';
import { type ShortAnswer, startServer } from './support/server.ts';

const ports = portsOf({ webSocket: WebSocket });
const TICKET = { status: 201, body: { ticket: 'abc', expiresAt: '2026-01-01T00:01:00.000Z' } };

describe('the token', () => {
  test.each([
    ['a text', 'secret', 'secret'],
    ['a function', () => 'secret', 'secret'],
    ['a function that takes its time', () => Promise.resolve('secret'), 'secret'],
    ['nothing', undefined, ''],
    ['an empty text', '', ''],
    ['a function that has none', () => undefined, ''],
    ['a function that has none, later', () => Promise.resolve(''), ''],
  ])('comes from %s', async (_, given, token) => {
    expect(await readToken(given, ports)).toStrictEqual({ token });
  });

  test.each(['two words', 'line\nbreak', 'ümlaut', ' '])('%j can not be one', async (token) => {
    const read = await readToken(token, ports);
    expect(read).toMatchObject({ code: 'unauthorized', isFinal: true });
    expect(JSON.stringify(read)).not.toContain(token.trim() || 'no such text');
  });

  test('of a function that fails is reported, and what it says is told to nobody', async () => {
    const reported: unknown[] = [];
    const error = new Error('secret');
    const read = await readToken(() => Promise.reject(error), { report: (each) => reported.push(each) });
    expect(read).toStrictEqual({ code: 'no-token', reason: expect.not.stringContaining('secret') });
    expect(reported).toStrictEqual([error]);
  });
});

/** What the API's answers say of who asks, to either question. */
const REFUSALS: readonly [status: number, refusal: object][] = [
  [401, { code: 'unauthorized', isFinal: true }],
  [403, { code: 'forbidden', isFinal: true }],
  [429, { code: 'too-many-requests', retryAfterMs: 7_000 }],
  [502, { code: 'unreachable', retryAfterMs: 7_000 }],
  [503, { code: 'unreachable', retryAfterMs: 7_000 }],
  [504, { code: 'unreachable', retryAfterMs: 7_000 }],
];
const PATIENCE = { 'Retry-After': '7' };

describe('a ticket', () => {
  async function ask(answer: ShortAnswer) {
    const { url, authorizations } = await startServer({ tickets: () => answer });
    const admission = await askForTicket(`${url}/api/tickets`, 'secret', ports.newAborter(), ports);
    return { admission, authorizations };
  }

  test('is asked for with the token in the header', async () => {
    expect(await ask(TICKET)).toStrictEqual({
      admission: { ticket: 'abc' },
      authorizations: ['Bearer secret'],
    });
  });

  test('409: none is needed', async () => {
    expect((await ask({ status: 409 })).admission).toStrictEqual({ ticket: undefined });
  });

  test.each(REFUSALS)('%i: what the API says is passed on', async (status, refusal) => {
    const body = { detail: 'What to do.', code: 'forbidden-origin' };
    expect((await ask({ status, headers: PATIENCE, body })).admission).toStrictEqual({
      ...refusal,
      reason: 'What to do.',
      problem: 'forbidden-origin',
    });
    const bare = await ask({ status, headers: PATIENCE, body: { code: 'constructor' } });
    expect(bare.admission).toStrictEqual({ ...refusal, reason: expect.stringContaining(String(status)) });
  });

  test.each([{}, { 'Retry-After': 'Fri, 31 Dec 2027 23:59:59 GMT' }, { 'Retry-After': '-1' }])(
    'with the headers %j it does not say for how long',
    async (headers) => {
      expect((await ask({ status: 503, headers })).admission).toStrictEqual({
        code: 'unreachable',
        reason: expect.stringContaining('503'),
      });
    },
  );

  test.each([
    { status: 404 },
    { status: 500, body: {} },
    { status: 200, body: { ticket: 5 } },
    { status: 200, body: 'ticket' },
    { status: 200, body: null },
    { status: 200 },
    { status: 404, body: { ticket: 'abc' } },
  ])('%j is none', async (answer) => {
    expect((await ask(answer)).admission).toStrictEqual({
      code: 'no-ticket',
      reason: expect.stringContaining(String(answer.status)),
    });
  });

  test('can not be had where no API is', async () => {
    const server = await startServer();
    await server.stop();
    const admission = await askForTicket(`${server.url}/api/tickets`, 'secret', ports.newAborter(), ports);
    expect(admission).toMatchObject({ code: 'unreachable' });
    expect(JSON.stringify(admission)).not.toContain('secret');
  });

  test('is not waited for longer than 10 s', async () => {
    const time = createManualTime();
    const { url, authorizations } = await startServer({
      tickets: () => {
        // The request is there; its time is up before the answer has gone out.
        time.advance(10_000);
        return TICKET;
      },
    });
    const withTime = { ...ports, timers: time.timers };
    const admission = await askForTicket(`${url}/api/tickets`, 'secret', ports.newAborter(), withTime);
    expect(admission).toMatchObject({ code: 'unreachable' });
    expect(authorizations).toHaveLength(1);
    expect(time.pending()).toStrictEqual([]);
  });

  test('leaves no timer', async () => {
    const time = createManualTime();
    const { url } = await startServer({ tickets: () => TICKET });
    const withTime = { ...ports, timers: time.timers };
    await askForTicket(`${url}/api/tickets`, 'secret', ports.newAborter(), withTime);
    expect(time.pending()).toStrictEqual([]);
  });
});

describe('why a socket was refused', () => {
  async function why(answer: ShortAnswer) {
    const { url } = await startServer({ why: () => answer });
    return askWhy(`${url}/ws`, ports.newAborter(), ports);
  }

  test.each(REFUSALS)('%i says it', async (status, refusal) => {
    const body = { detail: 'What to do.', code: 'forbidden-host' };
    expect(await why({ status, headers: PATIENCE, body })).toStrictEqual({
      ...refusal,
      reason: 'What to do.',
      problem: 'forbidden-host',
    });
  });

  test.each([200, 400, 404, 405, 426, 500])('%i: the API knows of nothing', async (status) => {
    expect(await why({ status })).toBe('reached');
  });

  test('is not known where nothing answers, or nothing can ask', async () => {
    const server = await startServer();
    await server.stop();
    expect(await askWhy(`${server.url}/ws`, ports.newAborter(), ports)).toBeUndefined();
    expect(
      await askWhy('http://127.0.0.1:1/ws', ports.newAborter(), { ...ports, fetch: undefined }),
    ).toBeUndefined();
  });
});
