import type { RawList, RawSnapshot } from '@mediamtx-monitor/types';

/** A list that was read, with these items. */
export const listOf = (...items: readonly unknown[]): RawList => ({
  status: 'read',
  receivedAt: '2026-11-25T12:00:00.000Z',
  items,
});

/** A snapshot with these lists in samples that were taken every 2 s. */
export function snapshotOf(...samples: readonly Readonly<Record<string, RawList>>[]): RawSnapshot {
  return {
    type: 'mediamtx-snapshot',
    v: 1,
    monitorVersion: '0.2.0',
    nodeVersion: 'v20.20.2',
    mediamtxUrl: 'http://127.0.0.1:9997',
    mediamtxVersion: 'v1.20.1',
    simulated: false,
    addresses: 'full',
    removedSecrets: 0,
    samples: samples.map((lists, index) => ({ takenAt: new Date(index * 2_000).toISOString(), lists })),
  };
}
