import { describe, expect, test } from '@jest/globals';
import type { Evidence } from '@mediamtx-monitor/model';
import { STREAM_STATES } from '@mediamtx-monitor/types';
import { LANGUAGE_CODES } from '../../src/i18n/languages.ts';
import { createFormat } from '../../src/i18n/format.ts';
import { TEXTS } from '../support/texts.ts';
import { evidenceText, reasonText, who } from '../../src/i18n/reason-text.ts';
import { reason, slow, srt } from '../support/connections.ts';

const ALL: readonly Evidence[] = [
  { code: 'server-status', problem: 'down' },
  { code: 'server-stale' },
  { code: 'connections-unknown' },
  { code: 'connections-missing' },
  ...STREAM_STATES.map((state): Evidence => ({ code: 'arriving', state })),
  { code: 'was-stalled' },
  { code: 'no-viewers' },
  { code: 'reason', reason: reason() },
  { code: 'others-ill', count: 3, total: 6 },
  { code: 'others-well', count: 0, total: 6 },
  { code: 'others-well', count: 0, total: 1 },
  { code: 'others-well', count: 0, total: 0 },
  {
    code: 'host-load',
    load: { kind: 'cpu', mount: null, percent: 97, limitPercent: 90, severity: 'critical' },
  },
  {
    code: 'host-load',
    load: { kind: 'memory', mount: null, percent: 96, limitPercent: 95, severity: 'critical' },
  },
  {
    code: 'host-load',
    load: { kind: 'disk', mount: '/', percent: 96, limitPercent: 95, severity: 'critical' },
  },
  { code: 'host-inbound-drops', perSecond: 12.5 },
  { code: 'host-outbound-drops', perSecond: 12.5 },
  { code: 'viewers-ill', count: 1, total: 2 },
  { code: 'viewers-well', count: 2, total: 2 },
  { code: 'viewers-well', count: 1, total: 1 },
  { code: 'viewers-well', count: 1, total: 3 },
  { code: 'viewers-unknown', count: 2 },
  { code: 'viewer', connection: slow('a') },
];

describe.each(LANGUAGE_CODES)('evidence in %s', (language) => {
  test.each(ALL)('%j is a sentence', (evidence) => {
    const text = evidenceText(evidence, TEXTS[language], createFormat(language));
    expect(text).not.toMatch(/undefined|null|NaN/);
    expect(text).toMatch(/^[A-ZÄÖÜ0-9].{8,}/);
  });
});

test.each([
  [
    { code: 'viewers-ill', count: 1, total: 5 },
    '1 of 5 viewers is in trouble.',
    '1 von 5 Zuschauern ist gestört.',
  ],
  [
    { code: 'viewers-ill', count: 2, total: 5 },
    '2 of 5 viewers are in trouble.',
    '2 von 5 Zuschauern sind gestört.',
  ],
  [
    { code: 'viewers-ill', count: 1, total: 1 },
    'The only viewer is in trouble.',
    'Der einzige Zuschauer ist gestört.',
  ],
  [
    // Those whom a stalled stream affects, too: only their links are fine.
    { code: 'viewers-well', count: 4, total: 4 },
    'The links to all 4 viewers are fine, as far as their protocols tell.',
    'Die Verbindungen zu allen 4 Zuschauern sind in Ordnung, soweit die Protokolle es erkennen lassen.',
  ],
  [
    { code: 'viewers-well', count: 2, total: 3 },
    'The links to 2 of 3 viewers are fine, as far as the protocols tell.',
    'Die Verbindungen zu 2 von 3 Zuschauern sind in Ordnung, soweit die Protokolle es erkennen lassen.',
  ],
  [
    { code: 'was-stalled' },
    'No data came any more before it went.',
    'Bevor er verschwand, kamen schon keine Daten mehr.',
  ],
] as const)('%j counts as people do', (evidence, english, german) => {
  expect(evidenceText(evidence, TEXTS.en, createFormat('en'))).toBe(english);
  expect(evidenceText(evidence, TEXTS.de, createFormat('de'))).toBe(german);
});

test.each([
  [1, '1 restart in 10 min'],
  [4, '4 restarts in 10 min'],
])('%i restarts are counted as people do', (measured, english) => {
  const flapping = reason({ code: 'flapping', measured });
  expect(reasonText(flapping, TEXTS.en, createFormat('en'))).toBe(english);
});

test('a connection is known by its user and address, as far as they may be shown', () => {
  expect(who(srt({ user: 'ann' }), TEXTS.en)).toBe('ann, 192.0.2.1:5000');
  expect(who(srt({ remoteAddr: null }), TEXTS.en)).toBe('address hidden');
});
