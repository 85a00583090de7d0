import { describe, expect, test } from '@jest/globals';
import { alertRecord } from '@mediamtx-monitor/testkit';
import type { Alert, AlertSubject, TargetStatus } from '@mediamtx-monitor/types';
import { PROBLEMS } from '@mediamtx-monitor/types';
import {
  type BellContext,
  changeErrorText,
  selectionText,
  silenceEndText,
  spanText,
  subjectText,
  targetText,
  toldTexts,
} from '../../src/i18n/bell-text.ts';
import { DEFAULT_COMMENTS } from '../../src/model/silence-comment.ts';
import { createFormat } from '../../src/i18n/format.ts';
import { TEXTS } from '../support/texts.ts';

/** Local times of one day, so that no date is written. */
const at = (hour: number, minute: number): string => new Date(2026, 0, 1, hour, minute).toISOString();
const SILENCE = {
  ...{ id: 's1', server: 'main', stream: 'cam/*', reason: 'off-air', author: 'ops', comment: 'Trials' },
  ...{ createdAt: at(9, 0), until: at(18, 0) },
};
const target = (fields: Partial<TargetStatus> = {}): TargetStatus => ({
  ...{ name: 'phone', kind: 'ntfy', state: 'ok', error: null, deliveredAt: null, queueAgeMs: null },
  ...{ testAgeMs: null, ...fields },
});
const context = (fields: Partial<BellContext> = {}): BellContext => ({
  bell: TEXTS.en.bell,
  texts: TEXTS.en,
  format: createFormat('en-GB'),
  hasManyServers: false,
  targets: [target()],
  silences: [SILENCE],
  nowMs: Date.parse(at(12, 0)),
  ...fields,
});
const told = (fields: Partial<Alert>, given: Partial<BellContext> = {}): readonly string[] =>
  toldTexts(alertRecord(fields), context(given));
const FIRST = { target: 'phone', state: 'firing', at: at(11, 0) } as const;
const MAIN: AlertSubject = { kind: 'server', server: 'main' };

describe('who was told', () => {
  test('of it, and when', () => {
    const over = { target: 'mail', state: 'resolved', at: at(11, 30) } as const;
    expect(told({ notified: [FIRST, over] })).toStrictEqual([
      'Notified: phone at 11:00 and mail at 11:30 (resolved).',
    ]);
  });

  test('a silence for which nobody gave a reason has none, in whatever language that was kept', () => {
    for (const comment of Object.values(DEFAULT_COMMENTS)) {
      expect(told({ silencedBy: 's1' }, { silences: [{ ...SILENCE, comment }] })).toStrictEqual([
        'Silenced by ops until 18:00.',
      ]);
    }
  });

  test('is said with who wasn’t, since nothing gets there', () => {
    const office = target({ name: 'office', state: 'failing', error: 'HTTP 500' });
    const line = 'office wasn’t notified: nothing can be delivered there (HTTP 500).';
    const targets = [target(), office];
    expect(told({ notified: [FIRST] }, { targets })).toStrictEqual(['Notified: phone at 11:00.', line]);
    expect(told({ notified: [] }, { targets })).toStrictEqual([line]);
    expect(told({ notified: [], silencedBy: 's1' }, { targets })).toHaveLength(1);
  });

  test('is said with what keeps it from arriving, as far as that may be', () => {
    const waiting = { queueAgeMs: 5_000, error: 'HTTP 500', state: 'failing' } as const;
    expect(told({ notified: [FIRST] }, { targets: [target(waiting)] })).toStrictEqual([
      'Notified: phone at 11:00 (not delivered yet: HTTP 500).',
    ]);
    const before = target({ ...waiting, deliveredAt: at(10, 59) });
    expect(told({ notified: [FIRST] }, { targets: [before] })[0]).toContain('not delivered yet');
    const since = target({ ...waiting, deliveredAt: at(11, 1) });
    expect(told({ notified: [FIRST] }, { targets: [since] })[0]).toBe('Notified: phone at 11:00.');
  });

  test.each<[Partial<Alert>, readonly string[]]>([
    [{ mutedBy: MAIN }, ['Not sent separately: the cause is Server main.']],
    [{ silencedBy: 's1' }, ['Silenced by ops until 18:00: Trials']],
    [{ silencedBy: 'night' }, ['Silenced by the maintenance window “night”.']],
    [
      { mutedBy: MAIN, silencedBy: 'night', notified: [FIRST] },
      [
        'Notified: phone at 11:00.',
        'Not sent separately: the cause is Server main.',
        'Silenced by the maintenance window “night”.',
      ],
    ],
    [{}, ['Notified: nobody: it wasn’t sent to any target so far.']],
    [{ state: 'unknown' }, []],
  ])('and why nobody is: %j', (fields, texts) => {
    expect(told(fields)).toStrictEqual(texts);
  });

  test('is nobody without targets, whatever else is known', () => {
    expect(told({}, { targets: [] })).toStrictEqual(['Notified: nobody: no target is configured.']);
  });
});

test('how long it lasts, or lasted; with the date of another day', () => {
  expect(spanText(alertRecord({ since: at(11, 0) }), context())).toBe('since 11:00, for 1 h');
  const over = alertRecord({ since: at(11, 0), resolvedAt: at(11, 5) });
  expect(spanText(over, context())).toBe('11:00 to 11:05, 5 min');
  expect(spanText({ ...over, endedAt: at(11, 3) }, context())).toBe('11:00 to 11:03, 3 min');
  const before = alertRecord({ since: new Date(2025, 11, 31, 23, 0).toISOString() });
  expect(spanText(before, context())).toBe('since 31 Dec, 23:00, for 13 h');
});

test('what it is about, with its server where there are several', () => {
  const stream: AlertSubject = { kind: 'stream', server: 'main', stream: 'cam/1' };
  expect(subjectText(stream, context())).toBe('cam/1');
  expect(subjectText(stream, context({ hasManyServers: true }))).toBe('main / cam/1');
  expect(subjectText({ kind: 'host', host: 'box' }, context())).toBe('Host box');
});

test('what a silence selects', () => {
  expect(selectionText(SILENCE, context())).toBe('streams cam/* on main and “Off air”');
  expect(selectionText({ ...SILENCE, reason: null }, context({ bell: TEXTS.de.bell }))).toBe(
    'Streams cam/* auf main',
  );
  expect(selectionText({ ...SILENCE, server: null, reason: null }, context())).toBe('streams cam/*');
  expect(selectionText({ ...SILENCE, stream: 'cam/1', reason: null }, context())).toBe(
    'stream cam/1 on main',
  );
  expect(selectionText({ ...SILENCE, host: 'box', server: null, stream: null }, context())).toBe(
    'host box and “Off air”',
  );
  expect(selectionText({ ...SILENCE, stream: null, reason: null }, context())).toBe('server main');
  expect(selectionText({ server: null, stream: null, reason: 'newer' }, context())).toBe('“newer”');
});

test('when a silence would end, with its day, as times are written in that language', () => {
  const nextDay = Date.parse(at(30, 0));
  const text = (language: 'en' | 'de', locale: string, nowMs: number): string =>
    silenceEndText('six', nextDay, { bell: TEXTS[language].bell, format: createFormat(locale), nowMs });
  expect(
    [
      text('en', 'en-US', Date.parse(at(16, 31))),
      text('en', 'en-GB', Date.parse(at(16, 31))),
      text('de', 'de-DE', Date.parse(at(16, 31))),
      text('en', 'en-GB', Date.parse(at(26, 0))),
    ].map((each) => each.replace(/\s/g, ' ')),
  ).toStrictEqual([
    'Until tomorrow, 6:00 AM',
    'Until tomorrow, 06:00',
    'Bis morgen, 06:00 Uhr',
    'Until today, 06:00',
  ]);
});

test.each<[Partial<TargetStatus>, string]>([
  [{}, 'nothing sent so far'],
  [{ deliveredAt: at(11, 0) }, 'works · last delivered 11:00'],
  [
    { state: 'failing', error: 'HTTP 500', deliveredAt: at(11, 0), queueAgeMs: 180_000 },
    'fails: HTTP 500 · last delivered 11:00 · messages have been waiting for 3 min',
  ],
  [{ state: 'disabled', error: 'gone' }, TEXTS.en.bell.targets.disabled],
])('how a target does: %j', (fields, text) => {
  expect(targetText(target(fields), context())).toBe(text);
});

test('why a change wasn’t made, in words for what is known and the API’s own else', () => {
  const text = (code?: string): string =>
    changeErrorText({ message: 'detail', ...(code !== undefined && { code }) }, TEXTS.en.bell);
  expect(text('no-alerter')).toBe('The alerter isn’t running, so nothing was changed.');
  expect([text('invalid-body'), text('toString'), text()]).toStrictEqual(
    Array.from({ length: 3 }, () => 'The monitor refused it: detail'),
  );
  const codes = Object.keys(TEXTS.en.bell.change.failed).filter((code) => code !== 'unreachable');
  expect(codes.filter((code) => !Object.hasOwn(PROBLEMS, code))).toStrictEqual([]);
});
