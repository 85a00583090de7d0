import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { alerterCommandSchema } from '@mediamtx-monitor/types/schemas';
import { targetOf } from '../publisher.ts';
import type { ApiBenchOptions } from '../started-api.ts';
import { HEAD, inMs, SILENCE, startChanges } from './start-changes.ts';

describe('an operator', () => {
  test('has a silence made, in the own name', async () => {
    const { ask, commands } = await startChanges();
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
        host: null,
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

  test('has one made of a host, alone or with a reason, but not with what is on no host', async () => {
    const { ask, commands } = await startChanges();
    const { comment, until } = SILENCE;
    const statuses: number[] = [];
    for (const what of [{}, { reason: 'disk-high' }, { server: 'main' }, { stream: '**' }]) {
      statuses.push((await ask({ body: { host: 'box', ...what, comment, until } })).status);
    }
    expect(statuses).toStrictEqual([202, 202, 400, 400]);
    expect(await commands()).toMatchObject([
      { silence: { server: null, host: 'box', stream: null, reason: null } },
      { silence: { server: null, host: 'box', stream: null, reason: 'disk-high' } },
    ]);
  });

  test('ends one, takes an alert on, tests a target, and has sent again what could not be delivered', async () => {
    const { ask, commands, publisher } = await startChanges();
    const { redis, names } = publisher;
    const entry = { messageId: 'm', target: 'my phone', outcome: 'dead', at: inMs(0), message: { id: 'm' } };
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
    const { ask, commands } = await startChanges();
    const { status, body } = await ask({ method, path, body: '' });
    expect([status, body.code]).toStrictEqual([404, code]);
    expect(await commands()).toStrictEqual([]);
  });

  test('can’t send again what was delivered', async () => {
    const { ask, publisher, commands } = await startChanges();
    const entry = { messageId: 'm', target: 'x', outcome: 'delivered', at: inMs(0) };
    const id = await publisher.redis.xadd(publisher.names.notifications, '*', 'json', JSON.stringify(entry));
    const { status } = await ask({ path: `/api/notifications/${String(id)}/replay`, body: '' });
    expect([status, await commands()]).toStrictEqual([404, []]);
  });

  test('is told that a target is gone, or isn’t configured any more, before anything is sent to it', async () => {
    const { ask, commands, publisher, tell } = await startChanges();
    const { redis, names } = publisher;
    const idOf = async (target: string): Promise<string> => {
      const entry = { messageId: 'm', target, outcome: 'dead', at: inMs(0), message: { id: 'm' } };
      return String(await redis.xadd(names.notifications, '*', 'json', JSON.stringify(entry)));
    };
    const gone = targetOf('hook', { state: 'disabled', error: 'it is gone' });
    await tell({ ...HEAD, seq: 2, targets: [gone] });
    const [ofGone, ofOther] = [await idOf('hook'), await idOf('my phone')];
    const codes: (string | undefined)[] = [];
    for (const path of [
      '/api/targets/hook/test',
      `/api/notifications/${ofGone}/replay`,
      `/api/notifications/${ofOther}/replay`,
    ]) {
      const { status, body } = await ask({ path, body: '' });
      codes.push(`${status} ${body.code}`);
    }
    expect(codes).toStrictEqual(['409 target-gone', '409 target-gone', '404 unknown-target']);
    expect(await commands()).toStrictEqual([]);
  });

  test('tests a target once a minute, and is told when it may again', async () => {
    const { ask, clock, commands, tell } = await startChanges();
    const again = () => ask({ path: '/api/targets/my%20phone/test', body: '' });
    await tell({ ...HEAD, seq: 2, targets: [targetOf('my phone', { testAgeMs: 48_500 })] });
    const refused = await again();
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toStrictEqual([
      ...[429, 'tested-already', '12'],
    ]);
    clock.advance(10_600);
    expect((await again()).headers.get('retry-after')).toBe('1');
    expect(await commands()).toStrictEqual([]);
    clock.advance(900);
    expect((await again()).status).toBe(202);
  });

  test('is told where no alerter is at work, or none any more', async () => {
    const { ask, clock, commands, publisher } = await startChanges();
    clock.advance(3 * HEAD.intervalMs + 1);
    expect(await ask()).toMatchObject({ status: 409, body: { code: 'no-alerter' } });
    await publisher.publishAlerts({ ...HEAD, seq: 2 });
    await eventually(async () => {
      expect((await ask()).status).toBe(202);
    });
    expect(await commands()).toHaveLength(1);
  });

  test('finds no room for more silences than there may be', async () => {
    const { ask, tell } = await startChanges();
    const [silence] = HEAD.silences;
    const silences = Array.from({ length: 200 }, (_, n) => ({ ...silence, id: `s${n}` }));
    await tell({ ...HEAD, seq: 2, silences: silences as unknown as typeof HEAD.silences });
    expect(await ask()).toMatchObject({ status: 409, body: { code: 'too-many-silences' } });
  });
});

test('of commands that no alerter reads, about the last 10,000 are kept', async () => {
  const { ask, publisher } = await startChanges();
  const { redis, names } = publisher;
  const pipeline = redis.pipeline();
  for (let n = 0; n < 10_500; n += 1) pipeline.xadd(names.commands, '*', 'json', '{}');
  await pipeline.exec();
  expect((await ask()).status).toBe(202);
  const kept = await redis.xlen(names.commands);
  expect(kept).toBeGreaterThanOrEqual(10_000);
  expect(kept).toBeLessThan(10_200);
});

describe('nobody changes anything', () => {
  test.each<[string, ApiBenchOptions['config'], number, string]>([
    ['where there are no tokens', { API_TOKENS: [] }, 403, 'writes-off'],
    ['where no token may', { API_OPERATORS: [] }, 403, 'writes-off'],
    ['where another may', { API_OPERATORS: ['reader'] }, 403, 'not-operator'],
    ['where the name is written otherwise', { API_OPERATORS: ['OPS'] }, 403, 'not-operator'],
  ])('%s', async (_what, config = {}, status, code) => {
    const { ask, commands } = await startChanges({ config });
    expect(await ask()).toMatchObject({ status, body: { code } });
    expect(await ask({ method: 'DELETE', path: '/api/silences/s1' })).toMatchObject({
      status,
      body: { code },
    });
    expect(await commands()).toStrictEqual([]);
  });

  test('by a ticket, a cookie, a subprotocol, another scheme, or a token in the URL', async () => {
    const { ask, commands, url } = await startChanges();
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
    const { ask, commands } = await startChanges({ config });
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
    const { ask, commands } = await startChanges({ config });
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
  const { lines } = await startChanges({ config: { API_OPERATORS: ['ops', 'opps'] } });
  expect(lines.filter((line) => line.includes('API_OPERATORS'))).toStrictEqual([
    expect.stringContaining('warn: API_OPERATORS names opps, but there is no token of that name'),
  ]);
});
