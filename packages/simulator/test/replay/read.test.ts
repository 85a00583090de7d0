import { expect, test } from '@jest/globals';
import { SettingsError } from '@mediamtx-monitor/runtime';
import { readReplay } from '../../src/replay/read.ts';
import { snapshotOf } from './snapshot-of.ts';

const reading = (text: string) => () => readReplay('x.json', () => text);

test('a file of mediamtx-snapshot', () => {
  const snapshot = snapshotOf({ paths: { status: 'off' } });
  expect(readReplay('x.json', (path) => (path === 'x.json' ? JSON.stringify(snapshot) : ''))).toStrictEqual(
    snapshot,
  );
});

test.each([
  ['', 'SIMULATOR_REPLAY is "x.json", which is not JSON; allowed: a file of mediamtx-snapshot'],
  ['{}', 'SIMULATOR_REPLAY is "x.json", in which "type" is required; allowed: a file of mediamtx-snapshot'],
  ['null', 'SIMULATOR_REPLAY is "x.json", in which "value" must be of type object'],
  [JSON.stringify({ ...snapshotOf({}), v: 2 }), '"v" must be [1]'],
])('%j is refused in one sentence', (text, message) => {
  expect(reading(text)).toThrow(SettingsError);
  expect(reading(text)).toThrow(message);
});

test('a file that can’t be read is refused in one sentence', () => {
  const fails = (): never => {
    throw new Error('ENOENT: no such file');
  };
  expect(() => readReplay('x.json', fails)).toThrow(
    'SIMULATOR_REPLAY is "x.json", which can\'t be read (ENOENT: no such file); allowed: a file of mediamtx-snapshot',
  );
});
