import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { recordedBody } from '@mediamtx-monitor/testkit';
import { startSimulator, type Simulator } from '../../src/index.ts';
import { get } from '../get.ts';

const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

describe('with credentials demanded', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({
      credentials: { user: 'monitor', password: 'pa:ss' },
      delayAuth401Ms: 100,
    });
  });
  afterAll(() => simulator.close());

  const ask = (authorization?: string, path = '/v3/paths/list') =>
    get(simulator.url + path, authorization === undefined ? {} : { headers: { authorization } });

  test.each([
    ['Basic', basic('monitor:pa:ss')],
    ['Bearer', 'Bearer monitor:pa:ss'],
  ])('%s lets in', async (_, header) => {
    expect((await ask(header)).status).toBe(200);
  });

  test('without any, 401 asks for them', async () => {
    const got = await ask();
    expect([got.status, got.body]).toStrictEqual([
      401,
      recordedBody('1.20.1', 'errors/auth_401_nocreds.json'),
    ]);
    expect(got.headers['www-authenticate']).toBe('Basic realm="mediamtx"');
  });

  test.each([basic('monitor:wrong'), basic('monitor'), 'Bearer monitor:wrong', 'Bearer token'])(
    'with wrong ones, 401 comes late (%s)',
    async (header) => {
      const before = performance.now();
      const got = await ask(header);
      expect([got.status, got.body]).toStrictEqual([
        401,
        recordedBody('1.20.1', 'errors/auth_401_wrong0.json'),
      ]);
      expect(performance.now() - before).toBeGreaterThan(95);
    },
  );

  test('they come before anything else', async () => {
    expect((await ask(undefined, '/v3/nothing')).status).toBe(401);
    expect((await ask(undefined, '/v3/paths/list?page=x')).status).toBe(401);
    expect((await ask(basic('monitor:pa:ss'), '/v3/nothing')).status).toBe(404);
  });

  test('they can’t come in the query', async () => {
    expect((await ask(undefined, '/v3/info?user=monitor&pass=pa:ss')).status).toBe(401);
  });
});

test.each([
  ['1.17', '1.17.0'],
  ['1.13', '1.13.0'],
  ['1.9', '1.9.3'],
] as const)('%s refuses in its own words', async (version, recorded) => {
  const simulator = await startSimulator({ version, credentials: { user: 'monitor', password: 'secret' } });
  for (const [headers, file] of [
    [{}, 'auth_401_nocreds'],
    [{ authorization: basic('monitor:wrong') }, 'auth_401_wrong0'],
  ] as const) {
    const got = await get(`${simulator.url}/v3/paths/list`, { headers });
    expect([got.status, got.body]).toStrictEqual([401, recordedBody(recorded, `errors/${file}.json`)]);
  }
  await simulator.close();
});

test('1.2 knows no credentials', async () => {
  const simulator = await startSimulator({
    version: '1.2',
    credentials: { user: 'monitor', password: 'secret' },
  });
  expect((await get(`${simulator.url}/v3/paths/list`)).status).toBe(200);
  await simulator.close();
});
