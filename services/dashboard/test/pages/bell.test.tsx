/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { alertRecord, eventually } from '@mediamtx-monitor/testkit';
import type { Alert, AlertsMessage, Requester } from '@mediamtx-monitor/types';
import { type BellApiAnswers, button, openBellPage, press, shows } from '../support/bell-page.ts';
import { textOf } from '../support/page.tsx';
import { PHONE, toldOf } from '../support/told.ts';

const FIRING = alertRecord({ subject: { kind: 'stream', server: 'main', stream: 'cam' } });
const told = (alerts: readonly Alert[], fields: Partial<AlertsMessage> = {}): AlertsMessage =>
  toldOf(alerts, { targets: [PHONE], ...fields });

describe('the bell', () => {
  test('says how many fire and how many are new; that one has looked is kept in this browser', async () => {
    const page = openBellPage(told([FIRING, { ...FIRING, id: 'a2', severity: 'warning' }]));
    expect([page.bell.getAttribute('aria-label'), textOf(page.root, '.bell-count')]).toStrictEqual([
      'Alerts: 2 active, 2 new',
      '2',
    ]);
    await page.open();
    page.do(() => {
      button(page.root, 'Close')?.click();
    });
    await eventually(() => {
      expect(page.root.querySelector('dialog')).toBeNull();
    });
    expect(page.bell.getAttribute('aria-label')).toBe('Alerts: 2 active, 0 new');
    const later = openBellPage(told([FIRING]), { browser: Object.fromEntries(page.browserMemory) });
    expect(later.bell.getAttribute('aria-label')).toBe('Alerts: 1 active, 0 new');
    later.tell(told([FIRING, { ...FIRING, id: 'a2', firedAt: '2026-01-01T00:01:00.000Z' }]));
    expect(later.bell.getAttribute('aria-label')).toBe('Alerts: 2 active, 1 new');
  });

  test.each([
    ['', /^Warning: ?Another alerter stands by, and its MONITOR_CONFIG says something else about alerts/],
    [
      '?lang=de',
      /^Warnung: ?Ein zweiter Alerter steht bereit, und in seiner MONITOR_CONFIG steht zu Alarmen etwas/,
    ],
  ])('the panel says in words that alerters have different files: %s', async (query, words) => {
    const page = openBellPage(told([], { warnings: ['files-differ'] }), { query });
    await page.open();
    await eventually(() => {
      expect(textOf(page.root, '.bell-notice')).toMatch(words);
    });
    page.tell(told([]));
    expect(page.root.querySelector('.bell-notice')).toBeNull();
  });

  test('says that the alerter isn’t running, and the panel what that means', async () => {
    const page = openBellPage(null);
    expect(page.bell.getAttribute('aria-label')).toBe('Alerts: the alerter isn’t running');
    await page.open();
    await shows(page.root, /The alerter isn’t running, so nobody is notified .* docs\/alerts\.md/);
  });

  test('asks the API for nothing until it is opened', async () => {
    const page = openBellPage(told([FIRING]));
    expect(page.asked).toStrictEqual([]);
    await page.open();
    await eventually(() => {
      expect(page.asked.map(({ what }) => what).sort()).toStrictEqual([
        'GET /api/me',
        'GET /api/notifications',
      ]);
    });
  });
});

describe('the panel', () => {
  test('leads to the stream, and to it when the trouble began', async () => {
    const page = openBellPage(told([FIRING]), { query: '?view=servers&range=7d&theme=dark' });
    const dialog = await page.open();
    const links = [...dialog.querySelectorAll('.alert a')].map((link) => link.getAttribute('href'));
    expect(links).toStrictEqual([
      '?view=servers&stream=main/cam&theme=dark',
      '?view=servers&stream=main/cam&range=15m&at=2026-01-01T00:00Z&theme=dark',
    ]);
  });

  test('leads from a server to the page of servers and to the timeline', async () => {
    const page = openBellPage(told([{ ...FIRING, subject: { kind: 'server', server: 'main' } }]));
    const dialog = await page.open();
    const links = [...dialog.querySelectorAll('.alert a')].map((link) => link.getAttribute('href'));
    expect(links).toStrictEqual(['?view=servers', '?view=timeline&server=main&at=2026-01-01T00:00Z']);
  });

  test('shows some hundred of thousands, and says how many more there are', async () => {
    const alerts = Array.from({ length: 250 }, (_, index) => ({ ...FIRING, id: `a${index}` }));
    const page = openBellPage(told(alerts));
    const dialog = await page.open();
    expect(dialog.querySelectorAll('.alert')).toHaveLength(200);
    expect(dialog.textContent).toContain('50 more aren’t shown here.');
  });

  test('says that no target is configured, and who sees that nothing fires', async () => {
    const page = openBellPage(told([], { targets: [] }));
    await page.open();
    await shows(page.root, /No alerts\..*No target is configured, so nobody is notified/);
  });

  test.each<[string, Requester | null, RegExp]>([
    ['a reader', { name: 'screen', mayChange: false }, /The token “screen” may only read/],
    [
      'anybody where there are no tokens',
      { name: null, mayChange: false },
      /since the monitor has no tokens/,
    ],
    ['who isn’t known', null, /isn’t known right now/],
  ])('offers %s no change, and says why', async (_who, requester, text) => {
    const silence = {
      ...{ id: 's1', server: null, stream: 'x', reason: null, author: 'ops', comment: 'c' },
      ...{ createdAt: '2026-01-01T00:00:00.000Z', until: '2026-01-02T00:00:00.000Z' },
    };
    const page = openBellPage(told([FIRING], { silences: [silence] }), { requester });
    const dialog = await page.open();
    await shows(page.root, text);
    expect([...dialog.querySelectorAll('button')].map((one) => one.getAttribute('aria-label'))).toStrictEqual(
      ['Close'],
    );
  });
});

describe('an operator', () => {
  test('takes an alert on: sent, then done when the alerter says so', async () => {
    const page = openBellPage(told([FIRING]), {
      answers: { 'POST /api/alerts/a1/ack': [202, { id: '1-0' }] },
    });
    await page.open();
    await press(page, 'Acknowledge');
    await shows(page.root, /Sent; waiting for the alerter/);
    const acknowledged = { by: 'ops', at: '2026-01-01T01:00:00.000Z', comment: null };
    page.tell(told([{ ...FIRING, acknowledged }]));
    await shows(page.root, /Acknowledged by ops at .*Done\./);
    expect(button(page.root, 'Acknowledge')).toBeUndefined();
  });

  test('silences the stream until six with one click in the form, and sees it done', async () => {
    const page = openBellPage(told([FIRING]), { answers: { 'POST /api/silences': [202, { id: 's9' }] } });
    await page.open();
    await press(page, 'Silence …');
    const six = [...page.root.querySelectorAll('button')].find((one) =>
      /^Until to\w+, 0?6:00/.test(one.textContent),
    );
    await press(page, six?.textContent ?? '');
    await shows(page.root, /Sent; waiting for the alerter/);
    const sent = page.asked.find(({ what }) => what === 'POST /api/silences')?.body as { until: string };
    expect(sent).toStrictEqual({
      ...{ server: 'main', stream: 'cam', comment: 'Silenced in the dashboard' },
      until: expect.any(String),
    });
    const until = new Date(sent.until);
    expect([until.getHours(), until.getMinutes()]).toStrictEqual([6, 0]);
    const silence = {
      ...{ id: 's9', server: 'main', stream: 'cam', reason: null, author: 'ops', comment: 'c' },
      ...{ createdAt: '2026-01-01T01:05:00.000Z', until: sent.until },
    };
    page.tell(told([{ ...FIRING, silencedBy: 's9' }], { silences: [silence] }));
    await shows(
      page.root,
      /Active \(0\)Everything that is active is silenced\.Silenced \(1\).*Silenced by ops until/,
    );
    // What is silenced needn't be silenced, nor taken on; the focus is on what stands there now.
    expect([button(page.root, 'Silence …'), button(page.root, 'Acknowledge')]).toStrictEqual([
      undefined,
      undefined,
    ]);
    expect(document.activeElement?.textContent).toBe('End the silence');
    page.tell(told([FIRING]));
    expect(button(page.root, 'Silence …')?.getAttribute('aria-expanded')).toBe('false');
    await shows(page.root, /Active \(1\)(?!Everything)/);
  });

  test('silences a host alone', async () => {
    const page = openBellPage(told([{ ...FIRING, subject: { kind: 'host', host: 'box' } }]), {
      answers: { 'POST /api/silences': [202, { id: 's9' }] },
    });
    await page.open();
    await press(page, 'Silence …');
    await shows(page.root, /Host box/);
    await press(page, 'For 1 hour');
    await shows(page.root, /Sent; waiting for the alerter/);
    expect(page.asked.find(({ what }) => what === 'POST /api/silences')?.body).toStrictEqual({
      ...{ host: 'box', comment: 'Silenced in the dashboard', until: expect.any(String) },
    });
  });

  test('ends a silence on the alert that it silences', async () => {
    const silence = {
      ...{ id: 's9', server: 'main', stream: 'cam', reason: null, author: 'ops', comment: 'c' },
      ...{ createdAt: '2026-01-01T01:05:00.000Z', until: '2026-01-02T00:00:00.000Z' },
    };
    const page = openBellPage(told([{ ...FIRING, silencedBy: 's9' }], { silences: [silence] }), {
      answers: { 'DELETE /api/silences/s9': [202, { id: '1-0' }] },
    });
    await page.open();
    await press(page, 'End the silence');
    await shows(page.root, /Sent; waiting for the alerter/);
    expect(page.asked.map(({ what }) => what)).toContain('DELETE /api/silences/s9');
    page.tell(told([FIRING]));
    expect(button(page.root, 'End the silence')).toBeUndefined();
    page.tell(told([{ ...FIRING, silencedBy: 'night' }]));
    expect(button(page.root, 'End the silence')).toBeUndefined();
  });

  test('is told what keeps a silence from being sent', async () => {
    const page = openBellPage(told([FIRING]));
    await page.open();
    await press(page, 'Silence …');
    await press(page, 'Silence');
    await shows(page.root, /Choose a time that is still to come/);
    await press(page, 'New silence …');
    page.do(() => {
      [...page.root.querySelectorAll('button')].findLast((one) => one.textContent === 'For 1 hour')?.click();
    });
    await shows(page.root, /Choose at least a server, a label, a host, a name or a trouble/);
    expect(page.asked.filter(({ what }) => what.startsWith('POST'))).toStrictEqual([]);
  });

  test.each<[string, readonly [number, object] | undefined, RegExp]>([
    [
      'no alerter',
      [409, { code: 'no-alerter', detail: '' }],
      /The alerter isn’t running, so nothing was changed/,
    ],
    ['a token that may not', [403, { code: 'not-operator', detail: '' }], /This token may only read/],
    ['a test a moment ago', [429, { code: 'tested-already', detail: '' }], /was tested in the last minute/],
    ['no network', undefined, /can’t be reached; nothing is known to have changed/],
    ['something unheard of', [400, { code: 'newer', detail: 'No.' }], /The monitor refused it: No\./],
  ])('is told in words what is in the way: %s', async (_what, answer, text) => {
    const page = openBellPage(told([]), { answers: { 'POST /api/targets/phone/test': answer } });
    await page.open();
    await press(page, 'Send a test to phone');
    await shows(page.root, text);
  });

  test('tests a target once a minute, and is told what came of it', async () => {
    const entry = {
      ...{ id: '5-0', messageId: 'm5', target: 'phone', targetKind: 'ntfy', kind: 'test', tries: 1 },
      ...{ madeAt: '2026-01-01T01:05:00.000Z', at: '2026-01-01T01:05:01.000Z', outcome: 'dead' },
      ...{ error: 'HTTP 500', firedCount: 0, repeatedCount: 0, resolvedCount: 0 },
    };
    const notifications: { items: object[] } & Record<string, unknown> = {
      ...{ items: [], next: '0-0', previous: '0-0', more: false, trimmed: false },
    };
    const answers: BellApiAnswers = {
      'GET /api/notifications': [200, notifications],
      'POST /api/targets/phone/test': [202, { id: '1-0' }],
    };
    const page = openBellPage(told([]), { answers });
    await page.open();
    await press(page, 'Send a test to phone');
    await shows(page.root, /Sent; waiting for the alerter/);
    notifications.items = [entry];
    await shows(page.root, /The test was not delivered: HTTP 500/);
    page.tell(told([], { targets: [{ ...PHONE, testAgeMs: 1_000 }] }));
    expect(button(page.root, 'Send a test to phone')?.disabled).toBe(true);
    await shows(page.root, /One test a minute is possible/);
  });

  test('sends again what could not be delivered', async () => {
    const entry = {
      ...{ id: '7-0', messageId: 'm7', target: 'phone', targetKind: 'ntfy', kind: 'alerts', tries: 301 },
      ...{ madeAt: '2026-01-01T00:05:00.000Z', at: '2026-01-01T01:00:00.000Z', outcome: 'dead' },
      ...{ error: 'HTTP 500', firedCount: 2, repeatedCount: 0, resolvedCount: 1 },
    };
    const items = [entry];
    const page = openBellPage(told([]), {
      answers: {
        'GET /api/notifications': [200, { items, next: '7-0', previous: '0-0', more: false, trimmed: false }],
        'POST /api/notifications/7-0/replay': [202, { id: '1-0' }],
      },
    });
    await page.open();
    await shows(page.root, /Could not be delivered.*phone about 3 alerts.*HTTP 500/);
    const again = [...page.root.querySelectorAll('button')].find((one) => one.textContent === 'Send again');
    page.do(() => {
      again?.click();
    });
    await shows(page.root, /Sent; waiting for the alerter/);
    items[0] = { ...entry, id: '8-0', outcome: 'delivered' };
    await eventually(() => {
      expect(textOf(page.root, '.bell-content')).not.toContain('Could not be delivered');
    });
  });
});
