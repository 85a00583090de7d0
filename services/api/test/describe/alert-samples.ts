import { alertRecord } from '@mediamtx-monitor/testkit';
import type { Alert, AlertSilence, NotificationEntry, TargetStatus } from '@mediamtx-monitor/types';

const AT = '2026-01-01T00:00:00.000Z';

export const ALERTS: readonly Alert[] = [
  alertRecord({
    returns: 1,
    silencedBy: 's1',
    acknowledged: { by: 'ops', at: AT, comment: 'on it' },
    notified: [{ target: 'phone', state: 'firing', at: AT }],
    mutedBy: { kind: 'server', server: 'main' },
  }),
  alertRecord({ id: 'a2', subject: { kind: 'server', server: 'main' }, state: 'resolved', resolvedAt: AT }),
  alertRecord({ id: 'a3', subject: { kind: 'host', host: 'media-1' }, state: 'pending', firedAt: null }),
];
export const SILENCES: readonly AlertSilence[] = [
  {
    ...{ id: 's1', server: 'main', stream: 'cam/*', reason: 'off-air', author: 'ops', comment: 'repair' },
    ...{ createdAt: AT, until: AT },
  },
  {
    ...{ id: 's2', server: null, stream: null, reason: null, author: 'ops', comment: 'all' },
    ...{ createdAt: AT, until: AT },
  },
];
export const TARGETS: readonly TargetStatus[] = [
  {
    name: 'phone',
    kind: 'ntfy',
    state: 'ok',
    error: null,
    deliveredAt: AT,
    queueAgeMs: null,
    testAgeMs: 60_000,
  },
  {
    name: 'ops',
    kind: 'email',
    state: 'failing',
    error: 'refused',
    deliveredAt: null,
    queueAgeMs: 5,
    testAgeMs: null,
  },
];
export const NOTIFICATION: NotificationEntry = {
  ...{ id: '1-0', messageId: 'm1', target: 'phone', targetKind: 'ntfy', kind: 'alerts' },
  ...{ madeAt: AT, at: AT, outcome: 'delivered', tries: 1, error: null },
  ...{ firedCount: 2, repeatedCount: 0, resolvedCount: 1 },
};
