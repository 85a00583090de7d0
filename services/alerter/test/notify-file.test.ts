import { describe, expect, test } from '@jest/globals';
import { STREAM_REASON_CODES } from '@mediamtx-monitor/types';
import { parseNotifyFile, readNotifyFile } from '../src/notify-file.ts';
import { mistakesIn, PATH } from './support/notify-file.ts';

const WHOLE = `
thresholds: { link-loss: { warning: 2 } }
notify:
  - name: phone
    kind: ntfy
    url: https://ntfy.example/alerts
    days: [sat, mon]
    timeZone: UTC
  - name: team
    kind: slack
    urlFile: /run/secrets/slack
    severity: warning
maintenance:
  - name: nightly
    match: 'studio/*'
    servers: [main]
    hours: 02:00-03:30
    timeZone: Europe/Berlin
heartbeat:
  urlFile: /run/secrets/heartbeat
  every: 5m
`;
const NOTHING = { targets: [], maintenance: [], heartbeat: null };
const parse = (text: string) => parseNotifyFile(text, PATH);
const digestIn = (text: string): string => parse(text).digest;

describe('a file', () => {
  test('that is right', () => {
    expect(parse(WHOLE)).toStrictEqual({
      targets: [
        expect.objectContaining({ name: 'phone', kind: 'ntfy' }),
        expect.objectContaining({ name: 'team', severity: 'warning' }),
      ],
      maintenance: [
        {
          name: 'nightly',
          match: 'studio/*',
          servers: ['main'],
          hours: {
            days: new Set(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']),
            ...{ fromMinute: 120, toMinute: 210, timeZone: 'Europe/Berlin' },
          },
        },
      ],
      heartbeat: { url: null, urlFile: '/run/secrets/heartbeat', everyMs: 300_000 },
      digest: expect.stringMatching(/^[\da-f]{16}$/),
    });
  });

  test('may choose servers by labels; a target without is the same as before there were any', () => {
    const entry = '{name: a, kind: ntfy, url: "http://a"';
    const [labelled] = parse(`notify: [${entry}, labels: {site: north, rack: "1"}}]`).targets;
    expect(labelled?.labels).toStrictEqual({ site: 'north', rack: '1' });
    const [plain] = parse(`notify: [${entry}}]`).targets;
    expect(plain).not.toHaveProperty('labels');
    expect(plain?.digest).not.toBe(labelled?.digest);
    const window = '{name: a, labels: {site: north}, days: sun, timeZone: UTC}';
    expect(parse(`maintenance: [${window}]`).maintenance).toMatchObject([{ labels: { site: 'north' } }]);
  });

  test.each(['', '# nothing yet', 'notify: []', 'maintenance: []', 'thresholds: {}\nexpected: []'])(
    '%j tells nobody',
    (text) => {
      expect(parse(text)).toStrictEqual({ ...NOTHING, digest: digestIn('') });
    },
  );

  test('may have wrong members that are others’', () => {
    const wrong = STREAM_REASON_CODES.map((code) => `  ${code}: bad`).join('\n');
    expect(parse(`thresholds:\n${wrong}\nstreams: 5\noffAirMinutes: x\nexpected: y`)).toMatchObject(NOTHING);
  });

  test('maintenance of everything', () => {
    expect(parse('maintenance: [{name: a, days: sun, timeZone: UTC}]').maintenance).toMatchObject([
      { name: 'a', match: null, servers: null },
    ]);
  });

  test.each([
    [
      'heartbeat: {url: "https://hc.example/x"}',
      { url: 'https://hc.example/x', urlFile: null, everyMs: 60_000 },
    ],
    ['heartbeat: {urlFile: /a, every: 10s}', { url: null, urlFile: '/a', everyMs: 10_000 }],
  ])('%s', (text, heartbeat) => {
    expect(parse(text).heartbeat).toStrictEqual(heartbeat);
  });
});

describe('a mistake', () => {
  const PHONE = '{name: phone, kind: ntfy, url: "http://a"}';

  test.each([
    [
      'a name twice',
      `notify: [${PHONE}, ${PHONE}]`,
      /column 54: "notify\[1\]" has the name of an entry before it \(line 1, column 10\)$/,
    ],
    ['no list', 'notify: {}', /"notify" has to be a list: "- " stands before each entry/],
    ['nothing in it', 'notify:', /"notify" has to be a list: "- " stands before each entry/],
    [
      '101 targets',
      `notify:\n${Array.from({ length: 101 }, (_, n) => `- {name: t${n}, kind: ntfy, url: "http://a"}\n`).join('')}`,
      /less than or equal to 100/,
    ],
    ['an entry that is none', 'notify: [https://ntfy.sh/SECRET]', /"notify\[0\]" must be of type object$/],
    [
      'maintenance at all times',
      'maintenance: [{name: a}]',
      /maintenance\[0\]" needs days or hours, and their timeZone$/,
    ],
    ['maintenance without time zone', 'maintenance: [{name: a, days: sun}]', /needs a timeZone for its days/],
    [
      'another member in maintenance',
      'maintenance: [{name: a, day: sun}]',
      /day" is not allowed; allowed: name, match, servers, labels, days, hours, timeZone$/,
    ],
    [
      'a label that no server can have',
      `notify: [{name: a, kind: ntfy, url: "http://a", labels: {a-b: c}}]`,
      /a-b" can't be the name of a label; allowed: 1 to 100 letters, digits or underscores/,
    ],
    [
      'no label',
      `notify: [{name: a, kind: ntfy, url: "http://a", labels: {}}]`,
      /labels" must have at least 1 key/,
    ],
    ['maintenance without name', 'maintenance: [{days: sun, timeZone: UTC}]', /name" is required/],
    ['a heartbeat of nothing', 'heartbeat: {}', /"heartbeat" needs url or urlFile$/],
    [
      'a heartbeat of two',
      'heartbeat: {url: "http://a", urlFile: /b}',
      /"heartbeat" has both url and urlFile/,
    ],
    [
      'a heartbeat too often',
      'heartbeat: {urlFile: /b, every: 9s}',
      /every" is not right; allowed: a time of 10s/,
    ],
    [
      'a heartbeat that is an address',
      'heartbeat: https://hc.example/SECRET',
      /"heartbeat" must be of type object$/,
    ],
    ['a member of nobody', 'notifications: []', /"notifications" is not allowed; allowed: .*notify/],
  ])('%s', (_what, text, mistake) => {
    const mistakes = mistakesIn(text);
    expect(mistakes).toStrictEqual([expect.stringMatching(mistake)]);
    expect(mistakes.join()).not.toContain('SECRET');
    expect(mistakes[0]).toMatch(/^line \d+, column \d+: /);
  });
});

describe('what tells one file from another', () => {
  test.each([
    ['comments and order', WHOLE.replace('thresholds', '# who is told\nthresholds'), true],
    ['the order of days', WHOLE.replace('[sat, mon]', '[mon, sat]'), true],
    ['a default that is said', WHOLE.replace('    kind: ntfy', '    for: 30s\n    kind: ntfy'), true],
    ['what is the collector’s', WHOLE.replace('warning: 2', 'warning: 3'), true],
    ['a day', WHOLE.replace('[sat, mon]', '[sun, mon]'), false],
    ['an address', WHOLE.replace('/alerts', '/alarms'), false],
    ['a file', WHOLE.replace('/run/secrets/slack', '/run/slack'), false],
    ['maintenance', WHOLE.replace('03:30', '03:31'), false],
    ['the heartbeat', WHOLE.replace('every: 5m', 'every: 6m'), false],
    ['nobody who is told', 'notify: []', false],
  ])('%s', (_what, text, isSame) => {
    expect(digestIn(text) === digestIn(WHOLE)).toBe(isSame);
  });

  test('of a target is its entry alone', () => {
    const digests = (text: string) => parse(text).targets.map(({ digest }) => digest);
    const [phone, team] = digests(WHOLE);
    expect(digests(WHOLE.replace('/alerts', '/alarms'))).toStrictEqual([
      expect.not.stringMatching(phone ?? ''),
      team,
    ]);
    expect(phone).not.toBe(team);
  });
});

describe('reading', () => {
  const files = new Map([
    [PATH, WHOLE],
    ['/run/secrets/slack', 'https://hooks.example/SECRET'],
    ['/run/secrets/heartbeat', ' \n'],
  ]);
  const readFile = (path: string): string => {
    const text = files.get(path);
    if (text === undefined) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
    return text;
  };

  test('no file tells nobody', () => {
    expect(readNotifyFile(undefined, readFile)).toStrictEqual({ file: parse(''), warnings: [] });
  });

  test('the file is read that is named, and what it names is looked at', () => {
    const { targets, ...rest } = parse(WHOLE);
    const read = targets.map((target) =>
      target.address.urlFile === null
        ? target
        : { ...target, digest: expect.not.stringMatching(target.digest) },
    );
    expect(readNotifyFile(PATH, readFile)).toStrictEqual({
      file: { ...rest, targets: read },
      warnings: ['heartbeat: urlFile is "/run/secrets/heartbeat", which is empty'],
    });
  });

  test('a target is another once the file with its address says another', () => {
    const digests = (address: string): readonly string[] =>
      readNotifyFile(PATH, (path) =>
        path === '/run/secrets/slack' ? address : readFile(path),
      ).file.targets.map(({ digest }) => digest);
    const [phone, team] = digests('https://hooks.example/1');
    expect(digests('https://hooks.example/1')).toStrictEqual([phone, team]);
    expect(digests('https://hooks.example/2')).toStrictEqual([phone, expect.not.stringMatching(team ?? '')]);
  });

  test('a file that isn’t there may come later', () => {
    files.set('/bot.yml', 'notify: [{name: bot, kind: telegram, secretFile: /run/bot, chat: 5}]');
    const { file, warnings } = readNotifyFile('/bot.yml', readFile);
    expect(file.targets).toHaveLength(1);
    expect(warnings).toStrictEqual([
      "target bot: secretFile is \"/run/bot\", which can't be read (ENOENT: no such file or directory, open '/run/bot')",
    ]);
  });

  test('what isn’t there by half a path says where it was looked for', () => {
    files.set('/half.yml', 'notify: [{name: bot, kind: telegram, secretFile: ./bot, chat: 5}]');
    expect(readNotifyFile('/half.yml', readFile).warnings).toStrictEqual([
      'target bot: secretFile is "./bot", which can\'t be read, seen from the folder that the alerter was started in ' +
        "(ENOENT: no such file or directory, open './bot')",
    ]);
  });

  test.each(['slack', 'discord'])('an address of %s is better in a file of its own', (kind) => {
    files.set('/open.yml', `notify: [{name: open, kind: ${kind}, url: "https://hooks.example/SECRET"}]`);
    const { warnings } = readNotifyFile('/open.yml', readFile);
    expect(warnings).toStrictEqual([
      'target open has its url in MONITOR_CONFIG, and whoever knows that can write there; put it into a file of its own, ' +
        'and name the file as urlFile',
    ]);
  });

  test.each([
    [
      'ntfy without a topic',
      'kind: ntfy, url: "https://ntfy.sh"',
      'its address has to end with a topic, as in https://ntfy.sh/my-topic',
    ],
    [
      'a file of slack without an address',
      'kind: slack, urlFile: /run/word',
      'urlFile /run/word has to be an address that begins with https:// or http://',
    ],
    [
      'a file of discord without an address',
      'kind: discord, urlFile: /run/word',
      'urlFile /run/word has to be an address that begins with https:// or http://',
    ],
    [
      'a secret of a webhook that is no key',
      'kind: webhook, url: "https://a.example", secretFile: /run/word',
      'secretFile has to hold whsec_ and 24 to 64 random bytes in base64 in each line',
    ],
    [
      'e-mail to a web address',
      'kind: email, urlFile: /run/secrets/slack, from: a@b.example, to: a@b.example',
      'urlFile /run/secrets/slack has to be an address that begins with smtps:// or smtp://',
    ],
    [
      'a bot without its token',
      'kind: telegram, secretFile: /run/word, chat: 5',
      'secretFile has to hold the token that BotFather gave for the bot',
    ],
  ])('%s is told at the start', (_what, entry, mistake) => {
    files.set('/run/word', 'SECRET\n').set('/odd.yml', `notify: [{name: odd, ${entry}}]`);
    expect(readNotifyFile('/odd.yml', readFile).warnings).toStrictEqual([
      `target odd can't be told anything: ${mistake}`,
    ]);
  });

  test('a file that can’t be read stops the start', () => {
    expect(() => readNotifyFile('/none.yml', readFile)).toThrow(
      /^MONITOR_CONFIG is "\/none\.yml", which can't be read \(ENOENT.*\); allowed: a readable file$/,
    );
  });
});
