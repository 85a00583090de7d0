import { describe, expect, test } from '@jest/globals';
import { streamGlob } from '@mediamtx-monitor/runtime';
import type { AlertSubject, Reason, ReasonCode } from '@mediamtx-monitor/types';
import {
  isPossibleEnd,
  isPossibleGlob,
  literalGlob,
  literalName,
  siblingsGlob,
  silenceEnds,
  silenceOfFields,
  silenceScopes,
  silenceSelection,
} from '../../src/model/silence-choice.ts';

const local = (day: number, hour: number, minute = 0): number =>
  new Date(2026, 10, day, hour, minute).getTime();
const stream = (name: string): AlertSubject => ({ kind: 'stream', server: 'main', stream: name });
const reasonsOf = (...codes: readonly ReasonCode[]): readonly Reason[] =>
  codes.map((code) => ({ code, severity: 'critical', measured: null, limit: null, since: '' }));

describe('a silence ends', () => {
  test.each([
    ['in the evening', local(10, 22, 30), local(11, 6), local(11, 8)],
    ['in the night', local(10, 3, 12), local(10, 6), local(11, 8)],
    ['at six itself', local(10, 6), local(11, 6), local(11, 8)],
    ['at the end of a month', local(30, 23, 59), local(31, 6), local(31, 8)],
  ])('by the clock of whoever chooses it, %s', (_when, now, six, tomorrow) => {
    expect(silenceEnds(now)).toStrictEqual({ hour: now + 3_600_000, six, tomorrow });
  });

  test('in the future, within 30 days', () => {
    const now = local(10, 12);
    expect(
      [now, now + 1, now + 30 * 86_400_000, now + 30 * 86_400_000 + 1, NaN].map((end) =>
        isPossibleEnd(end, now),
      ),
    ).toStrictEqual([false, true, true, false, false]);
  });
});

describe('because of an alert', () => {
  test.each<[AlertSubject, readonly ReasonCode[], readonly string[]]>([
    [stream('cam/1'), ['off-air'], ['stream', 'server', 'glob', 'reason']],
    [stream('cam/1'), ['off-air', 'link-loss'], ['stream', 'server', 'glob']],
    [{ kind: 'server', server: 'main' }, ['no-data'], ['server', 'reason']],
    [{ kind: 'host', host: 'box' }, ['disk-high', 'disk-high'], ['host', 'reason']],
    [{ kind: 'host', host: 'box' }, ['disk-high', 'cpu-high'], ['host']],
  ])('of %j with %j can be silenced: %j', (subject, codes, scopes) => {
    expect(silenceScopes({ subject, reasons: reasonsOf(...codes) })).toStrictEqual(scopes);
  });

  test('is selected what was chosen, and nothing where that isn’t there', () => {
    const alert = { subject: stream('cam/1'), reasons: reasonsOf('off-air') };
    expect([
      silenceSelection('stream', alert, 'x'),
      silenceSelection('server', alert, 'x'),
      silenceSelection('glob', alert, 'cam/**'),
      silenceSelection('glob', alert, ''),
      silenceSelection('reason', alert, 'x'),
    ]).toStrictEqual([
      { server: 'main', stream: 'cam/1' },
      { server: 'main' },
      { server: 'main', stream: 'cam/**' },
      null,
      { reason: 'off-air' },
    ]);
    const host = { subject: { kind: 'host', host: 'box' } as const, reasons: [] };
    for (const scope of ['stream', 'server', 'reason'] as const) {
      expect(silenceSelection(scope, host, '')).toBeNull();
    }
    expect(silenceSelection('host', host, '')).toStrictEqual({ host: 'box' });
    expect(silenceSelection('host', alert, '')).toBeNull();
  });
});

test.each([
  ['cam/1', 'cam/1'],
  [String.raw`a\*b\{c\\`, 'a*b{c\\'],
  ['cam/*', null],
  [String.raw`a\*b?`, null],
  ['{a,b}', null],
])('of %j the only name is %j', (glob, name) => {
  expect(literalName(glob)).toBe(name);
});

describe('a glob of a name', () => {
  test.each([
    'cam/1',
    'a*b',
    'a?b',
    '{a,b}',
    'a\\b',
    'a\\',
    '[x]',
    '**',
    '.hidden/',
    '!(x)',
    '+(a)',
    'ä "é" 😀',
  ])('selects %j and nothing else', (name) => {
    const matches = streamGlob(literalGlob(name));
    expect(matches(name)).toBe(true);
    for (const other of [`${name}x`, `x${name}`, 'aXb', 'a', 'b', 'cam/2', 'a/b', ''].filter(
      (one) => one !== name,
    )) {
      expect(matches(other)).toBe(false);
    }
  });

  test('selects what begins like it', () => {
    expect(['cam/a/1', 'cam', '/cam', 'a*/b'].map((name) => siblingsGlob(stream(name)))).toStrictEqual([
      'cam/a/**',
      'cam',
      '/cam',
      String.raw`a\*/**`,
    ]);
    expect(siblingsGlob({ kind: 'server', server: 'main' })).toBe('');
  });

  test('may be too long for the API, or have too many asterisks', () => {
    const globs = [undefined, 'a'.repeat(200), 'a'.repeat(201), '*a'.repeat(16), '*a'.repeat(17)];
    expect(globs.map(isPossibleGlob)).toStrictEqual([true, true, false, true, false]);
  });
});

describe('a silence of what is filled in', () => {
  const none = { server: '', label: '', host: '', stream: '', reason: '' };

  test('has what is given', () => {
    expect(silenceOfFields(none)).toBeNull();
    expect(silenceOfFields({ ...none, stream: '  ' })).toBeNull();
    const all = { ...none, server: 'a', label: 'site:north:1', stream: ' cam/* ', reason: 'off-air' };
    expect(silenceOfFields(all)).toStrictEqual({
      server: 'a',
      labels: { site: 'north:1' },
      stream: 'cam/*',
      reason: 'off-air',
    });
  });

  test('of a host has nothing of servers and streams', () => {
    const given = { ...none, host: 'box', server: 'a', label: 'site:north', stream: 'cam' };
    expect(silenceOfFields(given)).toStrictEqual({ host: 'box' });
    expect(silenceOfFields({ ...given, reason: 'cpu-high' })).toStrictEqual({
      host: 'box',
      reason: 'cpu-high',
    });
  });
});
