import { request } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { streamsMessageSchema } from '@mediamtx-monitor/types/schemas';
import { headOf } from '../../publisher.ts';
import { swept } from '../ws/live.ts';
import { publishing } from '../ws/serving.ts';
import { readEvents } from './client.ts';
import { startEvents } from './server.ts';

const EPOCH = headOf().epoch;
const STREAMS = ['cam/1', 'cam/2', 'sport 😀\n'];

/** Events that have one tick of each of these servers, and how to publish more. */
async function serving(servers: readonly string[] = []) {
  const bench = await startEvents();
  return { ...bench, ...(await publishing(bench, servers, STREAMS)) };
}

describe('the answer', () => {
  test('is an event stream that no proxy keeps or holds back, and begins with when to come back', async () => {
    const { url } = await serving();
    const reader = await readEvents(url);
    expect(reader.response.statusCode).toBe(200);
    expect(reader.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    await eventually(() => {
      expect(reader.text()).toBe('retry: 2000\n\n');
    });
  });

  test('to HEAD is the headers only', async () => {
    const { url, entries } = await serving(['main']);
    const status = await new Promise((resolve, reject) => {
      request(`${url}/api/live`, { method: 'HEAD', agent: false }, (response) => {
        response.resume().on('end', () => {
          resolve([response.statusCode, response.headers['content-type']]);
        });
      })
        .on('error', reject)
        .end();
    });
    expect(status).toStrictEqual([200, 'text/event-stream']);
    expect(entries().entered).toBe(0);
  });

  test.each([
    ['?topic=x', 'unknown-parameter'],
    ['?topics=weather', 'invalid-parameter'],
    ['?server=LATEST', 'invalid-parameter'],
    [`?stream=${'*a'.repeat(17)}`, 'invalid-parameter'],
  ])('to %s is what is wrong with it', async (query, code) => {
    const { url, entries } = await serving();
    const reader = await readEvents(url, query);
    await reader.ended;
    expect(reader.response.statusCode).toBe(400);
    expect(JSON.parse(reader.text())).toMatchObject({ code });
    expect(entries().entered).toBe(0);
  });
});

describe('a client is told', () => {
  test('the newest of each server and its status, then every tick, as they were published', async () => {
    const { url, publish, sent } = await serving(['b', 'main']);
    const reader = await readEvents(url);
    const first = [`b:${EPOCH}:1 streams`, `main:${EPOCH}:1 streams`, 'status', 'status'];
    await eventually(() => {
      expect(reader.short()).toStrictEqual(first);
    });
    sent.push(await publish('main', 2));
    await eventually(() => {
      expect(reader.short()).toStrictEqual([...first, `main:${EPOCH}:2 streams`]);
    });
    const ticks = reader.blocks().filter(({ event }) => event === 'streams');
    expect(ticks.map(({ data }) => data)).toStrictEqual(sent);
  });

  test('of the topics, server and streams it asks for', async () => {
    const { url, publish } = await serving(['b', 'main']);
    const reader = await readEvents(url, '?topics=connections&server=b&stream=cam/*');
    await publish('main', 2);
    await publish('b', 2);
    await eventually(() => {
      expect(reader.short()).toStrictEqual([
        `b:${EPOCH}:1 connections`,
        'status',
        `b:${EPOCH}:2 connections`,
      ]);
    });
    for (const { data } of reader.blocks().filter(({ event }) => event === 'connections')) {
      const { connections } = JSON.parse(data) as { connections: { stream: string }[] };
      expect(connections.map(({ stream }) => stream)).toStrictEqual(['cam/1', 'cam/2']);
    }
  });

  test('a change of staleness at once', async () => {
    const { url, clock } = await serving(['main']);
    const reader = await readEvents(url);
    clock.advance(6_001);
    await eventually(() => {
      const statuses = reader.blocks().filter(({ event }) => event === 'status');
      expect(statuses.map(({ data }) => JSON.parse(data) as unknown)).toStrictEqual([
        { type: 'status', server: 'main', stale: false, ageMs: 0 },
        { type: 'status', server: 'main', stale: true, ageMs: 6_001 },
      ]);
    });
  });

  test('messages of other publishers on one line, whatever they look like', async () => {
    const { url, publisher } = await serving();
    const pretty = `${JSON.stringify(headOf(), undefined, 2).slice(0, -2)},"streams":[\n\r\n\r]\n}`;
    await publisher.publishRaw(pretty);
    const reader = await readEvents(url);
    await eventually(() => {
      expect(reader.short()).toStrictEqual([`main:${EPOCH}:1 streams`, 'status']);
    });
    const value: unknown = JSON.parse(reader.blocks()[0]?.data ?? '');
    expect(value).toStrictEqual(JSON.parse(pretty));
    expect(streamsMessageSchema.validate(value, { convert: false }).error).toBeUndefined();
  });

  test('the newest when it comes back, whatever it had seen', async () => {
    const { url, publish } = await serving(['main']);
    await publish('main', 2);
    const reader = await readEvents(url, '', { 'Last-Event-ID': `main:${EPOCH}:2` });
    await eventually(() => {
      expect(reader.short()[0]).toMatch(/^main:\d+:[12] streams$/);
      expect(reader.short()).toContain(`main:${EPOCH}:2 streams`);
    });
  });

  test('a comment every 15 s', async () => {
    const { url, clock } = await serving();
    const reader = await readEvents(url);
    clock.advance(14_999);
    await swept();
    expect(reader.text()).toBe('retry: 2000\n\n');
    for (const comments of [1, 2]) {
      clock.advance(comments === 1 ? 1 : 15_000);
      await eventually(() => {
        expect(reader.text()).toBe(`retry: 2000\n\n${':\n\n'.repeat(comments)}`);
      });
    }
  });
});

test('fetch reads it too, and what it no longer reads is let go', async () => {
  const { url, live, entries } = await serving(['main']);
  const stopping = new AbortController();
  const response = await fetch(`${url}/api/live`, { signal: stopping.signal });
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    if (text.includes('event: status')) break;
  }
  expect(text).toMatch(/^retry: 2000\n\nid: main:\d+:1\nevent: streams\ndata: {"type":"streams"/);
  stopping.abort();
  await eventually(() => {
    expect(live.stats.clients).toBe(0);
    expect(entries()).toStrictEqual({ entered: 1, left: 1 });
  });
});

test('what is sent is counted', async () => {
  const { url, live } = await serving(['main']);
  const reader = await readEvents(url);
  await eventually(() => {
    expect(reader.short()).toHaveLength(2);
  });
  const bytes = Buffer.byteLength(reader.text().slice('retry: 2000\n\n'.length));
  expect(live.stats).toStrictEqual({ clients: 1, messages: 2, bytes, skipped: 0 });
});
