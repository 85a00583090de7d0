import { describe, expect, test } from '@jest/globals';
import { writeAlert } from '../../src/text/index.ts';
import type { TextLanguage } from '../../src/model.ts';
import { alert, AT, news, reason, resolved, stream } from '../support/messages.ts';
import { STYLE, write } from '../support/written.ts';

const server = (id: string) => ({ kind: 'server', server: id }) as const;
const host = (id: string) => ({ kind: 'host', host: id }) as const;
const unreachable = reason({ code: 'server-unreachable' });
const cams = (count: number, of = 'main') =>
  Array.from({ length: count }, (_, index) => alert({ subject: stream(`cam${index + 1}`, of) }));

describe('one alert', () => {
  test('says what, where, since when, why, what to do, and where to look', () => {
    expect(write(news({ fired: [alert()] }))).toStrictEqual({
      title: 'studio/cam1: Off air',
      lines: [
        'It was live: its publisher stopped, or its connection broke.',
        'Stream: studio/cam1',
        'Server: main',
        'Since 14:03:12 UTC, for 45 s',
        'What to do: If nobody meant to stop it, check the publisher and its link.',
      ],
      link: 'https://monitor.example.com/?stream=main/studio/cam1',
      tone: 'critical',
    });
  });

  test('in German, in the target’s time zone', () => {
    expect(write(news({ fired: [alert()] }), { language: 'de', timeZone: 'Europe/Berlin' })).toStrictEqual({
      title: 'studio/cam1: Nicht mehr auf Sendung',
      lines: [
        'Der Stream war live: Der Sender hat aufgehört, oder die Verbindung ist abgebrochen.',
        'Stream: studio/cam1',
        'Server: main',
        'Seit 15:03:12 MEZ (45 s)',
        'Was zu tun ist: Wenn das nicht gewollt war, Sender und Strecke prüfen.',
      ],
      link: 'https://monitor.example.com/?stream=main/studio/cam1',
      tone: 'critical',
    });
  });

  test.each([
    ['server-restarted', 'en', 'MediaMTX was restarted, and it hasn’t come back since.'],
    ['path-changed', 'en', 'Its path was changed in MediaMTX’s configuration, or removed from it.'],
    [
      'stalled',
      'de',
      'Schon vor dem Ende kamen keine Daten mehr: Encoder eingefroren oder Strecke unterbrochen.',
    ],
  ] as const)('says why it went, where that is known: %s', (cause, language, line) => {
    const { lines } = write(news({ fired: [alert({ cause })] }), { language });
    expect(lines[0]).toBe(line);
    expect(lines.at(-1)).not.toBe(write(news({ fired: [alert()] }), { language }).lines.at(-1));
  });

  test('says what its reason says where a newer alerter knows more of why', () => {
    const fired = [alert({ cause: 'sabotage' as 'stalled' })];
    expect(write(news({ fired })).lines).toStrictEqual(write(news({ fired: [alert()] })).lines);
  });

  test('of a server and of a host', () => {
    const fired = [
      alert({ subject: server('edge-1'), reasons: [unreachable] }),
      alert({
        subject: host('studio-pc'),
        reasons: [
          reason({ code: 'disk-high', severity: 'warning', measured: 95.26, limit: 90, detail: '/data' }),
        ],
      }),
    ].map((one) => write(news({ fired: [one] })));
    expect(fired.map(({ title, link, tone }) => [title, link, tone])).toStrictEqual([
      ['Server edge-1: Can’t be read', 'https://monitor.example.com/?view=servers', 'critical'],
      ['Host studio-pc: Disk at 95.3 %', 'https://monitor.example.com/?view=servers', 'warning'],
    ]);
    expect(fired[1]?.lines).toContain('Details: /data');
  });

  test('tells a publisher’s reasons first, and viewers’ last, whatever is worse', () => {
    const reasons = [
      reason({ code: 'reader-discards', severity: 'critical', measured: 3, limit: 0 }),
      reason({ code: 'bitrate-low', severity: 'warning', measured: 0.854, limit: 2.5 }),
      reason({ code: 'link-loss', severity: 'critical', measured: 12.345, limit: 5 }),
    ];
    const { title, lines } = write(news({ fired: [alert({ reasons })] }));
    expect(title).toBe('studio/cam1: 12.3 % lost on the link');
    expect(lines).toContain('Also: Bitrate too low: 0.854 Mbit/s, below 2.5; Viewers too slow: 3');
  });

  test('numbers are written as people of the language do', () => {
    const reasons = [reason({ code: 'bitrate-high', measured: 12.5, limit: 10 })];
    const { title } = write(news({ fired: [alert({ reasons })] }), { language: 'de' });
    expect(title).toBe('studio/cam1: Bitrate zu hoch: 12,5 Mbit/s, über 10');
  });

  test('what isn’t measured, and what nobody knows yet, is told all the same', () => {
    const codes = ['flapping', 'colour-wrong'].map((code) => reason({ code: code as 'flapping' }));
    const titles = codes.map((one) => write(news({ fired: [alert({ reasons: [one] })] })).title);
    expect(titles).toStrictEqual(['studio/cam1: – restarts in 10 minutes', 'studio/cam1: colour-wrong']);
    expect(write(news({ fired: [alert({ reasons: [] })] })).title).toBe('studio/cam1: in trouble');
  });

  test('that comes and goes says so', () => {
    const lines = [1, 2].map((returns) => write(news({ fired: [alert({ returns })] })).lines);
    const said = lines.map((one) => one.find((line) => line.startsWith('It comes and goes')));
    expect(said).toStrictEqual([undefined, 'It comes and goes: it came back 2 times.']);
  });

  test('of a simulator is labelled', () => {
    const titles = [true, false].map(
      (simulated) => write(news({ fired: [alert({ subject: stream('a'), simulated })] })).title,
    );
    expect(titles).toStrictEqual(['a: Off air (simulated)', 'a: Off air']);
  });

  test('that is told again says “still”', () => {
    expect(write(news({ repeated: [alert()] })).title).toBe('Still: studio/cam1: Off air');
    expect(write(news({ repeated: [alert()] }), { language: 'de' }).title).toBe(
      'Weiterhin: studio/cam1: Nicht mehr auf Sendung',
    );
  });

  test('that is over says how long it lasted', () => {
    expect(write(news({ resolved: [resolved(alert())] }))).toStrictEqual({
      title: 'Resolved: studio/cam1',
      lines: [
        'It was: Off air',
        'Stream: studio/cam1',
        'Server: main',
        'It lasted 40 s: 14:03:12 UTC to 14:03:52 UTC',
      ],
      link: 'https://monitor.example.com/?stream=main/studio/cam1',
      tone: 'resolved',
    });
  });

  test('that is over lasted until nothing was wrong any more, not until that was sure', () => {
    const over = { ...resolved(alert()), endedAt: '2026-03-01T14:03:32.000Z' };
    expect(write(news({ resolved: [over] })).lines.at(-1)).toBe(
      'It lasted 20 s: 14:03:12 UTC to 14:03:32 UTC',
    );
  });

  test('that is over doesn’t end with what was wrong, in its title', () => {
    const over = [resolved(alert({ reasons: [reason({ code: 'not-live' })] }))];
    const host = [...over, resolved(alert({ subject: { kind: 'host', host: 'media-1' } }))];
    const titlesOf = (language: TextLanguage) =>
      [over, host].map((some) => write(news({ resolved: some }), { language }).title);
    expect(titlesOf('en')).toStrictEqual(['Resolved: studio/cam1', 'Resolved: 1 host, 1 stream']);
    expect(titlesOf('de')).toStrictEqual(['Behoben: studio/cam1', 'Behoben: 1 Rechner, 1 Stream']);
  });
});

describe('many alerts', () => {
  test('of one server are counted, and ten of them named, the worst first', () => {
    const mild = alert({ subject: stream('mild'), reasons: [reason({ severity: 'warning' })] });
    const { title, lines, link } = write(news({ fired: [mild, ...cams(49)] }));
    expect(title).toBe('50 streams of server main: Off air');
    expect(lines).toHaveLength(12);
    expect(lines[0]).toBe('- cam1: Off air (for 45 s)');
    expect(lines.at(-2)).toBe('and 40 more');
    expect(lines.at(-1)).toMatch(/^What to do: /);
    expect(link).toBe('https://monitor.example.com/?server=main');
  });

  test('of several servers name the server of each', () => {
    const { title, lines, link } = write(news({ fired: [...cams(1, 'a'), ...cams(1, 'b')] }));
    expect(title).toBe('2 streams: Off air');
    expect(lines.slice(0, 2)).toStrictEqual([
      '- cam1 on a: Off air (for 45 s)',
      '- cam1 on b: Off air (for 45 s)',
    ]);
    expect(link).toBe('https://monitor.example.com/');
  });

  test('with different reasons are in trouble, with no advice for all', () => {
    const fired = [alert({ reasons: [reason({ code: 'stalled' })] }), ...cams(1)];
    const { title, lines } = write(news({ fired }));
    expect(title).toBe('2 streams of server main: in trouble');
    expect(lines).toHaveLength(2);
  });

  test('of different kinds are told apart', () => {
    const fired = [
      alert({ subject: server('a'), reasons: [unreachable] }),
      alert({ subject: server('b'), reasons: [unreachable] }),
      alert({ subject: host('h'), reasons: [reason({ code: 'cpu-high', measured: 99 })] }),
      ...cams(1, 'c'),
    ];
    expect(write(news({ fired })).title).toBe('2 servers, 1 host, 1 stream: in trouble');
    expect(write(news({ fired }), { language: 'de' }).title).toBe('2 Server, 1 Rechner, 1 Stream: gestört');
    const servers = write(news({ fired: fired.slice(0, 2) }));
    expect([servers.title, servers.link]).toStrictEqual([
      '2 servers: Can’t be read',
      'https://monitor.example.com/?view=servers',
    ]);
  });

  test('of which only some are listed are counted as a whole', () => {
    const message = { ...news({ fired: cams(500) }), firedCount: 12_345 };
    const { title, lines } = write(message);
    expect(title).toBe('12,345 alerts: Off air');
    expect(lines).toContain('and 12,335 more');
    expect(write(message, { language: 'de' }).title).toBe('12.345 Alarme: Nicht mehr auf Sendung');
  });

  test('new ones come before those that go on and those that are over', () => {
    const message = news({
      fired: cams(1),
      repeated: [alert({ subject: stream('old') })],
      resolved: [resolved(alert({ subject: stream('over') })), resolved(alert({ subject: stream('over2') }))],
    });
    const { title, lines, tone } = write(message);
    expect(title).toBe('cam1: Off air; still: 1; resolved: 2');
    expect(lines.filter((line) => /^(New|Still|Resolved|-|$)/.test(line))).toStrictEqual([
      'New:',
      '',
      'Still:',
      '- old: Off air (for 45 s)',
      '',
      'Resolved:',
      '- over: Off air (lasted 40 s)',
      '- over2: Off air (lasted 40 s)',
    ]);
    expect(tone).toBe('critical');
  });
});

describe('other messages', () => {
  test('a test, and that another target is gone', () => {
    const test = write({ ...news({}), kind: 'test' });
    const gone = write({ ...news({}), kind: 'gone', goneTarget: 'chat' });
    expect([test.title, gone.title]).toStrictEqual(['Test: ops', 'Target chat is gone']);
    expect([test.tone, gone.tone, test.link]).toStrictEqual(['info', 'info', 'https://monitor.example.com/']);
    expect(gone.lines.join(' ')).toContain('410');
  });

  test('nothing new', () => {
    expect(write(news({}))).toStrictEqual({
      title: 'Nothing new',
      lines: [],
      link: 'https://monitor.example.com/',
      tone: 'info',
    });
  });
});

describe('names that others chose', () => {
  const hostile = 'a\u202E\nb/<!channel> & 100%?#"';

  test('are cleaned, then escaped, wherever they stand', () => {
    const escape = (text: string): string => `«${text.toUpperCase()}»`;
    const detail = 'dial\ntcp';
    const fired = [alert({ subject: stream(hostile), reasons: [reason({ detail })] })];
    const { title, lines } = write(news({ fired }), { escape });
    expect(title).toBe('«AB/<!CHANNEL> & 100%?#"»: Off air');
    expect(lines).toContain('Stream: «AB/<!CHANNEL> & 100%?#"»');
    expect(lines).toContain('Details: «DIAL TCP»');
    const many = write(news({ fired: [...fired, ...cams(1)] }), { escape });
    expect(many.lines[0]).toBe('- «AB/<!CHANNEL> & 100%?#"»: Off air (for 45 s)');
  });
});

test('one alert can be written by itself', () => {
  const written = writeAlert(resolved(alert()), AT, STYLE);
  expect([written.title, written.cause, written.tone]).toStrictEqual([
    'Resolved: studio/cam1',
    'It was live: its publisher stopped, or its connection broke.',
    'resolved',
  ]);
});
