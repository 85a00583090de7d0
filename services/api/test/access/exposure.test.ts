import { expect, test } from '@jest/globals';
import { exposureWarnings } from '../../src/access/settings.ts';
import { lineOf, startAccess } from './bench.ts';

const warningsOf = (host: string, hasTokens: boolean, origins: readonly string[] = []) =>
  exposureWarnings({ API_HOST: host, PUBLISHED_ON: undefined, ALLOWED_ORIGINS: origins }, hasTokens);
const warningsInContainer = (publishedOn: string, hasTokens: boolean) =>
  exposureWarnings({ API_HOST: '0.0.0.0', PUBLISHED_ON: publishedOn, ALLOWED_ORIGINS: [] }, hasTokens);

test.each(['127.0.0.1', '127.0.0.9', '::1', 'localhost', 'LOCALHOST'])('%s is this machine only', (host) => {
  expect(warningsOf(host, false)).toStrictEqual([]);
});

test.each(['0.0.0.0', '::', '192.168.1.2', 'monitor.example'])('%s is open to others', (host) => {
  expect(warningsOf(host, false)).toStrictEqual([
    expect.stringMatching(new RegExp(`^API_HOST is ${host} and no tokens.*make token`)),
  ]);
  expect(warningsOf(host, true)).toStrictEqual([]);
});

test('in a container it counts where others reach it', () => {
  expect(warningsInContainer('127.0.0.1', false)).toStrictEqual([]);
  expect(warningsInContainer('0.0.0.0', true)).toStrictEqual([]);
  const [warning = '', ...more] = warningsInContainer('0.0.0.0', false);
  expect(warning).toMatch(/^the API is published on 0\.0\.0\.0 and no tokens.*compose\.prod\.yaml/);
  // Which compose.yaml refuses in .env.
  expect(warning).not.toContain('API_TOKENS_FILE');
  expect(more).toStrictEqual([]);
});

test('pages that hide their origin are all pages', () => {
  const said = [expect.stringMatching(/^ALLOWED_ORIGINS has null and no tokens.*make token/)];
  expect(warningsOf('127.0.0.1', false, ['http://a.example', 'null'])).toStrictEqual(said);
  expect(warningsOf('127.0.0.1', true, ['null'])).toStrictEqual([]);
  expect(warningsOf('127.0.0.1', false, ['http://a.example', 'file://'])).toStrictEqual([]);
});

test('it is said once, at the start', () => {
  expect(startAccess({ API_HOST: '0.0.0.0' }).log.messages('warn')).toHaveLength(1);
  expect(startAccess({ API_HOST: '0.0.0.0', API_TOKENS: [lineOf('a', 'x')] }).log.lines).toStrictEqual([]);
  expect(startAccess().log.lines).toStrictEqual([]);
});
