import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SERVER_ID, isServerId, redisNames, SERVER_ID_RULE } from '../src/index.ts';

describe('isServerId', () => {
  test.each([DEFAULT_SERVER_ID, 'a', '7', '-', 'cam-1', 'x'.repeat(32), 'streams-2', 'hosts1'])(
    'takes %j',
    (id) => {
      expect(isServerId(id)).toBe(true);
    },
  );

  test.each([
    ['empty', ''],
    ['33 characters', 'x'.repeat(33)],
    ['an upper-case letter', 'Main'],
    ['an underscore', 'my_server'],
    ['a colon, which separates the words of a key', 'a:b'],
    ['a dot', 'a.b'],
    ['a space', 'a b'],
    ['a line end', 'main\n'],
    ['a letter outside ASCII', 'süd'],
    ['an emoji', '📹'],
    ['the name of a property of every object', '__proto__'],
  ])('refuses %s', (_why, id) => {
    expect(isServerId(id)).toBe(false);
  });

  test.each([
    'connections',
    'events',
    'history',
    'host',
    'hosts',
    'latest',
    'meta',
    'servers',
    'sessions',
    'streams',
  ])('refuses the word %j of a key', (id) => {
    expect(isServerId(id)).toBe(false);
  });

  test('refuses every word that a plain name has after its prefix', () => {
    const names = redisNames('p');
    const plain = [
      names.latest('streams', DEFAULT_SERVER_ID),
      names.streamsMeta(DEFAULT_SERVER_ID),
      names.servers,
      names.channel('streams'),
    ];
    const segments = plain.flatMap((name) => name.split(':').slice(1));
    expect(segments.filter(isServerId)).toStrictEqual([]);
  });

  test('has a rule that a person can read', () => {
    expect(SERVER_ID_RULE).toMatch(/^1 to 32 .*letters, digits or hyphens/);
  });
});
