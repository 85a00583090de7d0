import { describe, expect, test } from '@jest/globals';
import type { TargetKind } from '../src/model.ts';
import { mistakesIn, mistakesInTarget, targetIn } from './support/notify-file.ts';

const MAIL = 'name: a, kind: email, url: "smtps://mail.example:465"';
const BOT = 'name: a, kind: telegram, secretFile: /run/bot';

describe('an address', () => {
  test.each<[TargetKind, string]>([
    ['webhook', 'https://a.example/hook?of=monitor'],
    ['webhook', 'http://192.168.1.5:8080/'],
    ['webhook', 'http://[::1]:8080'],
    ['alertmanager', 'http://alertmanager:9093/prefix'],
    ['ntfy', 'https://ntfy.sh/a-topic'],
    ['slack', 'https://hooks.slack.com/services/T/B/x'],
    ['discord', 'https://discord.com/api/webhooks/1/x'],
  ])('of %s may be %s', (kind, url) => {
    expect(targetIn(`name: a, kind: ${kind}, url: "${url}"`).address).toMatchObject({ url, urlFile: null });
  });

  test.each<[TargetKind, string]>([
    ['webhook', 'hook.example/SECRET'],
    ['webhook', 'ftp://hook.example/SECRET'],
    ['webhook', 'https:///SECRET'],
    ['webhook', 'https://hook.example/a SECRET'],
    ['ntfy', 'SECRET'],
    ['slack', 'smtp://SECRET.example'],
    ['discord', 'file:///SECRET'],
  ])('of %s may not be %s, and isn’t shown', (kind, url) => {
    expect(mistakesInTarget(`name: a, kind: ${kind}, url: "${url}"`)).toStrictEqual([
      expect.stringMatching(/url" \(hidden\) is no address that begins with http:\/\/ or https:\/\/$/),
    ]);
  });

  test.each<[TargetKind, string, string]>([
    [
      'webhook',
      'https://SECRET@a.example',
      'has a user in it: put that into a file, and name the file as secretFile',
    ],
    ['webhook', 'https://u:SECRET@a.example', 'has a password in it: put that into a file'],
    ['alertmanager', 'http://SECRET:SECRET@a.example', 'has a password in it: put that into a file'],
    ['ntfy', 'https://:SECRET@a.example', 'has a password in it: put that into a file'],
    [
      'slack',
      'https://u:SECRET@a.example',
      'put the whole address into a file, and name the file as urlFile',
    ],
    [
      'discord',
      'https://SECRET@a.example',
      'put the whole address into a file, and name the file as urlFile',
    ],
  ])('of %s with what lets one in is refused with advice: %s', (kind, url, advice) => {
    const mistakes = mistakesInTarget(`name: a, kind: ${kind}, url: "${url}"`);
    expect(mistakes).toStrictEqual([expect.stringContaining(advice)]);
    expect(mistakes.join()).not.toContain('SECRET');
  });

  test.each<TargetKind>(['webhook', 'alertmanager', 'ntfy', 'slack', 'discord'])(
    'of %s is needed',
    (kind) => {
      expect(mistakesInTarget(`name: a, kind: ${kind}`)).toStrictEqual([
        'line 2, column 5: "notify[0]" needs url or urlFile',
      ]);
    },
  );

  test('is given once', () => {
    expect(mistakesInTarget('name: a, kind: ntfy, url: "http://a", urlFile: /b')).toStrictEqual([
      'line 2, column 5: "notify[0]" has both url and urlFile; one of them is enough',
    ]);
  });
});

describe('files', () => {
  test.each(['/run/secrets/ntfy', './secrets/ntfy', '../ntfy'])('%s is a path', (path) => {
    expect(targetIn(`name: a, kind: ntfy, urlFile: ${path}, secretFile: ${path}`).address).toMatchObject({
      ...{ url: null, urlFile: path, secretFile: path },
    });
  });

  test.each(['https://hooks.example/SECRET', 'whsec_SECRET', 'SECRET', '/'])(
    '%s is none, and isn’t shown',
    (path) => {
      const mistakes = mistakesInTarget(`name: a, kind: webhook, urlFile: "${path}", secretFile: "${path}"`);
      expect(mistakes).toHaveLength(2);
      for (const mistake of mistakes) {
        expect(mistake).toMatch(
          /File" \(hidden\) is no path of a file; allowed: one that begins with \/, as in .* or with \.\/, which is the folder that the alerter is started in$/,
        );
        expect(mistake).not.toContain('SECRET');
      }
    },
  );

  test.each<TargetKind>(['slack', 'discord'])('%s has no secret but its address', (kind) => {
    expect(mistakesInTarget(`name: a, kind: ${kind}, urlFile: /a, secretFile: /b`)).toStrictEqual([
      expect.stringContaining(`secretFile" is not allowed in a target of kind ${kind}`),
    ]);
  });

  test.each(['secret', 'token', 'password'])('%s belongs into one', (member) => {
    const mistakes = mistakesInTarget(`name: a, kind: webhook, url: "http://a", ${member}: SECRET`);
    expect(mistakes).toStrictEqual([
      expect.stringContaining('is not allowed: a secret goes into a file of its own, which secretFile names'),
    ]);
    expect(mistakes.join()).not.toContain('SECRET');
  });
});

describe('e-mail', () => {
  test('has a sender and who gets it', () => {
    const from = 'MediaMTX Monitor <monitor@example.com>';
    expect(targetIn(`${MAIL}, from: ${from}, to: ops@localhost`).address).toMatchObject({
      url: 'smtps://mail.example:465',
      ...{ from, to: ['ops@localhost'] },
    });
    expect(
      targetIn(`${MAIL}, from: a@b.example, to: [c@d.example, E <e@f.example>]`).address.to,
    ).toStrictEqual(['c@d.example', 'E <e@f.example>']);
  });

  test('may have a user in its address, and no password', () => {
    const withUrl = (url: string) =>
      `name: a, kind: email, url: "${url}", from: a@b.example, to: c@d.example`;
    const user = 'smtp://monitor%40b@mail.example:587';
    expect(targetIn(`${withUrl(user)}, secretFile: /run/mail`).address.url).toBe(user);
    expect(mistakesInTarget(withUrl(user))).toStrictEqual([
      'line 2, column 5: "notify[0]" has a user in its url, but no secretFile with the password',
    ]);
    const mistakes = mistakesInTarget(withUrl('smtp://monitor:SECRET@mail.example:587'));
    expect(mistakes).toStrictEqual([
      expect.stringContaining('(hidden) has a password in it: put that into a file'),
    ]);
    expect(mistakes.join()).not.toContain('SECRET');
    expect(mistakesInTarget(withUrl('https://mail.example'))).toStrictEqual([
      expect.stringContaining('begins with smtp:// or smtps://'),
    ]);
  });

  test.each([
    ['no sender', 'to: a@b.example', /from" is required/],
    ['nobody who gets it', 'from: a@b.example', /to" is required/],
    ['an empty list', 'from: a@b.example, to: []', /to" (must|does)/],
    ['a list of 51', `from: a@b.example, to: [${'a@b.example, '.repeat(51)}]`, /to" (must|does)/],
    ['a name alone', 'from: a@b.example, to: ops', /to" is not right; allowed: an e-mail address/],
    ['two in one', 'from: a@b.example, to: "a@b.example, c@d.example"', /allowed: an e-mail address/],
    ['another line', String.raw`from: "a\r\nBcc: x <a@b.example>", to: a@b.example`, /from" is .*; allowed/s],
    [
      'a chat',
      'from: a@b.example, to: a@b.example, chat: 5',
      /chat" is not allowed in a target of kind email/,
    ],
  ])('%s', (_what, members, mistake) => {
    expect(mistakesInTarget(`${MAIL}, ${members}`)).toStrictEqual([expect.stringMatching(mistake)]);
  });
});

describe('Telegram', () => {
  test.each([
    ['-1001234567890', '-1001234567890'],
    ['"42"', '42'],
    ['"@channel_1"', '@channel_1'],
  ])('has the chat %s', (written, chat) => {
    expect(targetIn(`${BOT}, chat: ${written}`).address).toMatchObject({ chat, url: null });
  });

  test('may be a Bot API server of one’s own', () => {
    expect(targetIn(`${BOT}, chat: 1, url: "http://127.0.0.1:8081"`).address.url).toBe(
      'http://127.0.0.1:8081',
    );
    const mistakes = mistakesInTarget(`${BOT}, chat: 1, url: "https://u:SECRET@a.example"`);
    expect(mistakes).toStrictEqual([expect.stringContaining('the token of the bot goes into a file')]);
    expect(mistakes.join()).not.toContain('SECRET');
  });

  test.each([
    ['no token', 'name: a, kind: telegram, chat: 1', /secretFile" is required/],
    ['no chat', BOT, /chat" is required/],
    ['a chat with a blank', `${BOT}, chat: a b`, /chat" is not right; allowed: the id of a chat, or @/],
    ['half a chat', `${BOT}, chat: 1.5`, /chat" must be an integer/],
    [
      'a file with its address',
      `${BOT}, chat: 1, urlFile: /a`,
      /urlFile" is not allowed in a target of kind telegram/,
    ],
  ])('%s', (_what, entry, mistake) => {
    expect(mistakesInTarget(entry)).toStrictEqual([expect.stringMatching(mistake)]);
  });
});

test('a heartbeat has an address like a hook', () => {
  expect(mistakesIn('heartbeat: {url: "https://u:SECRET@a.example"}')).toStrictEqual([
    'line 1, column 13: "heartbeat.url" (hidden) has a password in it: put the whole address into a file, and name the ' +
      'file as urlFile',
  ]);
});
