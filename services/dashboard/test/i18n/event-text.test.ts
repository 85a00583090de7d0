import { describe, expect, test } from '@jest/globals';
import type { MonitorEvent } from '@mediamtx-monitor/types';
import { LANGUAGES } from '../../src/data/view.ts';
import { enHistory } from '../../src/i18n/en/history.ts';
import { eventText } from '../../src/i18n/event-text.ts';
import { createFormat } from '../../src/i18n/format.ts';
import { TEXTS } from '../../src/i18n/language.ts';
import { HISTORY_TEXTS } from '../../src/pages/history/texts.ts';

const base = {
  id: '1-0',
  at: '2026-11-30T03:12:41Z',
  server: 'main',
  severity: 'info',
  since: null,
  unseenSince: null,
  cause: null,
} as const;
const own = { ...base, stream: 'cam', sourceType: null, expected: null } as const;
const alert = {
  ...base,
  alert: 'a',
  returns: 0,
  reasons: [{ code: 'off-air', severity: 'critical' }],
} as const;
const EVENTS: readonly (readonly [MonitorEvent, string])[] = [
  [{ ...own, type: 'stream.online' }, 'On air'],
  [
    {
      ...own,
      type: 'stream.offline',
      state: 'missing',
      liveSince: null,
      cause: { source: 'missing-from-list', text: null },
    },
    'Off air: MediaMTX doesn’t list it any more',
  ],
  [
    {
      ...own,
      type: 'stream.offline',
      state: 'idle',
      liveSince: null,
      cause: { source: 'last-error', text: 'EOF' },
    },
    'Off air: EOF',
  ],
  [
    {
      ...own,
      type: 'stream.offline',
      state: 'idle',
      liveSince: null,
      cause: { source: 'unknown', text: null },
    },
    'Off air',
  ],
  [{ ...own, type: 'stream.recovered', stalledMs: 12_000 }, 'Data arrives again: after 12 s'],
  [{ ...own, type: 'stream.restarted', gapMs: 4_000 }, 'Restarted: gap of 4 s'],
  [{ ...own, type: 'stream.restarted', gapMs: null }, 'Restarted'],
  [
    { ...base, type: 'server.unreachable', status: 'timeout' },
    'Server can’t be read: does not answer in time',
  ],
  [{ ...base, type: 'server.reachable', unreachableMs: null }, 'Server can be read again'],
  [{ ...base, type: 'server.restarted', version: 'v1.20.1' }, 'MediaMTX was restarted: v1.20.1'],
  [{ ...base, type: 'server.unobserved' }, 'Nobody looked'],
  [{ ...alert, type: 'alert.firing' }, 'Alert: Off air'],
];

test.each(EVENTS)('%j is told in a line', (event, text) => {
  expect(eventText(event, TEXTS.en, enHistory, createFormat('en'))).toBe(text);
});

test('a reason of a newer collector is told by its code', () => {
  const reasons = [{ code: 'too-green', severity: 'warning' }];
  const event = { ...alert, type: 'alert.resolved', reasons } as unknown as MonitorEvent;
  expect(eventText(event, TEXTS.en, enHistory, createFormat('en'))).toBe('Alert is over: too-green');
});

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(EVENTS)('%j has words', (event) => {
    const text = eventText(event, TEXTS[language], HISTORY_TEXTS[language], createFormat(language));
    expect(text).not.toMatch(/undefined|null|NaN|\{/);
  });
});
