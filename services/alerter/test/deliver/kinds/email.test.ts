import { afterEach, describe, expect, test } from '@jest/globals';
import type { SMTPServerOptions } from 'smtp-server';
import type { Target } from '../../../src/model.ts';
import { alert, AT, news, stream, target } from '../../support/messages.ts';
import { filesOfTest } from '../../support/files.ts';
import { startSmtp } from '../../support/smtp.ts';
import { sendForEver, startTcpServer } from '../../support/tcp-server.ts';
import { tried } from '../../support/tried.ts';

const file = filesOfTest();
const PASSWORD = 'p4ss w@rd:ß';
const message = news({ fired: [alert({ subject: stream('Bühne 📷') })] }, 'msg-42');

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});

/** A real SMTP server that knows one user. */
async function startServer(options: SMTPServerOptions = {}) {
  const { mails, port, close } = await startSmtp({
    onAuth: ({ username, password }, _session, done) => {
      if (username === 'monitor@example.com' && password === PASSWORD) done(null, { user: username });
      else done(new Error(`no such user, or not with ${password ?? ''}`));
    },
    ...options,
  });
  ends.push(close);
  return { mails, place: `127.0.0.1:${port}` };
}

const email = (url: string, change: Partial<Target['address']> = {}): Target =>
  target('email', { url, from: 'Monitor <monitor@example.com>', to: ['ops@example.com'], ...change });

const headerOf = (source: string, name: string): string | undefined =>
  new RegExp(`^${name}: (.*(?:\r?\n[ \t].*)*)`, 'mi').exec(source)?.[1];

/** RFC 2047, as far as it is used here. */
const decoded = (header = ''): string =>
  header
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_, text: string) => Buffer.from(text, 'base64').toString())
    .replaceAll(/=\?UTF-8\?Q\?([^?]*)\?=/gi, (_, text: string) =>
      Buffer.from(
        text
          .replaceAll('_', ' ')
          .replaceAll(/=([\dA-F]{2})/g, (__, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString(),
    );

const bodyOf = (source: string): string => {
  const [head = '', ...rest] = source.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString();
  return Buffer.from(
    body
      .replaceAll('=\r\n', '')
      .replaceAll(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString();
};

describe('an e-mail', () => {
  test('is plain text, with its message’s id', async () => {
    const { mails, place } = await startServer();
    const to = email(`smtp://${place}`, { to: ['ops@example.com', 'Night <night@example.com>'] });
    expect(await tried(to, message)).toMatchObject({ outcome: 'delivered', error: null });
    const [mail] = mails;
    const source = mail?.source ?? '';
    expect([mail?.from, mail?.to, mail?.user]).toStrictEqual([
      'monitor@example.com',
      ['ops@example.com', 'night@example.com'],
      undefined,
    ]);
    expect(headerOf(source, 'Message-ID')).toBe('<msg-42@example.com>');
    // RFC 5322 has dates of its own.
    expect(headerOf(source, 'Date')).toMatch(
      /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/,
    );
    expect(Date.parse(headerOf(source, 'Date') ?? '')).toBe(Math.floor(Date.parse(AT) / 1_000) * 1_000);
    expect(headerOf(source, 'Auto-Submitted')).toBe('auto-generated');
    expect(headerOf(source, 'From')).toBe('Monitor <monitor@example.com>');
    expect(decoded(headerOf(source, 'Subject'))).toBe('[Critical] Bühne 📷: Off air');
    expect(headerOf(source, 'Content-Type')).toMatch(/^text\/plain; charset=utf-8/);
    expect(bodyOf(source).replaceAll('\r\n', '\n').trim().split('\n')).toStrictEqual([
      'It was live: its publisher stopped, or its connection broke.',
      'Stream: Bühne 📷',
      'Server: main',
      'Since 14:03:12 UTC, for 45 s',
      'What to do: If nobody meant to stop it, check the publisher and its link.',
      'https://monitor.example.com/?stream=main/B%C3%BChne%20%F0%9F%93%B7',
    ]);
  });

  test('that is sent again is the same', async () => {
    const { mails, place } = await startServer();
    await tried(email(`smtp://${place}`), message);
    await tried(email(`smtp://${place}`), message);
    const [first, second] = mails.map(({ source }) => source);
    expect(second).toBe(first);
  });

  test('has one line of subject, whatever a stream is called', async () => {
    const { mails, place } = await startServer();
    const hostile = news({ fired: [alert({ subject: stream('a\r\nBcc: eve@example.com\r\n\r\nb') })] });
    await tried(email(`smtp://${place}`), hostile);
    const source = mails[0]?.source ?? '';
    expect([mails[0]?.to, headerOf(source, 'Bcc')]).toStrictEqual([['ops@example.com'], undefined]);
    expect(decoded(headerOf(source, 'Subject'))).toBe('[Critical] aBcc: eve@example.comb: Off air');
  });
});

describe('a mail server', () => {
  test('is told user and password, which is read at each try', async () => {
    const { mails, place } = await startServer();
    const secretFile = file('password', 'wrong');
    const to = email(`smtp://monitor%40example.com@${place}`, { secretFile });
    const refused = await tried(to, message);
    expect(refused).toMatchObject({
      outcome: 'failed',
      error: `${place} doesn’t take user and password: check url and secretFile (535)`,
    });
    file('password', `${PASSWORD}\n`);
    expect(await tried(to, message)).toMatchObject({ outcome: 'delivered' });
    expect(mails.map(({ user }) => user)).toStrictEqual(['monitor@example.com']);
  });

  test('on another machine isn’t told the password where it has no TLS', async () => {
    let logins = 0;
    const { mails, place } = await startServer({
      disabledCommands: ['STARTTLS'],
      onAuth: (_auth, _session, done) => {
        logins += 1;
        done(null, { user: 'anyone' });
      },
    });
    const secretFile = file('password', PASSWORD);
    // An address that reaches this machine, but isn't known as one that does.
    const elsewhere = place.replace('127.0.0.1', '0.0.0.0');
    expect(await tried(email(`smtp://monitor@${elsewhere}`, { secretFile }), message)).toMatchObject({
      outcome: 'failed',
      error: expect.stringContaining(`${elsewhere} can’t be talked to over TLS`),
    });
    expect([logins, mails]).toStrictEqual([0, []]);
  });

  test('that has user, but no password, isn’t asked', async () => {
    expect(await tried(email('smtp://monitor@127.0.0.1:1'), message)).toMatchObject({
      outcome: 'failed',
      error: 'its address names a user, but no secretFile has a password',
    });
  });

  test('whose certificate nobody vouches for gets nothing, over TLS from the start or later', async () => {
    const [tls, starttls] = [await startServer({ secure: true }), await startServer({ hideSTARTTLS: false })];
    for (const [{ mails, place }, protocol] of [
      [tls, 'smtps'],
      [starttls, 'smtp'],
    ] as const) {
      const { outcome, error } = await tried(email(`${protocol}://${place}`), message);
      expect([outcome, mails.length]).toStrictEqual(['failed', 0]);
      expect(error).toMatch(new RegExp(`^${place} (can’t be talked to over TLS|has a certificate)`));
    }
  });

  test('that refuses a recipient, or the message, is told so without what it says', async () => {
    const refuse = (say: string) => Object.assign(new Error(`${say} ${PASSWORD}`), { responseCode: 550 });
    const nobody = await startServer({
      onRcptTo: (_address, _session, done) => {
        done(refuse('no such user'));
      },
    });
    const nothing = await startServer({
      onData: (stream_, _session, done) => {
        stream_.resume().on('end', () => {
          done(refuse('spam'));
        });
      },
    });
    const results = [
      await tried(email(`smtp://${nobody.place}`), message),
      await tried(email(`smtp://${nothing.place}`), message),
    ];
    expect(results.map(({ error }) => error)).toStrictEqual([
      `${nobody.place} doesn’t take sender or recipients: check from and to (550)`,
      `${nothing.place} doesn’t take the message (550)`,
    ]);
  });

  test('that takes it for some has got it: others would get it again and again', async () => {
    const { mails, place } = await startServer({
      onRcptTo: ({ address }, _session, done) => {
        done(address.startsWith('gone') ? Object.assign(new Error('no'), { responseCode: 550 }) : null);
      },
    });
    const to = email(`smtp://${place}`, { to: ['gone@example.com', 'ops@example.com'] });
    expect(await tried(to, message)).toMatchObject({ outcome: 'delivered' });
    expect(mails.map(({ to: got }) => got)).toStrictEqual([['ops@example.com']]);
  });

  test('that says nothing, or each character of its greeting as late as it can, is left', async () => {
    const silent = await startTcpServer(() => undefined);
    const slow = await startTcpServer((socket) => {
      const drip = setInterval(() => socket.write('220-\r\n'.charAt(socket.bytesWritten % 6)), 10);
      socket.on('close', () => {
        clearInterval(drip);
      });
    });
    ends.push(silent.close, slow.close);
    for (const { host } of [silent, slow]) {
      const { error } = await tried(email(`smtp://${host}`), message, { timeoutMs: 300 });
      expect(error).toBe('it didn’t answer within 0.3 s');
    }
  });

  // Whoever takes all that is said before it is said has the message, so to speak.
  test.each([
    ['a line', '', '220-', 'EPROTOCOL'],
    ['a greeting', '', '220-ready\r\n', 'EPROTOCOL'],
    ['what it can do', '220 ready\r\n', '250-can\r\n', 'EPROTOCOL'],
    ['greetings', '', '220 ready\r\n', null],
    ['what it takes', '220 ready\r\n', '250 ok\r\n', null],
  ])('that never stops is left: %s', async (_, first, piece, code) => {
    let sent = (): number => 0;
    const endless = await startTcpServer((socket) => {
      sent = sendForEver(socket, first, piece);
    });
    ends.push(endless.close);
    const { error } = await tried(email(`smtp://${endless.host}`), message, { timeoutMs: 600_000 });
    expect(error).toBe(code === null ? null : `${endless.host} can’t be talked to (${code})`);
    expect(sent()).toBeLessThan(32 * 1_024 ** 2);
  });

  test('that isn’t there is told by its port', async () => {
    const { error } = await tried(email('smtp://127.0.0.1:1'), message);
    expect(error).toBe('127.0.0.1:1 refuses the connection (ECONNREFUSED)');
  });
});

test('an address that is none of a mail server is told without it', async () => {
  const { error } = await tried(email(`http://${encodeURIComponent(PASSWORD)}@127.0.0.1`), message);
  expect(error).toBe('url has to be an address that begins with smtps:// or smtp://');
});
