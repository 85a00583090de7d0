import { expect, test } from '@jest/globals';
import { exposureWarning } from '../../src/access/exposure.ts';
import { lineOf, startAccess } from './bench.ts';

test.each(['127.0.0.1', '127.0.0.9', '::1', 'localhost', 'LOCALHOST'])('%s is this machine only', (host) => {
  expect(exposureWarning(host, false)).toBeUndefined();
});

test.each(['0.0.0.0', '::', '192.168.1.2', 'monitor.example'])('%s is open to others', (host) => {
  expect(exposureWarning(host, false)).toMatch(new RegExp(`^API_HOST is ${host} and no tokens.*make token`));
  expect(exposureWarning(host, true)).toBeUndefined();
});

test('it is said once, at the start', () => {
  expect(startAccess({ API_HOST: '0.0.0.0' }).log.messages('warn')).toHaveLength(1);
  expect(startAccess({ API_HOST: '0.0.0.0', API_TOKENS: [lineOf('a', 'x')] }).log.lines).toEqual([]);
  expect(startAccess().log.lines).toEqual([]);
});
