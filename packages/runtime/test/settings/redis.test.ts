import { expect, test } from '@jest/globals';
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
