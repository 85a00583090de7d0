import { describe, expect, test } from '@jest/globals';
import { durableTarget, loadSettings, redisTarget, SettingsError } from '../../src/index.ts';
import { DURABLE_REDIS_SETTINGS, REDIS_SETTINGS } from '../../src/settings/redis.ts';

const readFile = (): string => 'redis://durable:6379';
const load = (env: Readonly<Record<string, string>>) =>
  loadSettings({ ...REDIS_SETTINGS, ...DURABLE_REDIS_SETTINGS }, env, { readFile });

test('without REDIS_DURABLE_URL, or with the address of REDIS_URL, the live Redis is the durable one', () => {
  for (const url of [undefined, 'redis://redis:6379', 'redis://redis/0']) {
    const env = { REDIS_URL: 'redis://redis:6379', ...(url !== undefined && { REDIS_DURABLE_URL: url }) };
    expect(durableTarget(load(env), readFile)).toStrictEqual(redisTarget(load(env), readFile));
  }
});

test('another address is another Redis, called by its setting, from its file', () => {
  const settings = load({ REDIS_DURABLE_URL_FILE: '/run/redis/durable-url' });
  expect(durableTarget(settings, readFile)).toStrictEqual({
    url: 'redis://durable:6379',
    setting: 'REDIS_DURABLE_URL',
    urlFile: '/run/redis/durable-url',
  });
  expect(redisTarget(settings, readFile)).not.toHaveProperty('setting');
});

test('REDIS_CA_FILE is for whichever of both is reached over TLS, and refused where none is', () => {
  const [plain, tls] = ['redis://one:6379', 'rediss://two:6379'];
  const read = (live: string, durable: string) => {
    const settings = load({ REDIS_URL: live, REDIS_DURABLE_URL: durable, REDIS_CA_FILE: '/ca.pem' });
    return [redisTarget(settings, readFile), durableTarget(settings, readFile)];
  };
  expect(() => read(plain, 'redis://two:6379')).toThrow(SettingsError);
  // What is read is no certificate.
  for (const [live, durable] of [
    [plain, tls],
    [tls, plain],
  ] as const) {
    expect(() => read(live, durable)).toThrow('REDIS_CA_FILE');
  }
});

describe('what doesn’t go together is refused, and nothing is shown', () => {
  test.each<[Readonly<Record<string, string>>, string]>([
    [
      { REDIS_SENTINELS: 'a,b' },
      'REDIS_SENTINELS is set; allowed: only where REDIS_URL or REDIS_DURABLE_URL names',
    ],
    [
      { REDIS_SENTINEL_PASSWORD: 'hush' },
      'REDIS_SENTINEL_PASSWORD is set; allowed: only with REDIS_SENTINELS',
    ],
    [{ REDIS_SENTINEL_USER: 'hush' }, 'REDIS_SENTINEL_USER is set; allowed: only with REDIS_SENTINELS'],
    [{ REDIS_SENTINEL_TLS: 'true' }, 'REDIS_SENTINEL_TLS is true; allowed: only with REDIS_SENTINELS'],
    [
      { REDIS_URL: 'redis://m', REDIS_SENTINELS: 'a', REDIS_SENTINEL_USER: 'hush' },
      'REDIS_SENTINEL_USER is set; allowed: only with REDIS_SENTINEL_PASSWORD',
    ],
    [{ REDIS_SENTINELS: 'a:hush', REDIS_URL: 'redis://m' }, 'REDIS_SENTINELS is'],
    [
      { REDIS_CLUSTER: 'true', REDIS_SENTINELS: 'a', REDIS_URL: 'redis://m' },
      'REDIS_CLUSTER is true; allowed: not together with REDIS_SENTINELS',
    ],
    [{ REDIS_CLUSTER: 'true', REDIS_URL: 'unix:///r.sock' }, 'not with a unix socket'],
    [{ REDIS_CLUSTER: 'true', REDIS_DURABLE_URL: 'redis://a/2' }, 'nor with a database but 0'],
    [
      { REDIS_URL: 'redis://:hush@a,b' },
      'an address with several hosts is set; allowed: only with REDIS_CLUSTER=true',
    ],
    [{ REDIS_CLIENT_CERT_FILE: '/c', REDIS_CLIENT_KEY_FILE: '/k' }, 'only with a rediss:// address of Redis'],
    [{ REDIS_URL: 'rediss://a', REDIS_CLIENT_CERT_FILE: '/c' }, 'allowed: both, or neither'],
  ])('%j', (env, mistake) => {
    const read = () => redisTarget(load(env), readFile);
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(mistake);
    expect(read).not.toThrow(/hush@/);
  });
});

test('Sentinels are asked for a master that is named without a port, and for no other Redis', () => {
  const settings = load({
    REDIS_URL: 'redis://:pw@live/1',
    REDIS_DURABLE_URL: 'redis://10.0.0.9:6379',
    REDIS_SENTINELS: '10.0.0.1, [::1]:26380',
    REDIS_SENTINEL_PASSWORD: 'other',
  });
  expect(redisTarget(settings, readFile).sentinel).toStrictEqual({
    places: [
      { host: '10.0.0.1', port: 26_379 },
      { host: '::1', port: 26_380 },
    ],
    master: 'live',
    username: undefined,
    password: 'other',
    passwordFile: undefined,
    tls: false,
  });
  expect(durableTarget(settings, readFile)).not.toHaveProperty('sentinel');
});

test('REDIS_CLUSTER is for both, each with nodes of its own', () => {
  const settings = load({
    REDIS_CLUSTER: 'true',
    REDIS_URL: 'redis://a:7000,b:7001',
    REDIS_DURABLE_URL: 'redis://c',
  });
  expect(redisTarget(settings, readFile).isCluster).toBe(true);
  expect(durableTarget(settings, readFile)).toMatchObject({ url: 'redis://c', isCluster: true });
});
