import { describe, expect, test } from '@jest/globals';
import {
  masterIn,
  parseRedisUrl,
  type RedisAddress,
  RedisAddressError,
  redisPlace,
} from '../../src/redis/address.ts';

const DEFAULTS: RedisAddress = {
  host: '127.0.0.1',
  port: 6379,
  others: [],
  socket: null,
  username: null,
  password: null,
  database: 0,
  family: 0,
  tls: false,
};

function mistakeOf(text: string): string {
  try {
    parseRedisUrl(text);
  } catch (error) {
    if (error instanceof RedisAddressError) return error.message;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

test.each<[string, Partial<RedisAddress>]>([
  ['redis://127.0.0.1', {}],
  ['redis://127.0.0.1/', {}],
  ['REDIS://127.0.0.1:6380/3', { port: 6380, database: 3 }],
  ['rediss://redis.example', { host: 'redis.example', tls: true }],
  ['redis://[::1]:7000', { host: '::1', port: 7000 }],
  ['redis://redis_db:6379', { host: 'redis_db' }],
  ['redis://bücher.example', { host: 'xn--bcher-kva.example' }],
  ['redis://joe:p%40ss%2Fw%25@127.0.0.1', { username: 'joe', password: 'p@ss/w%' }],
  ['redis://:a:b@127.0.0.1', { password: 'a:b' }],
  // Nothing but a user and password can stand before the last @.
  ['redis://:a@b@127.0.0.1', { password: 'a@b' }],
  ['redis://127.0.0.1?password=p%26q&username=joe', { username: 'joe', password: 'p&q' }],
  ['redis://127.0.0.1?db=7&family=4', { database: 7, family: 4 }],
  [
    'redis://:pw@10.0.0.1,[::1]:7001,c:7002',
    {
      host: '10.0.0.1',
      others: [
        { host: '::1', port: 7001 },
        { host: 'c', port: 7002 },
      ],
      password: 'pw',
    },
  ],
  ['unix:///run/redis/redis.sock', { host: null, port: 0, socket: '/run/redis/redis.sock' }],
  ['unix:///run/a%20b.sock?db=2', { host: null, port: 0, socket: '/run/a b.sock', database: 2 }],
  [
    'unix://joe:pw@/run/r.sock',
    { host: null, port: 0, socket: '/run/r.sock', username: 'joe', password: 'pw' },
  ],
])('%s', (text, expected) => {
  expect(parseRedisUrl(text)).toStrictEqual({ ...DEFAULTS, ...expected });
});

test.each([
  ['redis://MyMaster', 'MyMaster'],
  ['rediss://joe:p%40w@my_master/2', 'my_master'],
  ['redis://:pw@mymaster?db=3', 'mymaster'],
  ['redis://mymaster:6379', null],
  ['redis://a,b', null],
  ['redis://[::1]', null],
  ['unix:///run/redis.sock', null],
])('%s names master %s', (url, master) => {
  expect(masterIn(url)).toBe(master);
});

describe('what can’t be meant so is refused, with a reason that shows nothing of it', () => {
  test.each([
    ['redis://127.0.0.1:6379/hush', 'its database is no whole number from 0 on'],
    ['redis://127.0.0.1:6379/-1', 'its database is no whole number from 0 on'],
    ['redis://127.0.0.1:6379/0/1', 'its database is no whole number from 0 on'],
    ['redis://:hush%@127.0.0.1:6379', 'a % in it is followed by no two hexadecimal digits'],
    ['redis://:hu/sh@127.0.0.1:6379', 'signs like @ : / ? # % are percent-encoded'],
    ['redis://:hu@s/h@127.0.0.1:6379', 'signs like @ : / ? # % are percent-encoded'],
    ['redis://:hu?sh@127.0.0.1:6379', 'signs like @ : / ? # % are percent-encoded'],
    ['redis://:hu#sh@127.0.0.1:6379', 'signs like @ : / ? # % are percent-encoded'],
    ['redis://:12/hush', 'names no host and port'],
    ['redis://127.0.0.1/0#hush', 'percent-encoded'],
    ['redis://:hu sh@127.0.0.1', 'white space'],
    ['redis://hush@127.0.0.1', 'as in :password@host'],
    ['redis://127.0.0.1/0?db=3', 'both in its path and in its query'],
    ['redis://127.0.0.1?db=1&db=2', 'has db twice'],
    ['redis://127.0.0.1?tls=hush', 'may have db, family, username, password and nothing else'],
    ['redis://127.0.0.1?family=hush', 'neither 4 nor 6'],
    ['redis://:a@127.0.0.1?password=hush', 'both before the host and in its query'],
    ['redis://127.0.0.1:hush', 'names no host and port'],
    ['redis://127.0.0.1,:6379', 'names no host and port'],
    ['redis://127.0.0.1:99999', 'names no host and port'],
    ['redis://127.0.0.1:0', 'names no host and port'],
    ['redis://', 'names no host and port'],
    ['redis://::1:6379', 'names no host and port'],
    ['redis://[hush]', 'names no host and port'],
    ['unix://run/hush.sock', 'begins with a slash'],
    ['unix:///run/hush.sock?family=4', 'no family'],
    ['redis-sentinel://hush:26379/mymaster', 'none of redis://, rediss:// and unix://'],
    ['redis:hush', 'none of redis://, rediss:// and unix://'],
    ['hush:6379', 'none of redis://, rediss:// and unix://'],
  ])('%s', (text, message) => {
    const mistake = mistakeOf(text);
    expect(mistake).toContain(message);
    expect(mistake).not.toMatch(/hu|sh@|mymaster/);
  });
});

test.each([
  ['redis://joe:hush@redis.example/3', 'redis.example:6379'],
  ['redis://[::1]:7000', '[::1]:7000'],
  ['unix://:hush@/run/r.sock', '/run/r.sock'],
])('the place of %s is told without user and password', (text, place) => {
  expect(redisPlace(parseRedisUrl(text))).toBe(place);
});
