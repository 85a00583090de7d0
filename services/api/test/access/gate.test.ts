import { Agent, request as send } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { ask } from '../http/ask.ts';
import { answerOf, type GateRequest, BEHIND_PROXY, expectRefusal } from './asking.ts';
import { startGate } from './bench.ts';

/** Asks from an address: behind a trusted proxy on this machine. */
const from = (address: string): GateRequest => ({ headers: { 'X-Forwarded-For': address } });

test('the plain case: no header is set, and the caller is this machine', async () => {
  const answer = await answerOf({}, {});
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.text)).toStrictEqual({
    address: '127.0.0.1',
    isLoopback: true,
    tokenName: null,
    byTicket: false,
  });
  expect(Object.keys(answer.headers).sort()).toStrictEqual(['connection', 'content-length', 'date']);
});

describe('host', () => {
  test.each(['localhost:8000', '127.0.0.1', '[::1]:8000', '192.168.1.2', 'monitor.example:8443'])(
    '%s is answered',
    async (Host) => {
      const answer = await answerOf({ ALLOWED_HOSTS: ['monitor.example'] }, { headers: { Host } });
      expect(answer.status).toBe(200);
    },
  );

  test.each(['evil.example:8000', '127.0.0.1.evil.example', 'localhost.evil.example', ''])(
    '%j is refused: a page could have been made to point here',
    async (Host) => {
      const answer = await answerOf({ ALLOWED_HOSTS: ['monitor.example'] }, { headers: { Host } });
      expectRefusal(answer, 403, 'forbidden-host');
    },
  );

  test('with its page as Origin it is refused just so', async () => {
    const headers = { Host: 'evil.example', Origin: 'http://evil.example' };
    expectRefusal(await answerOf({}, { headers }), 403, 'forbidden-host');
  });

  test('does not matter where tokens are set', async () => {
    const API_TOKENS = [`a:${'0'.repeat(64)}`];
    const answer = await answerOf({ API_TOKENS }, { headers: { Host: 'any.example' } });
    expectRefusal(answer, 401, 'unauthorized');
  });

  test('a request without one passes (HTTP/1.0)', async () => {
    const { url } = await startGate();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.end('GET /x HTTP/1.0\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });
});

describe('origin', () => {
  const ALLOWED_ORIGINS = ['https://wall.example', 'http://localhost:3000'];
  const EXPOSED = 'ETag, Age, Retry-After, X-Collected-At, X-Snapshot-Stale, X-Snapshot-Simulated';

  test.each([
    ['nothing allowed', []],
    ['others allowed', ALLOWED_ORIGINS],
  ])('%s: this service’s own pages pass, others and null do not', async (_what, origins) => {
    const { url } = await startGate({ ALLOWED_ORIGINS: origins });
    expect((await ask(supertest(url).get('/x').set('Origin', url))).status).toBe(200);
    for (const Origin of [
      'http://evil.example',
      'null',
      '',
      'http://127.0.0.1:1',
      'https://wall.example.evil',
    ]) {
      const answer = await ask(supertest(url).get('/x').set('Origin', Origin));
      expectRefusal(answer, 403, 'forbidden-origin');
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  test('an allowed page may read the answer and what its headers say', async () => {
    const answer = await answerOf({ ALLOWED_ORIGINS }, { headers: { Origin: 'https://wall.example' } });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      vary: 'Origin',
      'access-control-allow-origin': 'https://wall.example',
      'access-control-expose-headers': EXPOSED,
    });
  });

  test('it may read a refusal too', async () => {
    const API_TOKENS = [`a:${'0'.repeat(64)}`];
    const answer = await answerOf(
      { ALLOWED_ORIGINS, API_TOKENS },
      { headers: { Origin: 'https://wall.example' } },
    );
    expectRefusal(answer, 401, 'unauthorized');
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://wall.example',
      vary: 'Origin',
    });
  });

  test('who asks without origin gets no permission, but caches learn that it matters', async () => {
    const answer = await answerOf({ ALLOWED_ORIGINS }, {});
    expect(answer.headers).toMatchObject({ vary: 'Origin' });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  const preflight = (Origin: string): GateRequest => ({
    method: 'options',
    headers: {
      Origin,
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'authorization',
    },
  });

  test('a preflight of an allowed page is answered, before any token is asked for', async () => {
    const API_TOKENS = [`a:${'0'.repeat(64)}`];
    const answer = await answerOf({ ALLOWED_ORIGINS, API_TOKENS }, preflight('http://localhost:3000'));
    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(answer.headers).toMatchObject({
      vary: 'Origin',
      'access-control-allow-origin': 'http://localhost:3000',
      'access-control-allow-methods': 'GET, HEAD, POST, DELETE',
      'access-control-allow-headers': 'Authorization, Content-Type, If-None-Match',
      'access-control-max-age': '600',
    });
  });

  test('a preflight of any other page is refused', async () => {
    expectRefusal(
      await answerOf({ ALLOWED_ORIGINS }, preflight('http://evil.example')),
      403,
      'forbidden-origin',
    );
    expectRefusal(await answerOf({}, preflight('https://wall.example')), 403, 'forbidden-origin');
  });

  test('OPTIONS that is no preflight goes on', async () => {
    const asked: GateRequest = { method: 'options', headers: { Origin: 'https://wall.example' } };
    expect((await answerOf({ ALLOWED_ORIGINS }, asked)).status).toBe(200);
  });
});

describe('request limit', () => {
  test('past it an address waits, and is told how long', async () => {
    const { url, clock } = await startGate({ ...BEHIND_PROXY, MAX_REQUESTS_PER_MINUTE: 2 });
    const get = (address: string) => ask(supertest(url).get('/x').set('X-Forwarded-For', address));
    expect((await get('192.0.2.1')).status).toBe(200);
    clock.advance(29_500);
    expect((await get('192.0.2.1')).status).toBe(200);
    const answer = await get('192.0.2.1');
    expectRefusal(answer, 429, 'too-many-requests');
    expect(answer.headers['retry-after']).toBe('31');
    expect((await get('192.0.2.2')).status).toBe(200);
    clock.advance(30_500);
    expect((await get('192.0.2.1')).status).toBe(200);
  });

  test('refused requests count, preflights too', async () => {
    const { url } = await startGate({
      ...BEHIND_PROXY,
      MAX_REQUESTS_PER_MINUTE: 2,
      API_TOKENS: [`a:${'0'.repeat(64)}`],
      ALLOWED_ORIGINS: ['https://wall.example'],
    });
    const headers = { 'X-Forwarded-For': '192.0.2.1', Origin: 'https://wall.example' };
    const statuses = [
      await ask(supertest(url).options('/x').set(headers).set('Access-Control-Request-Method', 'GET')),
      await ask(supertest(url).get('/x').set(headers)),
      await ask(supertest(url).get('/healthz').set(headers)),
    ].map(({ status }) => status);
    expect(statuses).toStrictEqual([204, 401, 429]);
  });

  test('counts files of the dashboard apart, so that pages that open leave the data to those that are open', async () => {
    const { url } = await startGate({ ...BEHIND_PROXY, MAX_REQUESTS_PER_MINUTE: 2 });
    const get = (path: string) => ask(supertest(url).get(path).set('X-Forwarded-For', '192.0.2.1'));
    for (const path of ['/?q=a', '/assets/index-12345678.js']) expect((await get(path)).status).toBe(200);
    const refused = await get('/');
    expectRefusal(refused, 429, 'too-many-requests');
    expect(refused.body).toMatchObject({ detail: expect.stringContaining('2 files of the dashboard') });
    // What isn't one of them counts as data, however it is called.
    for (const path of ['/x', '/assets/index-12345679.js']) expect((await get(path)).status).toBe(200);
    expectRefusal(await get('/x'), 429, 'too-many-requests');
  });

  test('addresses of one IPv6 network count together', async () => {
    const { url } = await startGate({ ...BEHIND_PROXY, MAX_REQUESTS_PER_MINUTE: 1 });
    const statusFrom = async (address: string) =>
      (await ask(supertest(url).get('/x').set('X-Forwarded-For', address))).status;
    expect(await statusFrom('2001:db8::1')).toBe(200);
    expect(await statusFrom('2001:db8:0:0:9::1')).toBe(429);
    expect(await statusFrom('2001:db8:0:1::1')).toBe(200);
  });

  test('is none for this machine', async () => {
    const { url } = await startGate({ MAX_REQUESTS_PER_MINUTE: 1 });
    for (let count = 0; count < 5; count += 1) expect((await ask(supertest(url).get('/x'))).status).toBe(200);
  });

  test.each([undefined, 'unknown', '127.0.0.1', '::1', '_hidden', ','])(
    'whoever comes by a trusted proxy that says %j has one, and shares it with all of whom it says no more',
    async (forwarded) => {
      const { url } = await startGate({ ...BEHIND_PROXY, MAX_REQUESTS_PER_MINUTE: 1 });
      const headers = forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded };
      const statusOf = async () => (await ask(supertest(url).get('/x').set(headers))).status;
      expect([await statusOf(), await statusOf()]).toStrictEqual([200, 429]);
    },
  );
});

describe('a proxy on this machine that is not trusted', () => {
  test.each([
    { 'X-Forwarded-For': '192.0.2.1' },
    { Forwarded: 'for=192.0.2.1' },
    { 'X-Real-IP': '192.0.2.1' },
  ])('is told of in the log once, with what to set: %j', async (headers) => {
    const { url, log } = await startGate();
    await ask(supertest(url).get('/x'));
    expect(log.lines).toStrictEqual([]);
    for (let count = 0; count < 3; count += 1) await ask(supertest(url).get('/x').set(headers));
    expect(log.messages('warn')).toStrictEqual([expect.stringContaining('Set TRUST_PROXY=loopback')]);
  });

  test('is no matter where it is trusted', async () => {
    const { url, log } = await startGate(BEHIND_PROXY);
    await ask(supertest(url).get('/x').set('X-Forwarded-For', '192.0.2.1'));
    expect(log.lines).toStrictEqual([]);
  });
});

describe('who asks', () => {
  test('behind a trusted proxy is whom it names', async () => {
    const answer = await answerOf(BEHIND_PROXY, from('203.0.113.9, 192.0.2.1'));
    expect(JSON.parse(answer.text)).toStrictEqual({
      address: '192.0.2.1',
      isLoopback: false,
      tokenName: null,
      byTicket: false,
    });
  });

  test('without trusted proxies is the other end, whatever it claims', async () => {
    const answer = await answerOf({}, from('192.0.2.1'));
    expect(JSON.parse(answer.text)).toMatchObject({ address: '127.0.0.1', isLoopback: true });
  });
});

test('a refused request leaves the connection usable', async () => {
  const { url } = await startGate();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const statusOf = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      send(`${url}/x`, { agent, headers: { host } }, (response) => {
        response.resume().on('end', () => {
          resolve(response.statusCode);
        });
      })
        .on('error', reject)
        .end();
    });
  expect([await statusOf('evil.example'), await statusOf('localhost')]).toStrictEqual([403, 200]);
  agent.destroy();
});
