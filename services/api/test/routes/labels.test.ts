import { describe, expect, test } from '@jest/globals';
import { alertRecord, eventually, parseMetrics, streamRecord } from '@mediamtx-monitor/testkit';
import type { Alert, ServerLabels } from '@mediamtx-monitor/types';
import { FILTER_PARAMETERS } from '../../src/live/index.ts';
import { ROUTES } from '../../src/routes/index.ts';
import { happening, storedEvent } from '../happening.ts';
import { alertsHeadOf, freshTimes, headOf } from '../publisher.ts';
import { startApi } from '../started-api.ts';
import { session } from './start-sessions.ts';

const SERVERS = { a: { site: 'north', rack: '1' }, b: { site: 'south' }, main: undefined } as const;

/** An API that knows servers with these labels, each with a stream, an event, a session and an alert. */
async function serving(servers: Readonly<Record<string, ServerLabels | undefined>> = SERVERS) {
  const bench = await startApi();
  const { publisher, url, api } = bench;
  let seq = 0;
  const publish = async (server: string, labels: ServerLabels | undefined): Promise<void> => {
    seq += 1;
    const head = headOf({ server, seq, ...freshTimes(), ...(labels && { labels }) });
    await publisher.publish(head, [streamRecord({ name: `cam-${server}`, server, state: 'live' })]);
    await eventually(() => {
      expect(api.feed.servers.newest('streams', server)?.head?.seq).toBe(seq);
    });
  };
  for (const [server, labels] of Object.entries(servers)) await publish(server, labels);
  const answerTo = async (path: string, status = 200) => {
    const answer = await fetch(`${url}${path}`);
    expect([path, answer.status]).toStrictEqual([path, status]);
    return { text: await answer.text(), tag: answer.headers.get('etag') };
  };
  const itemsOf = async (path: string): Promise<readonly Record<string, unknown>[]> => {
    const body = JSON.parse((await answerTo(path)).text) as {
      readonly items?: readonly Record<string, unknown>[];
    };
    return Array.isArray(body) ? (body as Record<string, unknown>[]) : (body.items ?? []);
  };
  /** Ids of the servers that an answer is about. */
  const serversIn = async (path: string): Promise<readonly unknown[]> =>
    [...new Set((await itemsOf(path)).map(serverOf))].sort();
  return { ...bench, publish, answerTo, itemsOf, serversIn };
}

function serverOf({ server, subject }: Record<string, unknown>): unknown {
  return server ?? (subject as Alert['subject'] & { readonly server?: string }).server ?? 'a host';
}

/** What of before and what of alerts there is of these servers. */
async function writePast({ publisher }: Awaited<ReturnType<typeof serving>>, servers: readonly string[]) {
  const { redis, names } = publisher;
  const { write } = happening({ publisher });
  const at = Date.now() - 60_000;
  const time = new Date(at).toISOString();
  await write(
    servers.map((server, n) => [
      `${at}-${n + 1}`,
      storedEvent({ server, at: time, stream: `cam-${server}` }),
    ]),
  );
  for (const server of servers) {
    const closed = session(1, { server, stream: `cam-${server}` });
    const open = { ...closed, connection: 'open', end: null, rtts: [1], lossSum: 0, lossTicks: 0 };
    await redis.xadd(names.sessions, '*', 'json', JSON.stringify(closed));
    await redis.hset(names.eventBaseline(server), 'connection open', JSON.stringify(open));
  }
  await publisher.publishAlerts(alertsHeadOf(), [
    ...servers.map((server) => alertRecord({ id: server, subject: { kind: 'server', server } })),
    alertRecord({ id: 'h', subject: { kind: 'host', host: 'media-1' } }),
  ]);
}

test('whatever is asked by server is asked by label, too', () => {
  const byServer = ROUTES.flatMap(({ path, parameters }) =>
    parameters !== 'any' && parameters.includes('server') ? [{ path, parameters }] : [],
  );
  expect(byServer.length).toBeGreaterThan(10);
  for (const { path, parameters } of byServer)
    expect([path, parameters]).toStrictEqual([path, expect.arrayContaining(['label'])]);
  expect(FILTER_PARAMETERS).toContain('label');
});

test('servers show their labels, where they have some, and are chosen by them', async () => {
  const { itemsOf, serversIn } = await serving();
  expect((await itemsOf('/api/servers')).map(({ server, labels }) => [server, labels])).toStrictEqual(
    Object.entries(SERVERS),
  );
  expect(await serversIn('/api/servers?label=site:north')).toStrictEqual(['a']);
  expect(await serversIn('/api/servers?label=site:north&label=rack:2')).toStrictEqual([]);
});

describe('answers about several servers', () => {
  const NOW = ['/api/streams', '/api/streams/latest', '/api/servers', '/api/alerts'];
  const BEFORE = ['/api/events', '/api/sessions', '/api/sessions?state=open', '/api/reports/availability'];

  test.each([...NOW, ...BEFORE])('%s has those with the label', async (path) => {
    const bench = await serving();
    await writePast(bench, Object.keys(SERVERS));
    const of = (...labels: string[]) =>
      bench.serversIn(
        [path, labels.map((label) => `label=${label}`).join('&')].join(path.includes('?') ? '&' : '?'),
      );
    await eventually(async () => {
      expect(await of('site:north')).toStrictEqual(['a']);
    });
    expect(await of('site:south')).toStrictEqual(['b']);
    expect(await of('site:north', 'rack:1')).toStrictEqual(['a']);
    expect(await of('site:north', 'site:south')).toStrictEqual([]);
    expect(await of('nobody:x')).toStrictEqual([]);
    if (path === '/api/servers') return;
    const both = path.includes('?') ? `${path}&` : `${path}?`;
    expect(await bench.serversIn(`${both}server=a&label=site:north`)).toStrictEqual(['a']);
    expect(await bench.serversIn(`${both}server=b&label=site:north`)).toStrictEqual([]);
    await bench.answerTo(`${both}label=site`, 400);
    await bench.answerTo(`${both}server=none&label=site:north`, 404);
    // What a server is called now counts, for what was before, too.
    await bench.publish('b', { site: 'north' });
    expect(await of('site:north')).toStrictEqual(['a', 'b']);
    expect(await of('site:south')).toStrictEqual([]);
  });

  test('have another tag when a server comes in by its labels', async () => {
    const { answerTo, publish } = await serving();
    for (const path of ['/api/streams', '/api/streams/latest']) {
      const asked = `${path}?label=site:north`;
      const { tag } = await answerTo(asked);
      expect((await answerTo(asked)).tag).toBe(tag);
      await publish('b', { site: 'north' });
      expect((await answerTo(asked)).tag).not.toBe(tag);
      await publish('b', { site: 'south' });
      const nobody = await answerTo(`${path}?label=nobody:x`);
      expect([nobody.tag, JSON.parse(nobody.text)]).toStrictEqual([
        expect.any(String),
        path === '/api/streams' ? { items: [], total: 0 } : [],
      ]);
    }
  });

  test('metrics are of servers with the label, and of no host', async () => {
    const { answerTo, publisher, api, publish } = await serving();
    await publisher.publishHost({
      ...{ type: 'hosts', v: 1, host: 'media-1', epoch: 1, seq: 1, intervalMs: 5_000 },
      ...freshTimes(),
    });
    await eventually(() => {
      expect(api.feed.hosts.heads).toHaveLength(1);
    });
    const upOf = async (query: string): Promise<readonly unknown[]> => {
      const { text } = await answerTo(`/metrics/streams${query}`);
      expect(text.includes('mediamtx_monitor_host_up')).toBe(query === '');
      if (text === '') return [];
      return (parseMetrics(text).get('mediamtx_monitor_server_up')?.samples ?? []).map(
        ({ labels }) => labels['server'],
      );
    };
    expect(await upOf('')).toStrictEqual(['a', 'b', 'main']);
    expect(await upOf('?label=site:north')).toStrictEqual(['a']);
    expect(await upOf('?label=nobody:x')).toStrictEqual([]);
    await publish('b', { site: 'north' });
    expect(await upOf('?label=site:north')).toStrictEqual(['a', 'b']);
    await publish('b', { site: 'south' });
    expect(await upOf('?label=site:north')).toStrictEqual(['a']);
  });
});

describe('answers about one', () => {
  test('have the one with the label', async () => {
    const { answerTo, publish } = await serving();
    const parse = async (path: string) => JSON.parse((await answerTo(path)).text) as Record<string, unknown>;
    expect(await parse('/api/snapshot?label=site:north')).toMatchObject({ server: 'a', labels: SERVERS.a });
    await answerTo('/api/snapshot?label=nobody:x', 404);
    await publish('b', { site: 'north' });
    await answerTo('/api/snapshot?label=site:north', 400);
    // History has a connection of its own, which may come up later.
    await eventually(async () => {
      await answerTo('/api/streams/cam-a/history');
    });
    for (const end of ['', '/connections', '/events', '/history']) {
      await answerTo(`/api/streams/cam-a${end}?label=site:north`, 200);
      await answerTo(`/api/streams/cam-a${end}?label=site:south`, 404);
    }
  });
});

test('while nothing is known nothing is told of labels', async () => {
  const { answerTo } = await serving({});
  for (const path of ['/api/streams', '/api/snapshot']) await answerTo(`${path}?label=site:north`, 503);
  expect((await answerTo('/api/streams/latest?label=site:north')).text).toBe('{"error":"no data"}');
});
