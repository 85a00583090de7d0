import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { startSimulator, type Simulator } from '../../src/index.ts';
import { get, type Got } from '../get.ts';
import { itemWhere, listOf } from '../lists-of.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator();
});
afterEach(() => simulator.close());

const flip = (method: string, body = ''): Promise<Got> =>
  get(`${simulator.url}/simulator/fault`, { method, body });

describe('the fault switch', () => {
  test.each([
    { kind: 'hang' },
    { kind: 'slow', delayMs: 600_000 },
    { kind: 'status', status: 502 },
    { kind: 'unauthorized', delayMs: 600_000 },
    { kind: 'html' },
    { kind: 'truncated' },
    { kind: 'nulls' },
    { kind: 'emptyObject' },
    { kind: 'hugeBody', bytes: 80_000_000 },
    { kind: 'endlessPaging' },
    { kind: 'shortCount' },
    { kind: 'cut' },
    { kind: 'firstNamesGone' },
    { kind: 'gone', stream: 'cam/stage-left' },
    { kind: 'frozen', stream: 'cam/stage-left' },
  ])('sets %j, tells it and takes it away', async (fault) => {
    const put = await flip('PUT', JSON.stringify(fault));
    expect([put.status, JSON.parse(put.body)]).toStrictEqual([200, { fault }]);
    expect(simulator.fault()).toStrictEqual(fault);
    expect(JSON.parse((await flip('GET')).body)).toStrictEqual({ fault });
    expect(JSON.parse((await flip('DELETE')).body)).toStrictEqual({ fault: null });
    expect((await get(`${simulator.url}/v3/paths/list`)).status).toBe(200);
  });

  test.each([
    [{ kind: 'gone', stream: 'nobody' }, 'There is no stream called \\"nobody\\".'],
    [{ kind: 'forwardFailing', stream: 'lobby' }, '\\"lobby\\" isn\'t sent on to anywhere.'],
    [{ kind: 'gone' }, 'stream must be a text; it is missing.'],
  ])('refuses %j, and changes nothing', async (fault, why) => {
    const { status, body } = await flip('PUT', JSON.stringify(fault));
    expect([status, body]).toStrictEqual([400, `{"status":"error","error":"${why}"}`]);
    expect(simulator.fault()).toBeNull();
  });

  test('a stream is gone until the fault is taken away', async () => {
    const isReady = async () =>
      itemWhere((await listOf(simulator.url, 'paths')).items, 'name', 'cam/stage-left')['ready'];
    await flip('PUT', '{"kind":"gone","stream":"cam/stage-left"}');
    expect(await isReady()).toBe(false);
    await flip('DELETE');
    expect(await isReady()).toBe(true);
  });

  test('down: answers first, then cuts connections, and comes back', async () => {
    const open = connect(Number(new URL(simulator.url).port), '127.0.0.1');
    await once(open, 'connect');
    const cut = once(
      open.resume().on('error', () => undefined),
      'close',
    );
    expect((await flip('PUT', '{"kind":"down","seconds":0.1}')).status).toBe(200);
    await cut;
    await eventually(async () => {
      expect((await get(`${simulator.url}/v3/info`)).status).toBe(200);
    });
    expect(JSON.parse((await flip('GET')).body)).toStrictEqual({ fault: null });
  });

  test('refuses what it doesn’t understand and keeps what is on', async () => {
    await flip('PUT', '{"kind":"html"}');
    const got = await flip('PUT', '{"kind":"status","status":42}');
    expect([got.status, JSON.parse(got.body)]).toStrictEqual([
      400,
      { status: 'error', error: 'status must be a number from 400 to 599; it is 42.' },
    ]);
    expect(simulator.fault()).toStrictEqual({ kind: 'html' });
  });

  test('knows three methods', async () => {
    const got = await flip('POST', '{"kind":"hang"}');
    expect([got.status, got.headers.allow]).toStrictEqual([405, 'GET, PUT, DELETE']);
    expect(simulator.fault()).toBeNull();
  });

  test('asks for no credentials', async () => {
    const guarded = await startSimulator({ credentials: { user: 'a', password: 'b' } });
    const got = await get(`${guarded.url}/simulator/fault`);
    await guarded.close();
    expect(got.status).toBe(200);
  });
});
