import { alertRecord } from '@mediamtx-monitor/testkit';
import type { Alert, AlertsHead, StoredNotification } from '@mediamtx-monitor/types';

const timeAt = (ms: number): string => new Date(ms).toISOString();

/** The alert that the documents show: the stream that is lost. @param nowMs Unix time */
export function alertsAt(nowMs: number): readonly Alert[] {
  const since = timeAt(nowMs - 60_000);
  return [
    alertRecord({
      ...{ id: 'a-4fd69d5c', subject: { kind: 'stream', server: 'main', stream: 'van-7' }, since },
      reasons: [{ code: 'off-air', severity: 'critical', measured: null, limit: null, since }],
      firedAt: timeAt(nowMs - 30_000),
      notified: [{ target: 'phone', state: 'firing', at: timeAt(nowMs - 20_000) }],
    }),
  ];
}

/** The head of the message that has it. */
export function alertsHeadAt(nowMs: number, epoch: number, seq: number): AlertsHead {
  const times = { createdAt: timeAt(epoch), until: timeAt(nowMs + 3_600_000) };
  return {
    ...{ type: 'alerts', v: 1, epoch, seq, publishedAt: timeAt(nowMs), intervalMs: 5_000 },
    counts: { pending: 0, firing: 1, recovering: 0, unknown: 0, resolved: 0, silenced: 0 },
    targets: [
      {
        ...({
          name: 'phone',
          kind: 'ntfy',
          state: 'ok',
          error: null,
          queueAgeMs: null,
          testAgeMs: null,
        } as const),
        deliveredAt: timeAt(epoch),
      },
    ],
    silences: [
      {
        ...{ id: 's-1b2c', server: null, stream: 'test/**', reason: null, author: 'docs', comment: 'Trials' },
        ...times,
      },
    ],
  };
}

/** What became of two messages: one was delivered, one is dead. */
export function notificationsAt(nowMs: number): readonly StoredNotification[] {
  const at = timeAt(nowMs - 20_000);
  const one = {
    ...({ target: 'phone', targetKind: 'ntfy', kind: 'alerts', madeAt: at, at } as const),
    ...{ firedCount: 1, repeatedCount: 0, resolvedCount: 0 },
  };
  return [
    { ...one, messageId: 'm-1', outcome: 'dead', tries: 301, error: 'HTTP 500', message: { id: 'm-1' } },
    { ...one, messageId: 'm-2', outcome: 'delivered', tries: 1, error: null },
  ];
}
