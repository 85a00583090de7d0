import { expect, test } from '@jest/globals';
import { namedStream, searchesFor } from '../../src/model/named-stream.ts';

const stream = (name: string, server = 'main') => ({ server, name });
const BACKUP = stream('studio/backup');

test.each(['backup', 'studio/backup', 'main/studio/backup', 'main / studio/backup', 'BACKUP'])(
  '%p names the only stream of it',
  (typed) => {
    expect(namedStream(typed, [BACKUP])).toBe(BACKUP);
  },
);

test('a whole name is meant before others that it is a part of', () => {
  expect(namedStream('studio/backup', [stream('studio/backup2'), BACKUP])).toBe(BACKUP);
});

test('none and several are told', () => {
  expect(namedStream('nobody', [])).toBe('noStream');
  expect(namedStream('studio', [BACKUP, stream('studio/main')])).toBe('severalStreams');
  expect(namedStream('studio/backup', [BACKUP, stream('studio/backup', 'other')])).toBe('severalStreams');
});

test('what stands behind a server is searched, too', () => {
  expect(searchesFor('main / studio', ['main', 'other'])).toStrictEqual(['main / studio', 'studio']);
  expect(searchesFor('main/studio', ['main'])).toStrictEqual(['main/studio', 'studio']);
  expect(searchesFor('studio', ['main'])).toStrictEqual(['studio']);
});
