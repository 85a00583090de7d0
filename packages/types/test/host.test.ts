import { describe, expect, test } from '@jest/globals';
import { DEFAULT_KEY_PREFIX, HOST_ID_RULE, isHostId, isServerId, redisNames } from '../src/index.ts';

describe('isHostId', () => {
  test.each(['media-1', 'a', '7', 'x'.repeat(32), 'events', 'hosts', 'main'])('takes %j', (id) => {
    expect(isHostId(id)).toBe(true);
  });

  test.each([
    ['empty', ''],
    ['33 characters', 'x'.repeat(33)],
    ['an upper-case letter', 'Media'],
    ['an underscore', 'media_1'],
    ['a dot', 'media.example'],
    ['a colon', 'a:b'],
    ['a star, which would make a pattern of the key', '*'],
    ['a line end', 'media\n'],
    ['a quote', 'a"'],
  ])('refuses %s', (_why, id) => {
    expect(isHostId(id)).toBe(false);
  });

  test('has a rule that a person can read', () => {
    expect(HOST_ID_RULE).toMatch(/^1 to 32 .*letters, digits or hyphens$/);
  });
});

test('no host has a key of a server, whatever both are called', () => {
  const names = redisNames(DEFAULT_KEY_PREFIX);
  const ids = ['main', 'streams', 'host', 'hosts', 'events', 'latest', 'meta', 'servers', 'a'];
  const ofHosts = ids.map((id) => names.host(id));
  const ofServers = ids
    .filter((id) => isServerId(id))
    .flatMap((id) => [names.latest('streams', id), names.latest('connections', id), names.streamsMeta(id)]);
  const all = [...ofHosts, ...ofServers, names.servers, names.channel('hosts'), names.hostsSeen];
  expect(new Set(all).size).toBe(all.length);
});
