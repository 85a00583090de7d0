import { expect, test } from '@jest/globals';
import { readQuery } from '../../src/http/query.ts';
import { type Refusal, RefusedError } from '../../src/http/refusal.ts';

function refusalOf(act: () => unknown): Refusal {
  try {
    act();
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal;
    throw error;
  }
  throw new Error('nothing was refused');
}

test.each([
  ['/x', {}],
  ['/x?', {}],
  ['/x?server=main', { server: 'main' }],
  ['/x?server=hall-2', { server: 'hall-2' }],
  ['/x?ticket=a.1.b&server=main', { server: 'main' }],
])('%s asks for %j', (url, query) => {
  expect(readQuery(url, ['server'])).toStrictEqual(query);
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
])('%s is refused as %s', (url, code, message) => {
  expect(refusalOf(() => readQuery(url, ['server']))).toStrictEqual({
    code,
    detail: expect.stringContaining(message),
  });
});

test('a resource without parameters takes none', () => {
  expect(refusalOf(() => readQuery('/x?server=main', []))).toStrictEqual({
    code: 'unknown-parameter',
    detail: 'Not known here: server. Allowed: none.',
  });
});

test('a long name is shown in part', () => {
  expect(refusalOf(() => readQuery(`/x?${'a'.repeat(5_000)}=1`, ['server'])).detail.length).toBeLessThan(300);
});

test.each([
  ['/x?label=site:north', ['site:north']],
  ['/x?label=site%3Anorth&label=rack:2:b', ['site:north', 'rack:2:b']],
])('%s asks for the labels %j', (url, label) => {
  expect(readQuery(url, ['label'])).toStrictEqual({ label });
});

test.each([
  ['/x?label=', 'label is ""; allowed: name:value as in site:north'],
  ['/x?label=site', 'label is "site"'],
  ['/x?label=site:', 'label is "site:"'],
  ['/x?label=site:north&label=1:x', 'label is "site:north,1:x"'],
  [`/x?${Array.from({ length: 17 }, (_, n) => `label=a:${n}`).join('&')}`, 'label is "a:0,a:1'],
])('%s chooses by no labels', (url, message) => {
  expect(refusalOf(() => readQuery(url, ['label']))).toStrictEqual({
    code: 'invalid-parameter',
    detail: expect.stringContaining(message),
  });
});
