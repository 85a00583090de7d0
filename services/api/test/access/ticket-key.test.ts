import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, jest, test } from '@jest/globals';
import { SettingsError } from '@mediamtx-monitor/runtime';
import { eventually } from '@mediamtx-monitor/testkit';
import { accessMistakes, readTicketKey } from '../../src/access/settings.ts';
import { parseTicketKey } from '../../src/access/tickets.ts';
import type { Caller } from '../../src/http/caller.ts';
import { atEnd, CHECK_MS, keyFile, lineOf, requestFrom, startAccess, tempPath } from './bench.ts';

const BYTES = Buffer.from(Array.from({ length: 32 }, (_, index) => 251 - 7 * index));
const HEX = BYTES.toString('hex');
const RULE =
  'allowed: at least 32 random bytes as base64 or hexadecimal text, as `openssl rand -base64 32` prints';

describe('the text of a key', () => {
  test.each([
    ['hexadecimal', HEX],
    ['in capitals', HEX.toUpperCase()],
    ['base64', BYTES.toString('base64')],
    ['base64 without its end', BYTES.toString('base64').replace('=', '')],
    ['base64url', BYTES.toString('base64url')],
    ['with line ends and blanks', ` ${HEX.slice(0, 40)}\r\n${HEX.slice(40)}\n`],
    ['with a byte order mark', `\uFEFF${HEX}`],
  ])('%s', (_what, text) => {
    expect(parseTicketKey(text)).toStrictEqual(parseTicketKey(HEX));
    expect(parseTicketKey(text).value).toHaveLength(32);
  });

  test('every byte of a longer one counts', () => {
    const long = Buffer.alloc(100, BYTES);
    const other = Buffer.from(long);
    other[99] = (other[99] ?? 0) ^ 1;
    expect(parseTicketKey(long.toString('hex')).value).not.toStrictEqual(
      parseTicketKey(other.toString('hex')).value,
    );
  });

  test('the bytes themselves sign nothing: what else they are used for stays apart', () => {
    expect(parseTicketKey(HEX).value).not.toStrictEqual(BYTES);
  });

  test.each([
    ['', 'content is empty'],
    ['\n', 'content is empty'],
    [HEX.slice(2), 'content stands for 31 bytes only'],
    [BYTES.subarray(1).toString('base64'), 'content stands for 31 bytes only'],
    ['secret', 'content stands for 4 bytes only'],
    [`${HEX}!`, 'content is neither base64 nor hexadecimal'],
    [`key=${HEX}`, 'content is neither base64 nor hexadecimal'],
  ])('%j is none', (text, mistake) => {
    expect(parseTicketKey(text)).toStrictEqual({ value: null, mistakes: [mistake] });
  });
});

describe('at the start', () => {
  test('nothing set is no mistake', () => {
    expect(readTicketKey({})).toBeNull();
    expect(accessMistakes({})).toStrictEqual([]);
  });

  test('the file is read', () => {
    const path = tempPath('key');
    writeFileSync(path, `${HEX}\n`);
    expect(readTicketKey({ API_TICKET_KEY_FILE: path })).toStrictEqual(parseTicketKey(HEX).value);
  });

  test.each([
    [null, "which can't be read ("],
    ['', 'whose content is empty'],
    ['my-secret-key', 'whose content stands for 9 bytes only'],
    ['my secret key?', 'whose content is neither base64 nor hexadecimal'],
  ])(
    'one that holds %j is told with its setting, its path and what is allowed, without its content',
    (text, message) => {
      const path = tempPath('key');
      if (text !== null) writeFileSync(path, text);
      const settings = { API_TICKET_KEY_FILE: path };
      const [mistake = '', ...others] = accessMistakes(settings);
      expect(others).toStrictEqual([]);
      expect(mistake).toContain(`API_TICKET_KEY_FILE is "${path}", ${message}`);
      expect(mistake).toContain(RULE);
      // The random name of its folder may have any letters.
      expect(mistake.replaceAll(path, '')).not.toContain('my');
      expect(() => readTicketKey(settings)).toThrow(SettingsError);
      // Also where there are no tokens yet.
      expect(() => startAccess(settings)).toThrow(SettingsError);
    },
  );

  test('one of this user that may not be read', () => {
    const path = keyFile();
    chmodSync(path, 0);
    // root may read everything.
    expect(accessMistakes({ API_TICKET_KEY_FILE: path })).toHaveLength(process.getuid?.() === 0 ? 0 : 1);
  });
});

describe('a change of the file', () => {
  const LINE = lineOf('ann', 'tok');
  const by = (tokenName: string | null, byTicket: boolean): Caller => ({
    address: '127.0.0.1',
    isLoopback: true,
    tokenName,
    byTicket,
  });

  function startWatched() {
    const path = keyFile();
    const bench = startAccess({ API_TOKENS: [LINE], API_TICKET_KEY_FILE: path });
    const reasons: string[] = [];
    bench.access.onRevoked(({ reason, concerns }) => {
      reasons.push(reason);
      expect([by('ann', true), by('ann', false), by(null, false)].map(concerns)).toStrictEqual([
        true,
        false,
        false,
      ]);
    });
    const ticket = (): string => {
      const asker = requestFrom({ peer: '127.0.0.1', headers: { authorization: 'Bearer tok' } });
      bench.access.check(asker);
      return bench.access.issueTicket(asker).ticket;
    };
    const lets = (text: string): boolean =>
      'caller' in bench.access.check(requestFrom({ peer: '127.0.0.1', url: `/ws?ticket=${text}` }));
    return { ...bench, path, reasons, ticket, lets };
  }

  test('ends all tickets, and sends away who came with one', async () => {
    const { path, log, reasons, ticket, lets } = startWatched();
    const before = ticket();
    renameSync(keyFile(), path);
    await eventually(() => {
      expect(reasons).toStrictEqual(['ticketVoid']);
    });
    expect(lets(before)).toBe(false);
    expect(lets(ticket())).toBe(true);
    expect(log.lines).toStrictEqual([
      {
        level: 'info',
        message: 'key of tickets read again: another one; who came with a ticket has to come again',
      },
    ]);
  });

  test('to another text of the same key is nobody’s business', async () => {
    const { path, log, reasons, ticket, lets } = startWatched();
    writeFileSync(path, HEX);
    await eventually(() => {
      expect(reasons).toHaveLength(1);
    });
    const before = ticket();
    writeFileSync(path, `${BYTES.toString('base64')}\n`);
    await delay(10 * CHECK_MS);
    expect(log.lines).toHaveLength(1);
    expect(reasons).toHaveLength(1);
    expect(lets(before)).toBe(true);
  });

  test.each([
    [null, /: .*ENOENT: no such file/],
    ['no secret!', /: content is neither base64 nor/],
    ['', /: content is empty/],
  ])('to %j changes nothing: one error tells why, and it heals', async (text, message) => {
    const { path, log, reasons, ticket, lets } = startWatched();
    const before = ticket();
    const good = keyFile();
    renameSync(path, good);
    if (text !== null) writeFileSync(path, text);
    await eventually(() => {
      expect(log.messages('error')).toHaveLength(1);
    });
    const [error = ''] = log.messages('error');
    expect(error).toContain(`API_TICKET_KEY_FILE ${path}: `);
    expect(error).toMatch(message);
    expect(error).toContain('; the key stays as it was. Allowed: at least 32 random bytes');
    expect(JSON.stringify(log.lines)).not.toContain('no secret');
    expect(lets(before)).toBe(true);
    rmSync(path, { force: true });
    renameSync(good, path);
    await eventually(() => {
      expect(log.messages('info')).toStrictEqual(['key of tickets read again: the same as before']);
    });
    expect(reasons).toStrictEqual([]);
  });

  test('that lasts a moment only, while the file is written, does not count', () => {
    jest.useFakeTimers();
    atEnd(() => {
      jest.useRealTimers();
    });
    const { path, log, reasons } = startWatched();
    for (const text of ['', HEX.slice(0, 10), HEX]) {
      writeFileSync(path, text);
      jest.advanceTimersByTime(CHECK_MS);
    }
    expect(log.lines).toStrictEqual([]);
    jest.advanceTimersByTime(CHECK_MS);
    expect(reasons).toStrictEqual(['ticketVoid']);
  });

  test('after the stop is left alone', async () => {
    const { access, path, reasons, log } = startWatched();
    access.stop();
    renameSync(keyFile(), path);
    await delay(10 * CHECK_MS);
    expect([reasons, log.lines]).toStrictEqual([[], []]);
  });
});
