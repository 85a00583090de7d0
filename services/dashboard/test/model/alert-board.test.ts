import { describe, expect, test } from '@jest/globals';
import { alertRecord } from '@mediamtx-monitor/testkit';
import type { Alert } from '@mediamtx-monitor/types';
import { alertBoard, bellState, SILENT_BELL } from '../../src/model/alert-board.ts';
import { PHONE, toldOf } from '../support/told.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const alert = (id: string, fields: Partial<Alert> = {}): Alert => alertRecord({ id, ...fields });
const firingAt = (id: string, minute: number, fields: Partial<Alert> = {}): Alert =>
  alert(id, { since: at(minute), firedAt: at(minute), ...fields });

describe('the bell', () => {
  test('says that no alerter is at work, once that is known', () => {
    expect(bellState(null, false, null)).toStrictEqual(SILENT_BELL);
    expect(bellState(null, true, null)).toStrictEqual({ ...SILENT_BELL, alerter: 'none' });
  });

  test('counts what began after it was opened last, and how bad the worst of that is', () => {
    const told = toldOf([
      firingAt('a', 1),
      firingAt('b', 3, { severity: 'warning' }),
      firingAt('c', 2, { severity: 'warning' }),
    ]);
    const all = { alerter: 'at-work', firing: 3, worst: 'critical', failing: [], newest: at(3) };
    expect(bellState(told, true, null)).toStrictEqual({ ...all, unread: 3, worstUnread: 'critical' });
    expect(bellState(told, true, at(1))).toStrictEqual({ ...all, unread: 2, worstUnread: 'warning' });
    expect(bellState(told, true, at(3))).toStrictEqual({ ...all, unread: 0, worstUnread: null });
  });

  test('names the targets that can’t be told', () => {
    const failing = { ...PHONE, name: 'office', state: 'failing' } as const;
    expect(bellState(toldOf([], { targets: [PHONE, failing] }), true, null).failing).toStrictEqual([
      'office',
    ]);
  });

  test.each<[string, Partial<Alert>]>([
    ['is silenced', { silencedBy: 's1' }],
    ['is muted', { mutedBy: { kind: 'server', server: 'main' } }],
    ['recovers', { state: 'recovering' }],
    ['is over', { state: 'resolved' }],
    ['is pending', { state: 'pending', firedAt: null }],
  ])('doesn’t count what %s', (_what, fields) => {
    expect(bellState(toldOf([firingAt('a', 1, fields)]), true, null)).toStrictEqual({
      ...SILENT_BELL,
      alerter: 'at-work',
    });
  });
});

describe('the panel', () => {
  test('has the worst first, the newest of what is equally bad, and at the end what nobody is told of', () => {
    const told = toldOf([
      firingAt('quiet', 9, { silencedBy: 's1' }),
      firingAt('warning', 9, { severity: 'warning' }),
      firingAt('old', 1),
      firingAt('new', 2),
      firingAt('muted', 8, { mutedBy: { kind: 'server', server: 'main' }, severity: 'warning' }),
    ]);
    const { firing } = alertBoard(told);
    expect(firing.alerts.map(({ id }) => id)).toStrictEqual(['new', 'old', 'warning', 'muted', 'quiet']);
    expect(firing.count).toBe(5);
  });

  test('has what recovers and what is unknown together, and what is over by its end', () => {
    const told = toldOf([
      alert('unknown', { state: 'unknown', severity: 'warning' }),
      alert('recovering', { state: 'recovering' }),
      alert('first', { state: 'resolved', resolvedAt: at(1) }),
      alert('last', { state: 'resolved', resolvedAt: at(2) }),
      alert('pending', { state: 'pending' }),
    ]);
    const { firing, unsure, resolved, pending } = alertBoard(told);
    expect([firing, unsure, resolved].map(({ alerts }) => alerts.map(({ id }) => id))).toStrictEqual([
      [],
      ['recovering', 'unknown'],
      ['last', 'first'],
    ]);
    expect([firing.count, unsure.count, resolved.count, pending]).toStrictEqual([0, 2, 2, 1]);
  });

  test('shows some hundred of thousands, and counts them all', () => {
    const alerts = Array.from({ length: 2_000 }, (_, index) => firingAt(`a${index}`, index));
    const told = toldOf(alerts, { counts: { ...toldOf([]).counts, firing: 20_000 } });
    const { firing } = alertBoard(told);
    expect([firing.alerts.length, firing.count]).toStrictEqual([200, 20_000]);
    expect(firing.alerts[0]?.id).toBe('a1999');
  });

  test('knows a maintenance window by its name, which is no silence', () => {
    const silence = {
      ...{ id: 's1', server: null, stream: '*', reason: null, author: 'ops', comment: 'x' },
      ...{ createdAt: at(0), until: at(9) },
    };
    const told = toldOf(
      [
        alert('a', { silencedBy: 's1' }),
        alert('b', { silencedBy: 'night' }),
        alert('c', { silencedBy: 'night' }),
      ],
      { silences: [silence] },
    );
    expect(alertBoard(told).maintenance).toStrictEqual([{ name: 'night', count: 2 }]);
  });
});
