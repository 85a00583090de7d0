import { createHmac, hkdfSync } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { WebSocket } from 'ws';
import type { Access } from '../../src/access/index.ts';
import { RefusedError, refuseUpgrade } from '../../src/http/refusal.ts';
import { ask, type ParsedAnswer } from '../http/ask.ts';
import { atEnd, keyFile, lineOf, requestFrom, startAccess, startGate } from './bench.ts';

const TOKENS = { API_TOKENS: [lineOf('dashboard', 'tok-1'), lineOf('script', 'tok-2')] };
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

/** A ticket for the token. */
async function ticketFor(url: string, token: string): Promise<string> {
  const answer = await ask(supertest(url).post('/api/tickets').set(bearer(token)));
  return (JSON.parse(answer.text) as { ticket: string }).ticket;
}

const nameIn = ({ text }: ParsedAnswer): unknown => (JSON.parse(text) as { tokenName: unknown }).tokenName;

describe('a token', () => {
  test('lets its bearer in, whose name is known', async () => {
    const { url } = await startGate(TOKENS);
    expect(nameIn(await ask(supertest(url).get('/x').set(bearer('tok-1'))))).toBe('dashboard');
    expect(nameIn(await ask(supertest(url).post('/x').set(bearer('tok-2'))))).toBe('script');
  });

  test('is asked for where there is none, with what to do', async () => {
    const { url } = await startGate(TOKENS);
    for (const headers of [{}, { Authorization: 'Basic dXNlcjpwYXNz' }]) {
      const answer = await ask(supertest(url).get('/x').set(headers));
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="mediamtx-monitor"');
    }
  });

  test.each(['wrong', 'tok-1x', 'TOK-1', lineOf('dashboard', 'tok-1'), 'x'.repeat(10_000)])(
    '%.20s is not valid',
    async (token) => {
      const { url } = await startGate(TOKENS);
      const answer = await ask(supertest(url).get('/x').set(bearer(token)));
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
      expect(answer.headers['www-authenticate']).toBe(
        'Bearer realm="mediamtx-monitor", error="invalid_token"',
      );
      expect(answer.text).not.toContain(token);
    },
  );

  test('is not needed where there is no data', async () => {
    const { url } = await startGate(TOKENS);
    for (const path of ['/healthz', '/readyz', '/api/openapi.json', '/api/asyncapi.json', '/api/docs/a.js']) {
      expect((await ask(supertest(url).get(path))).status).toBe(200);
    }
    expect((await ask(supertest(url).get('/metrics'))).status).toBe(401);
  });

  test('in the URL or as a subprotocol is none for a plain request', async () => {
    const { url } = await startGate(TOKENS);
    expect((await ask(supertest(url).get('/x?ticket=tok-1'))).status).toBe(401);
    const protocols = { 'Sec-WebSocket-Protocol': 'mediamtx-monitor.v1, bearer.tok-1' };
    expect((await ask(supertest(url).get('/x').set(protocols))).status).toBe(401);
  });
});

describe('a ticket', () => {
  test('opens what is read, for a minute', async () => {
    const { url, clock } = await startGate(TOKENS);
    const answer = await ask(supertest(url).post('/api/tickets').set(bearer('tok-1')));
    const { ticket, expiresAt } = JSON.parse(answer.text) as Record<string, string>;
    expect(expiresAt).toBe('2026-01-01T00:01:00.000Z');
    const path = `/x?ticket=${ticket ?? ''}`;
    expect(nameIn(await ask(supertest(url).get(path)))).toBe('dashboard');
    expect((await ask(supertest(url).head(path))).status).toBe(200);
    expect((await ask(supertest(url).post(path))).status).toBe(401);
    clock.advance(59_999);
    expect((await ask(supertest(url).get(path))).status).toBe(200);
    clock.advance(1);
    const late = await ask(supertest(url).get(path));
    expect(late).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
    expect(late.text).not.toContain(ticket);
  });

  test('ends by the wall clock, which all replicas share; one that steps back doesn’t make it last longer', async () => {
    const { url, clock } = await startGate(TOKENS);
    const ticket = await ticketFor(url, 'tok-1');
    clock.stepWall(60_000);
    expect((await ask(supertest(url).get(`/x?ticket=${ticket}`))).status).toBe(401);
    clock.stepWall(-60_000);
    expect((await ask(supertest(url).get(`/x?ticket=${ticket}`))).status).toBe(200);
    clock.stepWall(-3_600_000);
    expect((await ask(supertest(url).get(`/x?ticket=${ticket}`))).status).toBe(401);
  });

  test('is good where the clock is 5 s behind, and not where it is further', async () => {
    const key = { API_TICKET_KEY_FILE: keyFile() };
    const [one, other] = [await startGate({ ...TOKENS, ...key }), await startGate({ ...TOKENS, ...key })];
    other.clock.stepWall(-5_000);
    const ticket = await ticketFor(one.url, 'tok-1');
    expect((await ask(supertest(other.url).get(`/x?ticket=${ticket}`))).status).toBe(200);
    other.clock.stepWall(-1);
    expect((await ask(supertest(other.url).get(`/x?ticket=${ticket}`))).status).toBe(401);
  });

  test('gets no other ticket', async () => {
    const { url } = await startGate(TOKENS);
    const ticket = await ticketFor(url, 'tok-1');
    expect((await ask(supertest(url).post(`/api/tickets?ticket=${ticket}`))).status).toBe(401);
  });

  test('of another replica with the same key and token is good, whatever other tokens there are', async () => {
    const key = { API_TICKET_KEY_FILE: keyFile() };
    const one = await startGate({ ...TOKENS, ...key });
    const ticket = await ticketFor(one.url, 'tok-1');
    const more = await startGate({ API_TOKENS: [lineOf('new', 'tok-9'), ...TOKENS.API_TOKENS], ...key });
    expect(nameIn(await ask(supertest(more.url).get(`/x?ticket=${ticket}`)))).toBe('dashboard');
    for (const other of [
      await startGate(TOKENS),
      await startGate({ API_TOKENS: [lineOf('dashboard', 'tok-3')], ...key }),
      await startGate({ API_TOKENS: [lineOf('other', 'tok-1')], ...key }),
    ]) {
      expect((await ask(supertest(other.url).get(`/x?ticket=${ticket}`))).status).toBe(401);
    }
  });

  test('made of the token lines alone, by whoever has read them, is none', async () => {
    const { url, clock } = await startGate(TOKENS);
    const lines = [...TOKENS.API_TOKENS].sort().join('\n');
    const key = Buffer.from(hkdfSync('sha256', lines, '', 'mediamtx-monitor ticket v1', 32));
    const claim = `${Buffer.from('dashboard').toString('base64url')}.${clock.wallMs() + 60_000}`;
    const signature = createHmac('sha256', key).update(claim).digest('base64url');
    expect((await ask(supertest(url).get(`/x?ticket=${claim}.${signature}`))).status).toBe(401);
  });

  test('without a file with a key is good here and nowhere else, which is told once', async () => {
    const none = { ...TOKENS, API_TICKET_KEY_FILE: undefined };
    const [one, other] = [await startGate(none), await startGate(none)];
    const ticket = await ticketFor(one.url, 'tok-1');
    expect((await ask(supertest(one.url).get(`/x?ticket=${ticket}`))).status).toBe(200);
    expect((await ask(supertest(other.url).get(`/x?ticket=${ticket}`))).status).toBe(401);
    expect(one.log.lines).toStrictEqual([
      {
        level: 'warn',
        message: expect.stringMatching(/^API_TICKET_KEY_FILE is not set: .* replica .* another/),
      },
    ]);
    expect(startAccess({ API_TICKET_KEY_FILE: undefined }).log.lines).toStrictEqual([]);
  });

  test('is no token', async () => {
    const { url } = await startGate(TOKENS);
    const ticket = await ticketFor(url, 'tok-1');
    expect((await ask(supertest(url).get('/x').set(bearer(ticket)))).status).toBe(401);
  });

  test('goes beside the credentials of a proxy in front', async () => {
    const { url } = await startGate(TOKENS);
    const ticket = await ticketFor(url, 'tok-2');
    const request = supertest(url).get(`/x?ticket=${ticket}`).set('Authorization', 'Basic dXNlcjpwYXNz');
    expect(nameIn(await ask(request))).toBe('script');
  });

  test('is for nobody who came with one, whatever the method', async () => {
    const { access, url } = await startGate(TOKENS);
    const ticket = await ticketFor(url, 'tok-1');
    const request = requestFrom({ url: `/api/tickets?ticket=${ticket}`, peer: '127.0.0.1' });
    expect(access.check(request)).toMatchObject({ caller: { tokenName: 'dashboard', byTicket: true } });
    expect(() => access.issueTicket(request)).toThrow(RefusedError);
  });

  test('is for nobody who was let in without a token', () => {
    const { access } = startAccess(TOKENS);
    const request = requestFrom({ url: '/healthz', peer: '127.0.0.1' });
    expect(access.check(request)).toHaveProperty('caller.tokenName', null);
    expect(() => access.issueTicket(request)).toThrow(RefusedError);
  });
});

describe('without tokens', () => {
  test('what looks like one is passed over', async () => {
    const { url } = await startGate();
    const answer = await ask(supertest(url).get('/x?ticket=1.2.3').set(bearer('wrong')));
    expect(answer.status).toBe(200);
    expect(nameIn(answer)).toBeNull();
    const protocols = requestFrom({ peer: '127.0.0.1', headers: { 'sec-websocket-protocol': 'bearer.x' } });
    expect(startAccess().access.check(protocols)).toHaveProperty('caller.tokenName', null);
  });

  test('there are no tickets', async () => {
    const { url } = await startGate();
    expect((await ask(supertest(url).post('/api/tickets'))).text).toBe('tickets-off');
  });

  test('none is ever removed', () => {
    expect(() => {
      startAccess().access.onRevoked(() => undefined)();
    }).not.toThrow();
  });
});

/** A server that lets requests for a WebSocket in as access says: refused with its status, else with 418. */
async function startUpgrades(access: Access): Promise<string> {
  const server = createServer();
  server.on('upgrade', (request, socket) => {
    const result = access.check(request);
    if ('refusal' in result) refuseUpgrade(request, socket, result.refusal);
    else socket.end(`HTTP/1.1 418 ${result.caller.tokenName ?? 'anyone'}\r\nContent-Length: 0\r\n\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(async () => {
    await new Promise((resolve) => server.close(resolve));
  });
  // It listens on a port.
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Status and reason with which a WebSocket was answered. */
async function upgradeOf(
  url: string,
  protocols: string[],
  headers: Record<string, string> = {},
): Promise<string> {
  const socket = new WebSocket(url, protocols, { headers });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(`${response.statusCode ?? 0} ${response.statusMessage ?? ''}`);
    });
  });
}

describe('a WebSocket', () => {
  test('brings its token as subprotocol or header, or a ticket', async () => {
    const { access } = startAccess(TOKENS);
    const url = await startUpgrades(access);
    const asker = requestFrom({
      method: 'POST',
      peer: '127.0.0.1',
      headers: { authorization: 'Bearer tok-2' },
    });
    access.check(asker);
    const { ticket } = access.issueTicket(asker);
    expect(await upgradeOf(`${url}/ws`, ['mediamtx-monitor.v1', 'bearer.tok-1'])).toBe('418 dashboard');
    expect(await upgradeOf(`${url}/ws`, ['bearer.tok-2', 'mediamtx-monitor.v1'])).toBe('418 script');
    expect(await upgradeOf(`${url}/ws`, [], bearer('tok-1'))).toBe('418 dashboard');
    expect(await upgradeOf(`${url}/ws?ticket=${ticket}`, ['mediamtx-monitor.v1'])).toBe('418 script');
  });

  test('without, with a wrong one, of another page or past the limit is refused', async () => {
    const url = await startUpgrades(startAccess(TOKENS).access);
    expect(await upgradeOf(`${url}/ws`, [])).toBe('401 Unauthorized');
    expect(await upgradeOf(`${url}/ws`, ['mediamtx-monitor.v1', 'bearer.wrong'])).toBe('401 Unauthorized');
    expect(await upgradeOf(`${url}/ws?ticket=a.1.b`, [])).toBe('401 Unauthorized');
    const evil = { ...bearer('tok-1'), Origin: 'http://evil.example' };
    expect(await upgradeOf(`${url}/ws`, [], evil)).toBe('403 Forbidden');
    const limited = { ...TOKENS, TRUST_PROXY: ['loopback'], MAX_REQUESTS_PER_MINUTE: 1 };
    const behindProxy = await startUpgrades(startAccess(limited).access);
    const far = { ...bearer('tok-1'), 'X-Forwarded-For': '192.0.2.1' };
    expect(await upgradeOf(`${behindProxy}/ws`, [], far)).toBe('418 dashboard');
    expect(await upgradeOf(`${behindProxy}/ws`, [], far)).toBe('429 Too Many Requests');
  });

  test('needs a host of this service where no tokens are set, and may come from an allowed page', async () => {
    const url = await startUpgrades(startAccess({ ALLOWED_ORIGINS: ['https://wall.example'] }).access);
    expect(await upgradeOf(`${url}/ws`, [], { Host: 'evil.example' })).toBe('403 Forbidden');
    expect(await upgradeOf(`${url}/ws`, [], { Origin: 'https://wall.example' })).toBe('418 anyone');
    expect(await upgradeOf(`${url}/ws`, [], { Origin: 'null' })).toBe('403 Forbidden');
  });
});

test('a plain request and one for a WebSocket count together, clients by their own limit', () => {
  const { access } = startAccess({ MAX_REQUESTS_PER_MINUTE: 2, MAX_CLIENTS_PER_ADDRESS: 1 });
  const request = requestFrom({ peer: '192.0.2.1', headers: { host: 'localhost' } });
  const first = access.check(request);
  if (!('caller' in first)) throw new Error('it was refused');
  const leave = access.admitClient(first.caller);
  expect(() => access.admitClient(first.caller)).toThrow(RefusedError);
  leave();
  access.admitClient(first.caller);
  expect(access.check(request)).toHaveProperty('caller');
  expect(access.check(request)).toMatchObject({
    refusal: { code: 'too-many-requests', headers: { 'Retry-After': '60' } },
  });
});
