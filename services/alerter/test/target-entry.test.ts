import { describe, expect, test } from '@jest/globals';
import { TARGET_KINDS, type TargetKind } from '../src/model.ts';
import { mistakesInTarget, targetIn } from './support/notify-file.ts';

const NTFY = 'name: phone, kind: ntfy, url: "https://ntfy.example/alerts"';
const NOWHERE = { url: null, urlFile: null, secretFile: null, from: null, to: [], chat: null };
/** The least that an entry of each kind says. */
const LEAST: Readonly<Record<TargetKind, string>> = {
  webhook: 'url: "https://a.example/hook"',
  alertmanager: 'url: "http://127.0.0.1:9093"',
  email: 'url: "smtp://mail.example", from: monitor@example.com, to: ops@example.com',
  ntfy: 'url: "https://ntfy.example/alerts"',
  slack: 'urlFile: /run/secrets/slack',
  discord: 'urlFile: /run/secrets/discord',
  telegram: 'secretFile: /run/secrets/bot, chat: -1001234',
};

describe('an entry', () => {
  test('has defaults', () => {
    expect(targetIn(NTFY)).toStrictEqual({
      name: 'phone',
      kind: 'ntfy',
      severity: 'critical',
      match: null,
      servers: null,
      hours: null,
      timeZone: 'UTC',
      language: 'en',
      forMs: 30_000,
      groupWaitMs: 10_000,
      groupIntervalMs: 30_000,
      repeatMs: 14_400_000,
      address: { ...NOWHERE, url: 'https://ntfy.example/alerts' },
      digest: expect.stringMatching(/^[\da-f]{16}$/),
    });
  });

  test('may say everything', () => {
    const text =
      `${NTFY}, severity: warning, match: "studio/**", servers: [main, north], days: mon-fri, hours: 08:00-18:00, ` +
      'timeZone: Europe/Berlin, language: de, for: 2m, groupWait: 0s, groupInterval: 1m, repeat: 24h, ' +
      'secretFile: ./secrets/ntfy';
    expect(targetIn(text)).toMatchObject({
      severity: 'warning',
      match: 'studio/**',
      servers: ['main', 'north'],
      hours: {
        days: new Set(['mon', 'tue', 'wed', 'thu', 'fri']),
        ...{ fromMinute: 480, toMinute: 1_080, timeZone: 'Europe/Berlin' },
      },
      timeZone: 'Europe/Berlin',
      language: 'de',
      ...{ forMs: 120_000, groupWaitMs: 0, groupIntervalMs: 60_000, repeatMs: 86_400_000 },
      address: { secretFile: './secrets/ntfy' },
    });
  });

  test('may have a time zone for its texts alone', () => {
    expect(targetIn(`${NTFY}, timeZone: Europe/Berlin`)).toMatchObject({
      hours: null,
      timeZone: 'Europe/Berlin',
    });
  });

  test.each(TARGET_KINDS)('of kind %s needs no more than where it is told', (kind) => {
    expect(targetIn(`name: a, kind: ${kind}, ${LEAST[kind]}`)).toMatchObject({ name: 'a', kind });
  });

  test('of kind alertmanager is told at once, and again each minute', () => {
    expect(targetIn(`name: a, kind: alertmanager, for: 1m, ${LEAST.alertmanager}`)).toMatchObject({
      ...{ forMs: 60_000, groupWaitMs: 0, groupIntervalMs: 10_000, repeatMs: 60_000, hours: null },
    });
  });
});

describe('a mistake in an entry', () => {
  test.each([
    ['no name', 'kind: ntfy, url: "http://a"', /"notify\[0\].name" is required$/],
    [
      'a name with a blank',
      'name: a b, kind: ntfy, url: "http://a"',
      /name" is not right; allowed: 1 to 64 letters/,
    ],
    ['a long name', `name: ${'a'.repeat(65)}, kind: ntfy, url: "http://a"`, /allowed: 1 to 64 letters/],
    [
      'a name that is none',
      'name: __proto__, kind: ntfy, url: "http://a"',
      /name" stands for something else/,
    ],
    ['a name that is a number', 'name: 5, kind: ntfy, url: "http://a"', /name" must be a string/],
    ['no kind', 'name: a, url: "http://a"', /kind" is required/],
    ['another kind', 'name: a, kind: sms', /column 15: .*must be one of \[webhook, alertmanager, email/],
    ['another severity', `${NTFY}, severity: bad`, /severity" must be one of \[warning, critical\]/],
    ['another language', `${NTFY}, language: fr`, /language" must be one of \[en, de\]/],
    ['an empty glob', `${NTFY}, match: ""`, /match" is not allowed to be empty/],
    ['no servers', `${NTFY}, servers: []`, /servers" must contain at least 1 items/],
    ['a malformed server', `${NTFY}, servers: [Main]`, /1 to 32 lower-case letters/],
    ['hours without time zone', `${NTFY}, hours: 08:00-18:00`, /notify\[0\]" needs a timeZone/],
    ['days without time zone', `${NTFY}, days: mon`, /notify\[0\]" needs a timeZone/],
    ['no time zone', `${NTFY}, timeZone: Mars/Olympus`, /is not right; allowed: the name/],
    [
      'a time without unit',
      `${NTFY}, for: 30`,
      /for" is no time with its unit; allowed: a time of up to a day, as in 30s, 5m or 2h$/,
    ],
    ['a long time', `${NTFY}, for: 25h`, /for" is not right; allowed: a time of up to a day/],
    ['a long groupWait', `${NTFY}, groupWait: 61m`, /allowed: a time of up to an hour/],
    ['messages too often', `${NTFY}, groupInterval: 29s`, /is not right; allowed: a time of at least 30s/],
    ['repeats too often', `${NTFY}, repeat: 59s`, /allowed: a time of at least a minute/],
    ['repeats too seldom', `${NTFY}, repeat: 169h`, /allowed: a time of at least a minute, and up to 168h/],
    [
      'another member',
      `${NTFY}, until: 5`,
      /kind ntfy; allowed: name, .*repeat, url, urlFile, secretFile, days, hours, timeZone$/,
    ],
    ['a chat', `${NTFY}, chat: 5`, /chat" is not allowed in a target of kind ntfy/],
  ])('%s', (_what, entry, mistake) => {
    const mistakes = mistakesInTarget(entry);
    expect(mistakes).toStrictEqual([expect.stringMatching(mistake)]);
    expect(mistakes[0]).toMatch(/^line 2, column \d+: /);
  });

  test('all of them are told at once, each where it is', () => {
    expect(mistakesInTarget('name: a, kind: ntfy, url: "http://a", for: 1d, repeat: x, to: y')).toStrictEqual(
      [
        expect.stringMatching(/^line 2, column 44: "notify\[0\]\.for" /),
        expect.stringMatching(/^line 2, column 53: "notify\[0\]\.repeat" /),
        expect.stringMatching(/^line 2, column 64: "notify\[0\]\.to" /),
      ],
    );
  });

  test.each(['groupWait: 5s', 'groupInterval: 1m', 'repeat: 1h'])(
    'what Alertmanager does by itself: %s',
    (member) => {
      expect(mistakesInTarget(`name: a, kind: alertmanager, ${LEAST.alertmanager}, ${member}`)).toStrictEqual(
        [
          expect.stringContaining(
            'is not allowed: Alertmanager groups, repeats and knows its hours by itself',
          ),
        ],
      );
    },
  );

  test('hours of Alertmanager', () => {
    const entry = `name: a, kind: alertmanager, ${LEAST.alertmanager}, hours: 08:00-18:00, days: mon, timeZone: UTC`;
    expect(mistakesInTarget(entry)).toHaveLength(2);
  });
});
