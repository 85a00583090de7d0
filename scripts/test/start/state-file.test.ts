import { expect, test } from '@jest/globals';
import { stateFileName } from '../../src/start/state-file.ts';

test.each([
  ['http://127.0.0.1:9997', 'monitored-127.0.0.1-9997.rdb'],
  ['http://127.0.0.1:9997/', 'monitored-127.0.0.1-9997.rdb'],
  ['http://media.lan', 'monitored-media.lan-80.rdb'],
  ['https://media.lan', 'monitored-media.lan-443.rdb'],
  ['https://media.lan/site/../a b', 'monitored-media.lan-443-a-20b.rdb'],
  ['https://media.lan/one/mediamtx/', 'monitored-media.lan-443-one-mediamtx.rdb'],
  ['http://[::1]:9997', 'monitored----1--9997.rdb'],
])('what happened at %s is kept in %s', (url, file) => {
  expect(stateFileName(url, null)).toBe(file);
});

test('user and password are in no name', () => {
  expect(stateFileName('http://me:secret@media.lan:1', null)).toBe('monitored-media.lan-1.rdb');
});

test('what was simulated is apart, and so is each replay', () => {
  expect(stateFileName(null, null)).toBe('simulated.rdb');
  expect(stateFileName(null, '../reports/a report.json')).toBe('simulated-a-report.json.rdb');
});
