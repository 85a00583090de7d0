/** @jest-environment jsdom */
import { expect, test } from '@jest/globals';
import { alertRecord, eventually } from '@mediamtx-monitor/testkit';
import type { Alert, AlertsMessage } from '@mediamtx-monitor/types';
import { button, openBellPage } from '../support/bell-page.ts';
import { textOf } from '../support/page.tsx';
import { snapshot, stream } from '../support/records.ts';
import { PHONE, toldOf } from '../support/told.ts';

const FIRING = alertRecord({ subject: { kind: 'stream', server: 'main', stream: 'cam' } });
/** The stream that is missed. */
const MISSED = stream({
  ...{ name: 'cam', state: 'missing', health: 'critical' },
  reasons: [{ code: 'not-live', severity: 'critical', measured: null, limit: null, since: FIRING.since }],
});
const told = (alerts: readonly Alert[], fields: Partial<AlertsMessage> = {}): AlertsMessage =>
  toldOf(alerts, { targets: [PHONE], ...fields });

test('says when somebody can’t be told, and the first page what is silenced', () => {
  const failing = { ...PHONE, name: 'office', state: 'failing', error: 'HTTP 500' } as const;
  const silence = {
    ...{ id: 's1', server: 'main', stream: 'cam', reason: null, author: 'ops', comment: '' },
    ...{ createdAt: '2026-01-01T00:00:00.000Z', until: '2036-01-01T06:00:00.000Z' },
  };
  const page = openBellPage(
    told([{ ...FIRING, silencedBy: 's1' }], { targets: [PHONE, failing], silences: [silence] }),
  );
  expect(page.bell.getAttribute('aria-label')).toBe(
    'Alerts: 0 active, 0 new. Nothing can be delivered to office',
  );
  expect(page.root.querySelector('.bell-failing')).not.toBeNull();
  expect(page.dashboard.shown.silenced.value).toStrictEqual({
    'stream main/cam': { until: silence.until },
  });
});

test('what is silenced says so in banner, row and on its page, which leads to the end of that', async () => {
  const silence = {
    ...{ id: 's1', server: 'main', stream: 'cam', reason: null, author: 'ops', comment: '' },
    ...{ createdAt: '2026-01-01T00:00:00.000Z', until: '2036-01-01T06:00:00.000Z' },
  };
  const message = told([{ ...FIRING, silencedBy: 's1' }], { silences: [silence] });
  const list = openBellPage(message);
  list.deliver(({ onStreams }) => onStreams?.(snapshot([MISSED])));
  for (const place of ['.truth', '.health-cell']) {
    expect(textOf(list.root, place)).toMatch(/ · silenced until 1 Jan/);
  }
  const own = openBellPage(message, { query: '?stream=main/cam' });
  own.deliver(({ onStreams }) => onStreams?.(snapshot([MISSED])));
  expect(textOf(own.root, '.stream-head')).toContain('silenced until');
  await eventually(() => {
    expect(button(own.root, 'End the silence …')).not.toBeUndefined();
  });
  own.tell(told([FIRING]));
  button(own.root, 'Acknowledge or silence …')?.click();
  await eventually(() => {
    expect(own.root.querySelector('dialog.bell-panel')).not.toBeNull();
  });
});

test('the page of a stream offers a reader no change', async () => {
  const page = openBellPage(told([FIRING]), {
    query: '?stream=main/cam',
    requester: { name: 'guest', mayChange: false },
  });
  page.deliver(({ onStreams }) => onStreams?.(snapshot([MISSED])));
  await eventually(() => {
    expect(page.asked.map(({ what }) => what)).toContain('GET /api/me');
  });
  expect(page.root.textContent).not.toContain('Acknowledge or silence');
});
