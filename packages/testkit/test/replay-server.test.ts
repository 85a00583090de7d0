import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  constructedBody,
  RECORDED_VERSIONS,
  recordedBody,
  type ReplayServer,
  startReplayServer,
} from '../src/index.ts';

let server: ReplayServer;
beforeEach(async () => {
  server = await startReplayServer('1.20.1');
});
afterEach(() => server.close());

const get = (path: string): Promise<Response> => fetch(`${server.url}${path}`);
const bodyOf = async (path: string): Promise<string> => (await get(path)).text();

describe('a replay server', () => {
  test.each(RECORDED_VERSIONS)('answers with the bodies of MediaMTX %s, byte by byte', async (version) => {
    const replay = await startReplayServer(version, 't1');
    try {
      const response = await fetch(`${replay.url}/v3/paths/list`);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(await response.text()).toBe(recordedBody(version, 'paths.t1.json'));
    } finally {
      await replay.close();
    }
  });

  test('knows lists and /v3/info, whatever the query', async () => {
    expect(await bodyOf('/v3/srtconns/list')).toBe(recordedBody('1.20.1', 'srtconns.t0.json'));
    expect(await bodyOf('/v3/info')).toBe(recordedBody('1.20.1', 'info.t0.json'));
    expect(await bodyOf('/v3/paths/list?itemsPerPage=1000&page=0')).toBe(
      recordedBody('1.20.1', 'paths.t0.json'),
    );
  });

  test.each(['/', '/v3/nothing/list', '/v3/paths', '/v3/paths/list/', '/v2/paths/list', '/v3/../info/list'])(
    'answers %s as MediaMTX answers what it does not have',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(await response.text()).toBe('404 page not found');
    },
  );

  test('answers 404 where that version had no such list', async () => {
    const old = await startReplayServer('1.2.0');
    expect((await fetch(`${old.url}/v3/info`)).status).toBe(404);
    await old.close();
  });

  test('moves on to another phase', async () => {
    server.setPhase('empty');
    expect(await bodyOf('/v3/paths/list')).toBe(recordedBody('1.20.1', 'paths.empty.json'));
    server.setPhase('t1');
    expect(await bodyOf('/v3/paths/list')).toBe(recordedBody('1.20.1', 'paths.t1.json'));
  });

  test('answers one list with another body, until that is taken back', async () => {
    server.setBody('paths', '{"items": nonsense');
    server.setBody('info', '{"version":"v9"}');
    expect(await bodyOf('/v3/paths/list')).toBe('{"items": nonsense');
    expect(await bodyOf('/v3/info')).toBe('{"version":"v9"}');
    expect(await bodyOf('/v3/srtconns/list')).toBe(recordedBody('1.20.1', 'srtconns.t0.json'));
    server.setPhase('t1');
    expect(await bodyOf('/v3/paths/list')).toBe('{"items": nonsense');
    server.setBody('paths', undefined);
    expect(await bodyOf('/v3/paths/list')).toBe(recordedBody('1.20.1', 'paths.t1.json'));
  });

  test('hangs up on everyone when it is closed', async () => {
    const other = await startReplayServer('1.20.1');
    expect((await fetch(`${other.url}/v3/info`)).status).toBe(200);
    await other.close();
    await expect(fetch(`${other.url}/v3/info`)).rejects.toThrow('fetch failed');
  });

  test('answers a route of a single path, and tells what was asked', async () => {
    const forwards = '/v3/paths/forward/list?itemsPerPage=100&path=rtmp%2Fcam';
    expect((await get(forwards)).status).toBe(404);
    server.setAnswer('paths/forward/list?path=rtmp/cam', { body: '{"items":[]}' });
    server.setAnswer('config/paths/get/~^re', { status: 404, body: '{"error":"no"}' });
    expect(await bodyOf(forwards)).toBe('{"items":[]}');
    expect((await get('/v3/config/paths/get/~%5Ere')).status).toBe(404);
    expect(await bodyOf('/v3/config/paths/get/~%5Ere')).toBe('{"error":"no"}');
    server.setAnswer('paths/forward/list?path=rtmp/cam', undefined);
    expect((await get(forwards)).status).toBe(404);
    expect(new Set(server.asked)).toStrictEqual(
      new Set(['paths/forward/list?path=rtmp/cam', 'config/paths/get/~^re']),
    );
  });

  test('knows 1.21’s names of lists for bodies that were constructed, not recorded', async () => {
    expect((await get('/v3/srt/conns/list')).status).toBe(404);
    const next = await startReplayServer('1.21.0-constructed', 't1');
    try {
      for (const name of ['srt/conns', 'srtconns']) {
        const body = await (await fetch(`${next.url}/v3/${name}/list`)).text();
        expect(body).toBe(constructedBody('srt_conns.t1.json'));
      }
    } finally {
      await next.close();
    }
  });
});
