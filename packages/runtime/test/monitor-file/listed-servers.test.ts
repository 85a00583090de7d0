import { expect, test } from '@jest/globals';
import { listedServers } from '../../src/monitor-file/index.ts';

test('are those of the list, whatever else is said of them', () => {
  const text =
    'servers: [{id: a, url: "http://a:9997", labels: {site: x}}, {id: b, url: "https://b"}]\nexpected: []';
  expect(listedServers(text).map(({ id, url }) => [id, url])).toStrictEqual([
    ['a', 'http://a:9997'],
    ['b', 'https://b'],
  ]);
});

test.each(['', 'expected: []', 'servers: []', 'servers: x', 'servers: [{id: a}]', 'servers: [{', '- a'])(
  '%j lists none',
  (text) => {
    expect(listedServers(text)).toStrictEqual([]);
  },
);
