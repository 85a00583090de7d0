import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { startSimulator, type Simulator, type VersionName } from '../../src/index.ts';
import { get, type Got } from '../get.ts';
import { ALL_LISTS, type ParsedList } from '../lists-of.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator();
});
afterEach(() => simulator.close());

const ask = (list: string, query = ''): Promise<Got> => get(`${simulator.url}/v3/${list}/list${query}`);
const parse = (got: Got): ParsedList => JSON.parse(got.body) as ParsedList;

describe('down', () => {
  test('refuses and cuts connections, and comes back on the same port', async () => {
    const open = connect(Number(new URL(simulator.url).port), '127.0.0.1');
    await once(open, 'connect');
    const cut = once(
      open.resume().on('error', () => undefined),
      'close',
    );
    await simulator.setFault({ kind: 'down' });
    await cut;
    await expect(ask('paths')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await simulator.setFault(null);
    expect((await ask('paths')).status).toBe(200);
  });

  test('ends by itself after its seconds', async () => {
    await simulator.setFault({ kind: 'down', seconds: 0.05 });
    await eventually(async () => {
      expect((await ask('paths')).status).toBe(200);
    });
    expect(simulator.fault()).toBeNull();
  });

  test('gives way to another fault', async () => {
    await simulator.setFault({ kind: 'down', seconds: 3600 });
    await simulator.setFault({ kind: 'status', status: 503 });
    expect((await ask('paths')).status).toBe(503);
  });

  test('and up and down at once end as said last', async () => {
    const changes = [1, 2, 3].flatMap(() => [simulator.setFault({ kind: 'down' }), simulator.setFault(null)]);
    await Promise.all(changes);
    expect((await ask('paths')).status).toBe(200);
  });
});

describe('instead of an answer', () => {
  test('hang: nothing comes, while other lists answer', async () => {
    await simulator.setFault({ kind: 'hang', list: 'paths' });
    const giveUp = new AbortController();
    let ended = false;
    const hanging = get(`${simulator.url}/v3/paths/list`, { signal: giveUp.signal })
      .catch((error: unknown) => error)
      .finally(() => {
        ended = true;
      });
    await eventually(() => {
      expect(simulator.requests.paths).toBe(1);
    });
    expect((await ask('srtconns')).status).toBe(200);
    await simulator.setFault(null);
    expect((await ask('paths')).status).toBe(200);
    expect(ended).toBe(false);
    giveUp.abort();
    expect(await hanging).toMatchObject({ name: 'AbortError' });
  });

  test('slow: the answer comes late', async () => {
    await simulator.setFault({ kind: 'slow', delayMs: 100 });
    const before = performance.now();
    expect(parse(await ask('paths')).itemCount).toBe(12);
    expect(performance.now() - before).toBeGreaterThan(95);
  });

  test('slow: a client that leaves is forgotten', async () => {
    await simulator.setFault({ kind: 'slow', delayMs: 600_000 });
    await expect(get(`${simulator.url}/v3/info`, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      name: 'AbortError',
    });
    await simulator.close();
  });

  test('status: an error as MediaMTX tells it', async () => {
    await simulator.setFault({ kind: 'status', status: 500 });
    const got = await ask('paths');
    expect([got.status, got.body]).toStrictEqual([500, '{"status":"error","error":"internal server error"}']);
    expect(got.headers['x-simulated']).toBe('true');
  });

  test.each([undefined, 100])('unauthorized, after %p ms', async (delayMs) => {
    await simulator.setFault(
      delayMs === undefined ? { kind: 'unauthorized' } : { kind: 'unauthorized', delayMs },
    );
    const before = performance.now();
    const got = await ask('paths');
    expect([got.status, got.body]).toStrictEqual([401, '{"status":"error","error":"authentication error"}']);
    expect(performance.now() - before).toBeGreaterThan((delayMs ?? 0) - 5);
  });

  test('html: a web page with status 200', async () => {
    await simulator.setFault({ kind: 'html' });
    const got = await ask('paths');
    expect([got.status, got.headers['content-type']]).toStrictEqual([200, 'text/html; charset=utf-8']);
    expect(() => parse(got)).toThrow();
  });

  test('cut: the connection ends, here twice', async () => {
    await simulator.setFault({ kind: 'cut', times: 2 });
    await expect(ask('paths')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(ask('srtconns')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await ask('paths')).status).toBe(200);
  });

  test('cut: always, of one list', async () => {
    await simulator.setFault({ kind: 'cut', list: 'srtconns' });
    for (let time = 0; time < 3; time += 1)
      await expect(ask('srtconns')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await ask('paths')).status).toBe(200);
  });
});

describe('in the answer', () => {
  test('truncated: properly sent, but no JSON', async () => {
    await simulator.setFault({ kind: 'truncated' });
    const got = await ask('paths');
    expect(got.status).toBe(200);
    expect(got.body).toMatch(/^\{"itemCount":12,/);
    expect(Number(got.headers['content-length'])).toBe(Buffer.byteLength(got.body));
    expect(() => parse(got)).toThrow(SyntaxError);
  });

  test('nulls: all keys, no values', async () => {
    const healthy = parse(await ask('paths'));
    await simulator.setFault({ kind: 'nulls' });
    const { itemCount, items } = parse(await ask('paths'));
    expect([itemCount, items.length]).toStrictEqual([12, 12]);
    for (const item of items) {
      expect(Object.keys(item)).toStrictEqual(Object.keys(healthy.items[0] ?? {}));
      expect(Object.values(item).every((value) => value === null)).toBe(true);
    }
    expect((await get(`${simulator.url}/v3/info`)).body).toBe('{"version":null,"started":null}');
  });

  test('emptyObject, of a list and of info', async () => {
    await simulator.setFault({ kind: 'emptyObject' });
    expect((await ask('srtconns')).body).toBe('{}');
    expect((await get(`${simulator.url}/v3/info`)).body).toBe('{}');
  });

  test.each([1, 3_000_000])('hugeBody: valid JSON of %d bytes or more', async (bytes) => {
    await simulator.setFault({ kind: 'hugeBody', bytes });
    const got = await ask('paths');
    const { itemCount, items } = parse(got);
    expect(got.body.length).toBeGreaterThanOrEqual(bytes);
    expect(itemCount).toBe(items.length);
    expect(items[0]).toHaveProperty('readyTime');
  });

  test('hugeBody: more than memory, as long as it is read, and no longer', async () => {
    await simulator.setFault({ kind: 'hugeBody', bytes: 4 * 1024 ** 3 });
    const socket = connect(Number(new URL(simulator.url).port), '127.0.0.1');
    socket.write('GET /v3/paths/list HTTP/1.1\r\nHost: x\r\n\r\n');
    let read = 0;
    for await (const chunk of socket) {
      read += (chunk as Buffer).length;
      if (read > 5_000_000) break;
    }
    expect(read).toBeGreaterThan(5_000_000);
    await simulator.setFault(null);
    expect((await ask('paths')).status).toBe(200);
  });

  test('endlessPaging: page after page', async () => {
    await simulator.setFault({ kind: 'endlessPaging' });
    for (const page of [0, 1, 77, 999_999]) {
      const { itemCount, pageCount, items } = parse(await ask('paths', `?itemsPerPage=5&page=${page}`));
      expect([itemCount, pageCount, items.length]).toStrictEqual([5_000_000, 1_000_000, 5]);
    }
  });

  test('shortCount: fewer items than promised', async () => {
    await simulator.setFault({ kind: 'shortCount' });
    const { itemCount, items } = parse(await ask('paths'));
    expect([itemCount, items.length]).toStrictEqual([12, 6]);
  });

  test.each(ALL_LISTS)('of %s alone', async (list) => {
    const healthy = parse(await ask(list));
    await simulator.setFault({ kind: 'nulls', list });
    const { itemCount, items } = parse(await ask(list));
    expect(itemCount).toBe(healthy.itemCount);
    expect(Object.keys(items[0] ?? {})).toStrictEqual(Object.keys(healthy.items[0] ?? {}));
    expect(items.flatMap((item) => Object.values(item)).every((value) => value === null)).toBe(true);
    expect((await get(`${simulator.url}/v3/info`)).body).toContain('"version":"v1.20.1"');
    await simulator.setFault({ kind: 'status', status: 500, list });
    expect((await ask(list)).status).toBe(500);
  });

  test('lists that are off stay off, bad pages stay bad', async () => {
    await simulator.setFault({ kind: 'nulls' });
    expect((await ask('recordings')).status).toBe(404);
    expect((await ask('paths', '?page=x')).status).toBe(400);
  });
});

describe.each<[VersionName, string, string]>([
  ['1.20', '{"status":"error","error":"bad gateway"}', '{"status":"error","error":"authentication error"}'],
  ['1.17', '{"status":"error","error":"bad gateway"}', '{"status":"error","error":"authentication error"}'],
  ['1.13', '{"error":"bad gateway"}', ''],
  ['1.9', '{"error":"bad gateway"}', ''],
  ['1.2', '', ''],
])('in %s', (version, error, refusal) => {
  test('errors are told as that version does', async () => {
    await simulator.close();
    simulator = await startSimulator({ version });
    await simulator.setFault({ kind: 'status', status: 502 });
    const broken = await ask('paths');
    await simulator.setFault({ kind: 'unauthorized' });
    const refused = await ask('paths');
    expect([broken.status, broken.body]).toStrictEqual([502, error]);
    expect([refused.status, refused.body]).toStrictEqual([401, refusal]);
  });
});
