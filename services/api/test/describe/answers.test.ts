import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { atEnd } from '../bench.ts';
import { happening } from '../happening.ts';
import { alertsHeadOf, freshTimes, headOf, hostsHeadOf, targetOf } from '../publisher.ts';
import { serve } from '../serve.ts';
import { bearer, CHANGES, DEAD, MAIN, neverEnding, OPERATORS } from './changes.ts';
import { askUnderHost, beginAsking, describedAnswers, EVENT_STREAM, NAME, OPERATIONS } from './asking.ts';
import { openapi } from './documents.ts';
import { CONNECTIONS, LIVE_STREAM } from './records.ts';

const UNKNOWN = {
  streams: null,
  readers: null,
  inboundMbps: null,
  outboundMbps: null,
  states: null,
  healths: null,
};
const UNKNOWN_OF_BEFORE = [
  '/api/streams/none/events',
  '/api/streams/none/history',
  '/api/servers/none/history',
  '/api/hosts/None/history',
];
const HISTORIES = [`/api/streams/${NAME}/history`, '/api/servers/main/history', '/api/hosts/main/history'];
/** What the durable Redis answers. */
const KEPT = [
  '/api/events',
  `/api/streams/${NAME}/events`,
  '/api/sessions',
  '/api/sessions.csv',
  '/api/reports/availability',
  '/api/reports/availability.csv',
];
const NO_STATUS = ['/status/none', '/status/none.json', '/status/main/none/badge.svg'];
/** The same, which knows no servers. */
const NOTIFICATIONS = '/api/notifications';
/** What was answered in all these tests. */
const seen = new Set<string>();

describe('every answer is as described', () => {
  test('of all resources, with data', async () => {
    const { ask, publisher } = await beginAsking({}, seen);
    await publisher.publish(headOf(), [LIVE_STREAM], CONNECTIONS);
    await publisher.publishHost(hostsHeadOf({ host: 'main' }));
    for (const { path } of OPERATIONS.filter(({ method }) => method === 'GET')) {
      const tag = (await ask(path, 200)).headers.get('etag');
      if (tag !== null) await ask(path, 304, { headers: { 'If-None-Match': tag } });
      if (path !== EVENT_STREAM) await ask(path, 200, { method: 'HEAD' });
    }
  });

  test('and the description is the one that is looked at here', async () => {
    const { ask } = await beginAsking({}, seen);
    const served = JSON.parse((await ask('/api/openapi.json', 200)).text) as typeof openapi;
    expect({ ...served, info: null }).toStrictEqual({ ...openapi, info: null });
  });

  test('without data', async () => {
    const { ask } = await beginAsking({}, seen);
    for (const path of [
      '/api/streams/latest',
      '/api/servers',
      '/api/hosts',
      '/metrics/streams',
      EVENT_STREAM,
    ])
      await ask(path, 200);
    for (const path of [
      '/api/snapshot',
      '/api/prometheus/targets',
      '/api/streams',
      `/api/streams/${NAME}`,
      `/api/streams/${NAME}/connections`,
    ]) {
      await ask(path, 503);
    }
  });

  test('while the durable Redis is away', async () => {
    const { ask } = await beginAsking({ config: { REDIS_DURABLE_URL: 'redis://127.0.0.1:1' } }, seen);
    for (const path of [...KEPT, NOTIFICATIONS]) await ask(path, 503);
  });

  test('of what happened, and for a window that is too large', async () => {
    const { ask, publisher } = await beginAsking({}, seen);
    await happening({ publisher }).add([1, 2]);
    for (const path of KEPT) await ask(path, 200);
    await ask('/api/events?since=0-0&limit=1', 200);
    for (const path of ['/api/reports/availability', '/api/reports/availability.csv']) {
      await ask(`${path}?from=2000-01-01T00:00:00Z`, 400);
    }
    for (const path of KEPT) await ask(`${path}?server=No`, 400);
    await ask('/api/streams/%ff/events', 400);
  });

  test('before Redis has answered', async () => {
    const { ask } = await beginAsking({ redisUrl: 'redis://127.0.0.1:1' }, seen);
    await ask('/healthz', 200);
    await ask('/readyz', 503);
    for (const path of HISTORIES) await ask(path, 503);
  });

  test('where what keeps history refuses', async () => {
    const HISTORY_URL = await serve((_request, response) => response.writeHead(401).end());
    const { ask, publisher } = await beginAsking({ config: { HISTORY_URL } }, seen);
    await publisher.publish(headOf(), [LIVE_STREAM]);
    for (const path of HISTORIES) await ask(`${path}?step=60`, 502);
  });

  test('where a key of another kind stands', async () => {
    const { ask, publisher } = await beginAsking({}, seen);
    const { events, sessions, notifications } = publisher.names;
    await publisher.redis.mset({ [events]: 'text', [sessions]: 'text', [notifications]: 'text' });
    for (const path of [...KEPT, NOTIFICATIONS]) await ask(path, 502);
  });

  test('of a server that was never reached', async () => {
    const { ask, publisher } = await beginAsking({}, seen);
    const source = { status: 'down', error: 'It refused the connection', version: null } as const;
    await publisher.publish(headOf({ collectedAt: null, source, missing: ['paths'], totals: UNKNOWN }));
    for (const path of ['/api/streams/latest', '/api/snapshot', '/api/servers', '/metrics/streams'])
      await ask(path, 200);
    await ask('/api/streams', 503);
  });

  test('to wrong methods and parameters', async () => {
    const { ask } = await beginAsking({}, seen);
    for (const { method, path } of OPERATIONS) {
      await ask(path, 405, { method: 'PUT' });
      if (!/z$|^\/status\//.test(path)) await ask(`${path}?unheard=of`, 400, { method });
    }
    await ask('/api/tickets', 405);
    await ask('/api/streams?state=lively', 400);
    await ask('/api/live?topics=weather', 400);
    await ask('/api/streams/%ff', 400);
  });

  test('about what there isn’t, or isn’t only once', async () => {
    const { ask, publisher } = await beginAsking({}, seen);
    for (const server of ['main', 'north']) {
      await publisher.publish(headOf({ server }), [{ ...LIVE_STREAM, server }], []);
    }
    const connections = `/api/streams/${NAME}/connections`;
    for (const path of [
      '/api/streams/latest',
      '/api/snapshot',
      '/api/streams',
      `/api/streams/${NAME}`,
      connections,
      '/metrics/streams',
    ]) {
      await ask(`${path}?server=none`, 404);
      await ask(`${path}?server=No`, 400);
      await ask(`${path}?server=north`, 200);
    }
    for (const path of ['/api/snapshot', `/api/streams/${NAME}`, connections]) await ask(path, 400);
    for (const path of [...KEPT, '/api/alerts']) await ask(`${path}?server=none`, 404);
    for (const path of NO_STATUS) await ask(path, 404);
    for (const path of ['/api/streams/none', '/nothing', '/api/docs/nothing', ...UNKNOWN_OF_BEFORE])
      await ask(path, 404);
    await ask('/api/streams?state=live,stalled&sort=-since&limit=1', 200);
    await ask('/api/tickets', 409, { method: 'POST' });
  });

  test('to pages of elsewhere, and of pages that are allowed', async () => {
    const { ask } = await beginAsking({ config: { ALLOWED_ORIGINS: ['http://here.example'] } }, seen);
    for (const { method, path, isOpen } of OPERATIONS) {
      await ask(path, isOpen ? 200 : 403, { method, headers: { Origin: 'http://elsewhere.example' } });
    }
    await ask('/api/servers', 200, { headers: { Origin: 'http://here.example' } });
  });

  test('under a foreign host name', async () => {
    const { url, expectDescribed } = await beginAsking({}, seen);
    const answer = await askUnderHost(`${url}/api/servers`, 'elsewhere.example');
    expect(expectDescribed('GET', '/api/servers', answer)).toBe('get /api/servers 403');
    expect(answer.text).toContain('forbidden-host');
  });

  test('where there are tokens', async () => {
    const token = 'secret-of-a-test';
    const hash = createHash('sha256').update(token).digest('hex');
    const { ask, publisher } = await beginAsking({ config: { API_TOKENS: [`test:${hash}`] } }, seen);
    await publisher.publish(headOf(), [LIVE_STREAM], CONNECTIONS);
    const headers = { Authorization: `Bearer ${token}` };
    for (const { method, path, isOpen } of OPERATIONS) {
      await ask(path, isOpen ? 200 : 401, { method });
      if (!isOpen) await ask(path, 401, { method, headers: { Authorization: 'Bearer wrong' } });
    }
    const { text } = await ask('/api/tickets', 201, { method: 'POST', headers });
    const { ticket } = JSON.parse(text) as { ticket: string };
    await ask(`/api/servers?ticket=${ticket}`, 200);
    await ask('/api/servers', 200, { headers });
  });

  test('to operators, and those who are none', async () => {
    const { ask, publisher } = await beginAsking({ config: OPERATORS }, seen);
    for (const change of CHANGES) {
      expect((await ask(change.path, 403, { ...change, headers: bearer('reader') })).text).toContain(
        'not-operator',
      );
      expect((await ask(change.path, 409, { ...change, headers: bearer('ops') })).text).toContain(
        'no-alerter',
      );
    }
    await publisher.publishAlerts(alertsHeadOf());
    for (const change of CHANGES.slice(1)) await ask(change.path, 404, { ...change, headers: bearer('ops') });
    await publisher.publishAlerts(MAIN.head, [MAIN.alert]);
    const id = await publisher.redis.xadd(publisher.names.notifications, '*', 'json', DEAD);
    for (const change of CHANGES) {
      const path = change.path.replace('1-0', String(id));
      await ask(path, 202, { ...change, headers: bearer('ops') });
    }
    await ask(`${NOTIFICATIONS}?limit=1`, 200, { headers: bearer('reader') });
    await publisher.redis.del(publisher.names.commands);
    await publisher.redis.set(publisher.names.commands, 'text');
    for (const change of CHANGES) {
      const path = change.path.replace('1-0', String(id));
      await ask(path, 502, { ...change, headers: bearer('ops') });
    }
  });

  test.each([
    ['target-gone', 409, { state: 'disabled' }],
    ['tested-already', 429, { testAgeMs: 0 }],
  ] as const)('to operators whose target can’t be tested now: %s', async (code, status, changes) => {
    const { ask, publisher } = await beginAsking({ config: OPERATORS }, seen);
    const { publishedAt } = freshTimes();
    await publisher.storeAlerts({ ...MAIN.head, publishedAt, targets: [targetOf('main', changes)] });
    const asked = { method: 'POST', headers: bearer('ops') };
    expect((await ask('/api/targets/main/test', status, asked)).text).toContain(code);
  });

  test('to bodies that are not as they should be', async () => {
    const { ask } = await beginAsking({ config: OPERATORS, headersTimeoutMs: 100 }, seen);
    for (const { path } of CHANGES.filter((change) => 'body' in change)) {
      const asked = { method: 'POST', headers: bearer('ops') };
      await ask(path, 400, { ...asked, body: '{' });
      await ask(path, 413, { ...asked, body: JSON.stringify({ comment: 'x'.repeat(5_000) }) });
      await ask(path, 415, {
        ...asked,
        headers: { ...asked.headers, 'Content-Type': 'text/plain' },
        body: 'x',
      });
      const { text } = await ask(path, 408, { ...asked, ...(neverEnding() as RequestInit) });
      expect(text).toContain('request-timeout');
    }
  });

  test('to operators while the durable Redis is away', async () => {
    const config = { ...OPERATORS, REDIS_DURABLE_URL: 'redis://127.0.0.1:1' };
    const { ask, publisher } = await beginAsking({ config }, seen);
    await publisher.publishAlerts(MAIN.head, [MAIN.alert]);
    for (const change of CHANGES) await ask(change.path, 503, { ...change, headers: bearer('ops') });
  });

  test('to those who ask too often', async () => {
    const config = { TRUST_PROXY: ['loopback'], MAX_REQUESTS_PER_MINUTE: 1 };
    const { ask } = await beginAsking({ config }, seen);
    const headers = { 'X-Forwarded-For': '192.0.2.7' };
    await ask('/healthz', 200, { headers });
    for (const { method, path } of OPERATIONS) await ask(path, 429, { method, headers });
  });

  test('when there are too many clients', async () => {
    const { ask, url } = await beginAsking({ config: { MAX_CLIENTS: 1 } }, seen);
    const first = new AbortController();
    atEnd(() => {
      first.abort();
    });
    expect((await fetch(`${url}${EVENT_STREAM}`, { signal: first.signal })).status).toBe(200);
    await ask(EVENT_STREAM, 503);
  });

  test('when there are too many different filters', async () => {
    const { ask, url } = await beginAsking({ config: { MAX_FILTERS: 1 } }, seen);
    const first = new AbortController();
    atEnd(() => {
      first.abort();
    });
    expect((await fetch(`${url}${EVENT_STREAM}?stream=a*`, { signal: first.signal })).status).toBe(200);
    const { text } = await ask(`${EVENT_STREAM}?stream=b*`, 503);
    expect(JSON.parse(text)).toMatchObject({ code: 'too-many-filters' });
  });

  test('and all that is described was answered above, but what should never be', () => {
    const missing = describedAnswers().filter((answer) => !seen.has(answer));
    expect(missing.filter((answer) => !answer.endsWith(' 500'))).toStrictEqual([]);
  });
});
