import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { ticketSchema } from '@mediamtx-monitor/types/schemas';
import request from 'supertest';
import { RefusedError } from '../../src/http/refusal.ts';
import { atEnd } from '../bench.ts';
import { ask } from '../http/ask.ts';
import { startRoutes } from './start-routes.ts';

const PATH = '/api/tickets';
const ticket = { ticket: 'abc', expiresAt: '2026-01-01T00:01:00.000Z' };

test('201 with a ticket for who asks, never stored', async () => {
  const asked: unknown[] = [];
  const issueTicket = ({ headers }: IncomingMessage) => {
    asked.push(headers.authorization);
    return ticket;
  };
  const { url } = await startRoutes({ issueTicket });
  const { status, body, headers } = await ask(request(url).post(PATH).set('Authorization', 'Bearer x'));
  expect([status, body]).toStrictEqual([201, ticket]);
  expect(ticketSchema.validate(body).error).toBeUndefined();
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  expect(asked).toStrictEqual(['Bearer x']);
});

test('where none is to be had, the refusal says so', async () => {
  const { url } = await startRoutes({
    issueTicket: () => {
      throw new RefusedError({ code: 'tickets-off', detail: 'No tokens are set.' });
    },
  });
  const { status, body } = await ask(request(url).post(PATH));
  expect([status, body]).toMatchObject([409, { code: 'tickets-off' }]);
});

test('POST only', async () => {
  const { url } = await startRoutes();
  for (const method of ['get', 'head', 'put', 'delete'] as const) {
    const { status, headers } = await ask(request(url)[method](PATH));
    expect([status, headers['allow']]).toStrictEqual([405, 'POST']);
  }
  expect((await ask(request(url).post(`${PATH}?name=x`))).body).toMatchObject({ code: 'unknown-parameter' });
});

/** A connection that keeps what it receives. */
async function open(url: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  atEnd(() => {
    socket.destroy();
  });
  socket.on('error', () => undefined);
  let received = '';
  socket.on('data', (data) => {
    received += data.toString();
  });
  await once(socket, 'connect');
  return { socket, received: () => received };
}

test('a short body is dropped, and the connection goes on', async () => {
  const { url } = await startRoutes();
  const { socket, received } = await open(url);
  socket.end(
    `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{"a":` +
      `GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
  );
  await once(socket, 'close');
  expect(received()).toMatch(/^HTTP\/1\.1 201 [^]*HTTP\/1\.1 200 [^]*{"status":"ok",[^\n]*}$/);
});

test.each([
  ['of a length to be feared', 'Content-Length: 1000000000'],
  ['without an end', 'Transfer-Encoding: chunked'],
])('a body %s is answered at once and not read', async (_what, header) => {
  const { url } = await startRoutes();
  for (const start of [`POST ${PATH}`, 'GET /api/streams/latest', 'POST /nowhere', 'POST /%zz']) {
    const { socket, received } = await open(url);
    socket.write(`${start} HTTP/1.1\r\nHost: x\r\n${header}\r\n\r\n`);
    await once(socket, 'close');
    expect(received()).toMatch(/^HTTP\/1\.1 (20|40)\d [^]*\r\nConnection: close\r\n/);
  }
});
