import { expect, test } from '@jest/globals';
import { readQuery } from '../../src/access/query.ts';

test.each([
  ['/x', undefined],
  ['/x?', undefined],
  ['/x?server=main', 'main'],
  ['/x?server=hall-2', 'hall-2'],
])('%s asks for server %s', (url, server) => {
  expect(readQuery(url, ['server'])).toEqual({ query: { server } });
});

test.each([
  ['/x?sever=main', 'unknown-parameter', 'Not known here: sever. Allowed: server.'],
  ['/x?a=1&b=2&a=3', 'unknown-parameter', 'Not known here: a, b. Allowed: server.'],
  ['/x?%zz=1', 'unknown-parameter', 'Not known here: %zz. Allowed: server.'],
  ['/x?server=', 'invalid-parameter', 'server is "";'],
  ['/x?server=Main', 'invalid-parameter', 'server is "Main"; allowed: 1 to 32 lower-case letters'],
  ['/x?server=latest', 'invalid-parameter', 'server is "latest"'],
  ['/x?server=%E0%A4%A', 'invalid-parameter', 'server is'],
  ['/x?server=a&server=b', 'invalid-parameter', 'more than once'],
  ['/x?server[]=a', 'unknown-parameter', 'server[]'],
])('%s is refused as %s', (url, code, words) => {
  expect(readQuery(url, ['server'])).toEqual({ refusal: { code, detail: expect.stringContaining(words) } });
});

test('a resource without parameters takes none', () => {
  expect(readQuery('/x?server=main', [])).toEqual({
    refusal: { code: 'unknown-parameter', detail: 'Not known here: server. Allowed: none.' },
  });
});

test('a long name is shown in part', () => {
  const result = readQuery(`/x?${'a'.repeat(5_000)}=1`, ['server']);
  expect('refusal' in result && result.refusal.detail.length).toBeLessThan(300);
});
