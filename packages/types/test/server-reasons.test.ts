import { describe, expect, test } from '@jest/globals';
import { serverReasons } from '../src/index.ts';
import { head, unreachable, unreachedHead } from './support/samples.ts';

const down = { status: 'down', error: 'it refused the connection', version: null } as const;

test('are those of the head while news come, or have stayed away for less than a minute', () => {
  for (const silence of ['fresh', 'quiet', 'warning'] as const) {
    expect(serverReasons(head, silence)).toStrictEqual([]);
    expect(serverReasons(unreachedHead, silence)).toStrictEqual([unreachable]);
  }
});

test('have no-data first, since the newest message, and keep what the collector said last', () => {
  const noData = { ...unreachable, code: 'no-data', since: head.publishedAt };
  expect(serverReasons(head, 'critical')).toStrictEqual([noData]);
  expect(serverReasons({ ...head, reasons: [unreachable] }, 'critical')).toStrictEqual([noData, unreachable]);
});

describe('of a collector before 0.2', () => {
  test('are none where it could read the server', () => {
    expect(serverReasons(head, 'fresh')).toStrictEqual([]);
  });

  test('say that it can’t be read, since the last path list or the message itself', () => {
    const older = { ...head, source: down, publishedAt: '2026-01-01T00:01:00.000Z' };
    const collectedAt = '2026-01-01T00:00:10.000Z';
    expect(serverReasons({ ...older, collectedAt }, 'fresh')).toStrictEqual([
      { ...unreachable, since: collectedAt },
    ]);
    expect(serverReasons({ ...older, collectedAt: null }, 'fresh')).toStrictEqual([
      { ...unreachable, since: older.publishedAt },
    ]);
  });
});
