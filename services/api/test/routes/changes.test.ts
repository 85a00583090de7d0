import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { alertRecord, eventually } from '@mediamtx-monitor/testkit';
import type { AlerterCommand } from '@mediamtx-monitor/types';
import { alerterCommandSchema } from '@mediamtx-monitor/types/schemas';
import { atEnd } from '../bench.ts';
import { alertsHeadOf } from '../publisher.ts';
import { type ApiBenchOptions, startApi } from '../started-api.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const OPERATORS = {
  API_TOKENS: [`ops:${hashOf('ops')}`, `reader:${hashOf('reader')}`],
  API_OPERATORS: ['ops'],
};
const DAY_MS = 86_400_000;
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
const SILENCE = { stream: 'cam/*', comment: ' repair ', until: inMs(3_600_000) };
const HEAD = alertsHeadOf({
  targets: [
    { name: 'my phone', kind: 'ntfy', state: 'ok', error: null, deliveredAt: null, queueAgeMs: null },
  ],
  silences: [
    {
      ...{ id: 's1', server: null, stream: 'cam/*', reason: null, author: 'ops', comment: 'x' },
      ...{ createdAt: inMs(0), until: inMs(DAY_MS) },
    },
  ],
});

interface ChangeRequest {
  readonly method?: 'POST' | 'DELETE' | 'OPTIONS';
  readonly path?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An API with an operator, where an alerter is at work; what it is asked for, and the commands that came of it. */
async function started({ config = {}, ...options }: ApiBenchOptions = {}) {
  const bench = await startApi({ ...options, config: { ...OPERATORS, ...config } });
  const { url, publisher } = bench;
  await publisher.publishAlerts(HEAD, [alertRecord()]);
  await eventually(() => {
    expect(bench.api.feed.ticks('alerts')).toHaveLength(1);
  });
  const ask = async ({
    method = 'POST',
    path = '/api/silences',
    token = 'ops',
    body = SILENCE,
    headers = {},
  }: ChangeRequest = {}) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token !== '' && { Authorization: `Bearer ${token}` }),
        'Content-Type': 'application/json',
        ...headers,
      },
      ...(method === 'POST' && {
        body: typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body),
      }),
    });
    const text = await answer.text();
    const { status } = answer;
    return { status, headers: answer.headers, body: (text === '' ? {} : JSON.parse(text)) as ChangeAnswer };
  };
  const commands = async (): Promise<AlerterCommand[]> =>
    (await publisher.redis.xrange(publisher.names.commands, '-', '+')).map(
      ([, [, json = '']]) => JSON.parse(json) as AlerterCommand,
    );
  return { ...bench, ask, commands };
}
interface ChangeAnswer {
  readonly id?: string;
  readonly code?: string;
  readonly detail?: string;
}

describe('an operator', () => {
  test('has a silence made, in the own name', async () => {
    const { ask, commands } = await started();
    const { status, body, headers } = await ask();
    expect([status, headers.get('cache-control')]).toStrictEqual([202, 'no-store']);
    const [command, ...others] = await commands();
    expect(others).toStrictEqual([]);
    expect(command).toStrictEqual({
      type: 'silence.add',
      by: 'ops',
      silence: {
        id: body.id,
        server: null,
        stream: 'cam/*',
        reason: null,
        comment: 'repair',
        createdAt: expect.any(String),
        until: SILENCE.until,
      },
    });
    expect(alerterCommandSchema.validate(command).error).toBeUndefined();
    expect((await ask()).body.id).not.toBe(body.id);
  });

  test('ends one, takes an alert on, tests a target, and has sent again what could not be delivered', async () => {
    const { ask, commands, publisher } = await started();
    const { redis, names } = publisher;
    const entry = { messageId: 'm', target: 'x', outcome: 'dead', at: inMs(0), message: { id: 'm' } };
    const dead = await redis.xadd(names.notifications, '*', 'json', JSON.stringify(entry));
    const asked = [
      await ask({ method: 'DELETE', path: '/api/silences/s1' }),
      await ask({ path: '/api/alerts/a1/ack', body: { comment: 'on it' } }),
      await ask({ path: '/api/alerts/a1/ack', body: '' }),
      await ask({ path: '/api/targets/my%20phone/test', body: '' }),
      await ask({ path: `/api/notifications/${String(dead)}/replay`, body: '' }),
    ];
    expect(asked.map(({ status }) => status)).toStrictEqual([202, 202, 202, 202, 202]);
    expect(await commands()).toStrictEqual([
      { type: 'silence.delete', by: 'ops', id: 's1' },
      { type: 'alert.ack', by: 'ops', id: 'a1', comment: 'on it' },
      { type: 'alert.ack', by: 'ops', id: 'a1', comment: null },
      { type: 'target.test', by: 'ops', target: 'my phone' },
      { type: 'notification.replay', by: 'ops', id: dead },
    ]);
    for (const command of await commands()) {
      expect(alerterCommandSchema.validate(command).error).toBeUndefined();
    }
    const ids = (await redis.xrange(names.commands, '-', '+')).map(([id]) => id);
    expect(asked.map(({ body }) => body.id)).toStrictEqual(ids);
  });

  test.each([
    ['DELETE', '/api/silences/s2', 'unknown-silence'],
    ['POST', '/api/alerts/a2/ack', 'unknown-alert'],
    ['POST', '/api/targets/other/test', 'unknown-target'],
    ['POST', '/api/notifications/1-1/replay', 'unknown-notification'],
    ['POST', '/api/notifications/x/replay', 'unknown-notification'],
    ['POST', '/api/targets/%00/test', 'unknown-target'],
  ] as const)('is told what there isn’t: %s %s', async (method, path, code) => {
    const { ask, commands } = await started();
    const { status, body } = await ask({ method, path, body: '' });
    expect([status, body.code]).toStrictEqual([404, code]);
    expect(await commands()).toStrictEqual([]);
  });

  test('can’t send again what was delivered', async () => {
    const { ask, publisher, commands } = await started();
    const entry = { messageId: 'm', target: 'x', outcome: 'delivered', at: inMs(0) };
    const id = await publisher.redis.xadd(publisher.names.notifications, '*', 'json', JSON.stringify(entry));
    const { status } = await ask({ path: `/api/notifications/${String(id)}/replay`, body: '' });
    expect([status, await commands()]).toStrictEqual([404, []]);
  });

  test('is told where no alerter is at work, or none any more', async () => {
    const { ask, clock, commands, publisher } = await started();
    clock.advance(3 * HEAD.intervalMs + 1);
    expect(await ask()).toMatchObject({ status: 409, body: { code: 'no-alerter' } });
    await publisher.publishAlerts({ ...HEAD, seq: 2 });
    await eventually(async () => {
      expect((await ask()).status).toBe(202);
    });
    expect(await commands()).toHaveLength(1);
  });

  test('finds no room for more silences than there may be', async () => {
    const { ask, publisher, api } = await started();
    const [silence] = HEAD.silences;
    const silences = Array.from({ length: 200 }, (_, n) => ({ ...silence, id: `s${n}` }));
    await publisher.publishAlerts({ ...HEAD, seq: 2, silences: silences as unknown as typeof HEAD.silences });
    await eventually(() => {
      expect(api.feed.ticks('alerts')[0]?.head?.seq).toBe(2);
    });
    expect(await ask()).toMatchObject({ status: 409, body: { code: 'too-many-silences' } });
  });
});

describe('nobody changes anything', () => {
  test.each<[string, ApiBenchOptions['config'], number, string]>([
    ['where there are no tokens', { API_TOKENS: [] }, 403, 'writes-off'],
    ['where no token may', { API_OPERATORS: [] }, 403, 'writes-off'],
    ['where another may', { API_OPERATORS: ['reader'] }, 403, 'not-operator'],
    ['where the name is written otherwise', { API_OPERATORS: ['OPS'] }, 403, 'not-operator'],
  ])('%s', async (_what, config = {}, status, code) => {
    const { ask, commands } = await started({ config });
    expect(await ask()).toMatchObject({ status, body: { code } });
    expect(await ask({ method: 'DELETE', path: '/api/silences/s1' })).toMatchObject({
      status,
      body: { code },
    });
    expect(await commands()).toStrictEqual([]);
  });

  test('by a ticket, a cookie, a subprotocol, another scheme, or a token in the URL', async () => {
    const { ask, commands, url } = await started();
    const headers = { Authorization: 'Bearer ops' };
    const ticketed = await fetch(`${url}/api/tickets`, { method: 'POST', headers });
    const { ticket } = (await ticketed.json()) as { readonly ticket: string };
    const path = `/api/silences?ticket=${ticket}`;
    const asked = [
      await ask({ token: '', path }),
      await ask({ token: '', path: '/api/silences?token=ops' }),
      await ask({ token: '', headers: { Cookie: `token=ops; ticket=${ticket}` } }),
      await ask({ token: '', headers: { 'Sec-WebSocket-Protocol': 'mediamtx-monitor.v1, bearer.ops' } }),
      await ask({ token: '', headers: { Authorization: 'Basic b3BzOm9wcw==' } }),
      await ask({ token: 'wrong' }),
    ];
    expect(asked.map(({ status }) => status)).toStrictEqual([401, 401, 401, 401, 401, 401]);
    // The token counts, whatever else is there.
    expect((await ask({ token: 'reader', path })).body.code).toBe('not-operator');
    expect(await commands()).toStrictEqual([]);
  });

  test('from a page of elsewhere; one that is allowed may ask first', async () => {
    const config = { ALLOWED_ORIGINS: ['https://wall.example'] };
    const { ask, commands } = await started({ config });
    const from = (Origin: string) => ({
      ...{ method: 'OPTIONS' as const, path: '/api/silences/s1', token: '' },
      headers: { Origin, 'Access-Control-Request-Method': 'DELETE' },
    });
    expect(await ask({ headers: { Origin: 'https://evil.example' } })).toMatchObject({ status: 403 });
    expect((await ask(from('https://evil.example'))).status).toBe(403);
    const preflight = await ask(from('https://wall.example'));
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toStrictEqual([
      204,
      'GET, HEAD, POST, DELETE',
    ]);
    expect(await commands()).toStrictEqual([]);
    expect((await ask({ headers: { Origin: 'https://wall.example' } })).status).toBe(202);
  });

  test('more often than requests are allowed', async () => {
    const config = { TRUST_PROXY: ['loopback'], MAX_REQUESTS_PER_MINUTE: 20 };
    const { ask, commands } = await started({ config });
    const headers = { 'X-Forwarded-For': '192.0.2.7' };
    const statuses = await Promise.all(
      Array.from({ length: 60 }, async () => (await ask({ headers })).status),
    );
    expect(statuses.filter((status) => status === 202)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(40);
    expect(await commands()).toHaveLength(20);
  });
});

test('a name in API_OPERATORS that no token has is told at the start', async () => {
  const { lines } = await started({ config: { API_OPERATORS: ['ops', 'opps'] } });
  expect(lines.filter((line) => line.includes('API_OPERATORS'))).toStrictEqual([
    expect.stringContaining('warn: API_OPERATORS names opps, but there is no token of that name'),
  ]);
});

describe('a silence that is not as it should be', () => {
  test.each<[string, unknown]>([
    ['selects nothing', { comment: 'x', until: SILENCE.until }],
    ['has no comment', { ...SILENCE, comment: undefined }],
    ['has an empty comment', { ...SILENCE, comment: ' ' }],
    ['has a comment too long', { ...SILENCE, comment: 'x'.repeat(501) }],
    ['has a comment of several lines', { ...SILENCE, comment: 'a\nb' }],
    ['has a comment with an escape', { ...SILENCE, comment: 'a\u001b[31m' }],
    ['has no end', { ...SILENCE, until: undefined }],
    ['ends at no time', { ...SILENCE, until: 'tomorrow' }],
    ['ended already', { ...SILENCE, until: inMs(-60_000) }],
    ['holds for too long', { ...SILENCE, until: inMs(30 * DAY_MS + 60_000) }],
    ['has a member too many', { ...SILENCE, author: 'someone' }],
    ['has an id', { ...SILENCE, id: 's1' }],
    ['has a server that is none', { ...SILENCE, server: 'My Server' }],
    ['has a glob of stars', { ...SILENCE, stream: '*a'.repeat(17) }],
    ['has a reason that is none', { ...SILENCE, reason: 'bad-mood' }],
    ['has null for all', { ...SILENCE, server: null }],
    ['is a list', [SILENCE]],
    ['is a text', '"silence"'],
    ['is nothing', ''],
    ['is null', 'null'],
    ['is no JSON', '{"comment":'],
    ['hides a member', '{"__proto__":{"server":"main"},"comment":"x","until":"2027-01-01T00:00:00Z"}'],
    ['is nested deep', '['.repeat(1_500) + ']'.repeat(1_500)],
    ['is no UTF-8', Buffer.from(JSON.stringify({ ...SILENCE, comment: 'ä' }), 'latin1')],
  ])('%s: it is refused in words, and nothing is asked of the alerter', async (_what, body) => {
    const { ask, commands, lines } = await started();
    const answer = await ask({ body });
    expect([answer.status, answer.body.code]).toStrictEqual([400, 'invalid-body']);
    expect(answer.body.detail?.length).toBeLessThan(300);
    expect(await commands()).toStrictEqual([]);
    expect(lines.filter((line) => line.startsWith('error'))).toStrictEqual([]);
  });

  test.each([
    ['is of no type', { 'Content-Type': 'text/plain' }, 415],
    [
      'is a form, as a page of elsewhere can send',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      415,
    ],
    ['is nearly of the type', { 'Content-Type': 'application/jsonp' }, 415],
    ['is compressed', { 'Content-Encoding': 'gzip' }, 415],
    ['is in another code', { 'Content-Type': 'application/json; charset=iso-8859-1' }, 415],
  ])('%s', async (_what, headers, status) => {
    const { ask, commands } = await started();
    expect((await ask({ headers })).status).toBe(status);
    expect(await commands()).toStrictEqual([]);
  });

  test('may have 4096 bytes, and not one more', async () => {
    const { ask } = await started();
    const json = JSON.stringify(SILENCE);
    expect((await ask({ body: json.padEnd(4_096) })).status).toBe(202);
    expect(await ask({ body: json.padEnd(4_097) })).toMatchObject({
      status: 413,
      body: { code: 'body-too-large' },
    });
  });
});

/** A connection that sends this head, and keeps what it receives. */
async function send(url: string, header: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  atEnd(() => {
    socket.destroy();
  });
  let received = '';
  socket.on('error', () => undefined);
  socket.on('data', (data) => (received += data.toString()));
  await once(socket, 'connect');
  const head = ['POST /api/silences HTTP/1.1', 'Host: localhost', 'Authorization: Bearer ops'];
  socket.write([...head, 'Content-Type: application/json', header, '', ''].join('\r\n'));
  return { socket, received: () => received };
}

describe('a body that takes its time, or has no end', () => {
  test('is answered with 408, and its connection closed', async () => {
    const { url, commands, api } = await started({ headersTimeoutMs: 200 });
    const { socket, received } = await send(url, 'Content-Length: 100');
    socket.write('{"comment":');
    await once(socket, 'close');
    expect(received()).toMatch(/^HTTP\/1\.1 408 [^]*\r\nConnection: close\r\n[^]*request-timeout/);
    expect(await commands()).toStrictEqual([]);
    expect(api.feed.hasContact).toBe(true);
  });

  test.each(['Transfer-Encoding: chunked', 'Content-Length: 1000000000'])(
    'is not read to its end: %s',
    async (header) => {
      const { url, commands } = await started();
      const { socket, received } = await send(url, header);
      const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
      let sent = 0;
      while (!socket.destroyed && sent < 1e9) {
        sent += chunk.length;
        if (!socket.write(chunk)) await delay(1);
      }
      expect(sent).toBeLessThan(100e6);
      expect(received()).toMatch(/^(?:HTTP\/1\.1 413 [^]*)?$/);
      expect(await commands()).toStrictEqual([]);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
    },
  );

  test('whose client leaves in the midst of it costs nothing', async () => {
    const { url, ask, lines } = await started();
    for (let n = 0; n < 20; n += 1) {
      const { socket } = await send(url, 'Content-Length: 100');
      socket.write('{"comm');
      socket.destroy();
      await once(socket, 'close');
    }
    expect((await ask()).status).toBe(202);
    expect(lines.filter((line) => line.startsWith('error'))).toStrictEqual([]);
  });
});
