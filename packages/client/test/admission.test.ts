import { describe, expect, test } from '@jest/globals';
import { admit, type Admission, type AdmissionRequest } from '../src/admission.ts';
import { portsOf } from '../src/platform.ts';
import type { Ports } from '../src/ports.ts';
import { createManualTime } from './support/manual-time.ts';
import { startServer, type TicketAnswer } from './support/server.ts';
import { WebSocket } from 'ws';

const ports = portsOf({ webSocket: WebSocket });

async function ask(
  answer: TicketAnswer,
  request: Partial<AdmissionRequest> = {},
): Promise<{ admission: Admission; authorizations: (string | undefined)[] }> {
  const { url, authorizations } = await startServer({ tickets: () => answer });
  const admission = await admit(
    { url: `${url}/api/tickets`, token: 'secret', always: false, aborter: ports.newAborter(), ...request },
    ports,
  );
  return { admission, authorizations };
}

const OPEN = { ticket: undefined };
const ticket = { status: 201, body: { ticket: 'abc', expiresAt: '2026-01-01T00:01:00.000Z' } };

describe('with a token', () => {
  test('it is sent in the header, and a ticket comes back', async () => {
    expect(await ask(ticket)).toEqual({ admission: { ticket: 'abc' }, authorizations: ['Bearer secret'] });
  });

  test.each([
    ['a function', () => 'from-function'],
    ['a function that takes its time', () => Promise.resolve('from-function')],
  ])('it may come from %s', async (_, token) => {
    expect((await ask(ticket, { token })).authorizations).toEqual(['Bearer from-function']);
  });

  test('409: no ticket is needed', async () => {
    expect((await ask({ status: 409 })).admission).toEqual(OPEN);
  });

  test.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
  ])('%i is final, with what the API says', async (status, code) => {
    expect((await ask({ status, body: { detail: 'What to do.' } })).admission).toEqual({
      code,
      reason: 'What to do.',
      isFinal: true,
    });
  });

  test.each([
    [429, 'too-many-requests'],
    [503, 'unreachable'],
  ])('%i asks for patience', async (status, code) => {
    const headers = { 'Retry-After': '7' };
    expect((await ask({ status, headers, body: { detail: 'Later.' } })).admission).toEqual({
      code,
      reason: 'Later.',
      retryAfterMs: 7_000,
    });
  });

  test.each([{}, { 'Retry-After': 'Fri, 31 Dec 2027 23:59:59 GMT' }, { 'Retry-After': '-1' }])(
    'with the headers %j it does not say for how long',
    async (headers) => {
      expect((await ask({ status: 503, headers })).admission).toEqual({
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
  ])('%j is no ticket', async (answer) => {
    expect((await ask(answer)).admission).toEqual({
      code: 'no-ticket',
      reason: expect.stringContaining(String(answer.status)),
    });
  });

  test.each(['two words', 'line\nbreak', 'ümlaut', ' '])('%j can not be one', async (token) => {
    const { admission, authorizations } = await ask(ticket, { token });
    expect(admission).toMatchObject({ code: 'unauthorized', isFinal: true });
    expect(JSON.stringify(admission)).not.toContain(token.trim() || 'no such text');
    expect(authorizations).toEqual([]);
  });

  test('without an API it is unreachable', async () => {
    const server = await startServer();
    await server.stop();
    const request = { url: `${server.url}/api/tickets`, token: 'secret', always: false };
    const admission = await admit({ ...request, aborter: ports.newAborter() }, ports);
    expect(admission).toMatchObject({ code: 'unreachable' });
    expect(JSON.stringify(admission)).not.toContain('secret');
  });

  test('an answer that does not come is not waited for longer than 10 s', async () => {
    const time = createManualTime();
    const { url, authorizations } = await startServer({
      tickets: () => {
        // The request is there; its time is up before the answer has gone out.
        time.advance(10_000);
        return ticket;
      },
    });
    const request = { url: `${url}/api/tickets`, token: 'secret', always: false };
    const withTime: Ports = { ...ports, timers: time.timers };
    const admission = await admit({ ...request, aborter: ports.newAborter() }, withTime);
    expect(admission).toMatchObject({ code: 'unreachable' });
    expect(authorizations).toHaveLength(1);
    expect(time.pending()).toEqual([]);
  });

  test('no timer is left after an answer', async () => {
    const time = createManualTime();
    const { url } = await startServer({ tickets: () => ticket });
    const request = { url: `${url}/api/tickets`, token: 'secret', always: false };
    await admit({ ...request, aborter: ports.newAborter() }, { ...ports, timers: time.timers });
    expect(time.pending()).toEqual([]);
  });
});

describe('without a token', () => {
  test.each([undefined, '', () => undefined, () => Promise.resolve('')])('%p asks nobody', async (token) => {
    expect(await ask({ status: 401 }, { token })).toEqual({ admission: OPEN, authorizations: [] });
  });

  test('asked all the same, only a clear no counts', async () => {
    const request = { token: undefined, always: true };
    const refused = await ask({ status: 401, body: { detail: 'A token is needed.' } }, request);
    expect(refused).toEqual({
      admission: { code: 'unauthorized', reason: 'A token is needed.', isFinal: true },
      authorizations: [undefined],
    });
    for (const status of [200, 404, 405, 409, 500]) {
      expect((await ask({ status }, request)).admission).toEqual(OPEN);
    }
  });

  test('asked of nobody, the socket is tried', async () => {
    const server = await startServer();
    await server.stop();
    const request = { url: `${server.url}/api/tickets`, token: undefined, always: true };
    expect(await admit({ ...request, aborter: ports.newAborter() }, ports)).toEqual(OPEN);
  });
});

test('a token function that fails is reported, and what it says is told to nobody', async () => {
  const reported: unknown[] = [];
  const error = new Error('secret');
  const admission = await admit(
    {
      url: 'http://127.0.0.1:1/api/tickets',
      token: () => Promise.reject(error),
      always: false,
      aborter: ports.newAborter(),
    },
    { ...ports, report: (each) => reported.push(each) },
  );
  expect(admission).toEqual({ code: 'no-token', reason: expect.not.stringContaining('secret') });
  expect(reported).toEqual([error]);
});
