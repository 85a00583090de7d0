import { describe, expect, test } from '@jest/globals';
import type { RawSnapshot } from '../../src/index.ts';
import { rawSnapshotSchema } from '../../src/schemas/index.ts';
import { expectRefused } from '../support/refusals.ts';

const at = '2026-11-25T12:00:00.000Z';
const snapshot: RawSnapshot = {
  type: 'mediamtx-snapshot',
  v: 1,
  monitorVersion: '0.2.0',
  nodeVersion: 'v20.20.2',
  mediamtxUrl: 'http://127.0.0.1:9997',
  mediamtxVersion: null,
  simulated: false,
  addresses: 'full',
  removedSecrets: 0,
  samples: [
    {
      takenAt: at,
      lists: {
        paths: { status: 'read', receivedAt: at, items: [{ name: 'cam' }, 7, null] },
        moqsessions: { status: 'off' },
        rtmpconns: { status: 'timeout', error: 'no answer' },
      },
    },
  ],
};

test('takes what the snapshot tool writes, and what later versions may add', () => {
  for (const value of [snapshot, { ...snapshot, more: 1 }]) {
    expect(rawSnapshotSchema.validate(value).error).toBeUndefined();
  }
});

describe('refuses', () => {
  test.each([
    ['type', ['x', undefined]],
    ['v', [2, undefined]],
    ['samples', [[], {}, undefined, [{ lists: {} }], [{ takenAt: 'now', lists: {} }], [{ takenAt: at }]]],
    ['addresses', ['some', undefined]],
    ['simulated', ['yes', undefined]],
  ])('a wrong %s', (field, values) => {
    expectRefused(rawSnapshotSchema, snapshot, field, values);
  });

  test.each([{ status: 'up' }, { status: 'read' }, { status: 'read', receivedAt: at }, {}, null, 'off'])(
    'the list %j',
    (list) => {
      const value = { ...snapshot, samples: [{ takenAt: at, lists: { paths: list } }] };
      expect(rawSnapshotSchema.validate(value).error).toBeDefined();
    },
  );
});
