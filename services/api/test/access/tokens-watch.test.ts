import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, jest, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { Revocation } from '../../src/http/caller.ts';
import { type AccessBench, atEnd, CHECK_MS, lineOf, requestFrom, startAccess, tempPath } from './bench.ts';

interface WatchedTokens extends AccessBench {
  readonly path: string;
  /** Those of the names `a` to `d` whose clients were to be sent away, in the order in which that was told. */
  readonly removed: readonly string[];
  readonly lets: (token: string) => boolean;
}

const A = lineOf('a', 'token-a');
const B = lineOf('b', 'token-b');

/** Which of the names that these tests use it concerns, with a token as with a ticket. */
function namesIn({ reason, concerns }: Revocation): string[] {
  expect(reason).toBe('tokenRemoved');
  const caller = { address: '127.0.0.1', isLoopback: true };
  expect(concerns({ ...caller, tokenName: null, byTicket: false })).toBe(false);
  return ['a', 'b', 'c', 'd'].filter((tokenName) => {
    const [byToken, byTicket] = [false, true].map((byTicket) => concerns({ ...caller, tokenName, byTicket }));
    expect(byTicket).toBe(byToken);
    return byToken;
  });
}

function startWatched(text: string, path = tempPath('tokens')): WatchedTokens {
  writeFileSync(path, text);
  return watch(path);
}

function watch(path: string): WatchedTokens {
  const bench = startAccess({ API_TOKENS_FILE: path });
  const removed: string[] = [];
  bench.access.onRevoked((revocation) => removed.push(...namesIn(revocation)));
  const lets = (token: string): boolean =>
    'caller' in
    bench.access.check(requestFrom({ peer: '127.0.0.1', headers: { authorization: `Bearer ${token}` } }));
  return { ...bench, path, removed, lets };
}

/** Enough time for several looks; nothing is expected to happen in it. */
const someLooks = (): Promise<void> => delay(CHECK_MS * 10);

const logged = (watched: WatchedTokens, line: string): Promise<void> =>
  eventually(() => {
    expect(watched.log.lines.map(({ message }) => message)).toContain(line);
  });

describe('a change of the file', () => {
  test('adds, removes and replaces tokens, and tells who should go', async () => {
    const watched = startWatched(`${A}\n${B}\n${lineOf('c', 'token-c')}\n`);
    writeFileSync(watched.path, `${lineOf('d', 'token-d')}\n${lineOf('b', 'token-b2')}\n${A}\n`);
    await logged(watched, 'tokens read again: added d; removed c; replaced b');
    const tokens = ['token-a', 'token-b', 'token-b2', 'token-c', 'token-d'];
    expect(tokens.filter(watched.lets)).toStrictEqual(['token-a', 'token-b2', 'token-d']);
    expect(watched.removed).toStrictEqual(['b', 'c']);
    expect(watched.log.lines).toHaveLength(1);
  });

  test('by renaming another file over it is noticed, time and size of the same too', async () => {
    const watched = startWatched(`${A}\n`);
    const other = `${watched.path}.new`;
    writeFileSync(other, `${lineOf('a', 'token-2')}\n`);
    for (const path of [watched.path, other]) utimesSync(path, 1_700_000_000, 1_700_000_000);
    renameSync(other, watched.path);
    await logged(watched, 'tokens read again: replaced a');
    expect(watched.lets('token-a')).toBe(false);
    expect(watched.lets('token-2')).toBe(true);
    expect(watched.removed).toStrictEqual(['a']);
  });

  test('by swapping a link above it is noticed, as Kubernetes does with secrets', async () => {
    const folder = tempPath('secrets');
    for (const [version, line] of [
      ['1', A],
      ['2', B],
    ] as const) {
      mkdirSync(`${folder}/${version}`, { recursive: true });
      writeFileSync(`${folder}/${version}/tokens`, line);
    }
    symlinkSync('1', `${folder}/data`);
    symlinkSync('data/tokens', `${folder}/tokens`);
    const watched = watch(`${folder}/tokens`);
    symlinkSync('2', `${folder}/next`);
    renameSync(`${folder}/next`, `${folder}/data`);
    await logged(watched, 'tokens read again: added b; removed a');
  });

  test('in comments and order only is nobody’s business', async () => {
    const watched = startWatched(`${A}\n${B}\n`);
    writeFileSync(watched.path, `# sorted\r\n${B}\r\n${A}\r\n`);
    await someLooks();
    expect(watched.log.lines).toStrictEqual([]);
    expect(watched.removed).toStrictEqual([]);
    // It was looked at all the same: what comes next is told against it.
    writeFileSync(watched.path, `${B}\n`);
    await logged(watched, 'tokens read again: removed a');
  });
});

describe('a file that is no longer right', () => {
  test.each([
    [
      'malformed',
      (path: string) => {
        writeFileSync(path, `${B}\nmy-secret-token\n`);
      },
      'line 2 is malformed',
    ],
    ['gone', unlinkSync, 'ENOENT: no such file or directory'],
    [
      'a folder',
      (path: string) => {
        unlinkSync(path);
        mkdirSync(path);
      },
      'it is not a file',
    ],
  ])('%s: the tokens stay, one error tells why, and it heals', async (_what, breakFile, message) => {
    const watched = startWatched(`${A}\n`);
    breakFile(watched.path);
    await eventually(() => {
      expect(watched.log.messages('error')).toHaveLength(1);
    });
    await someLooks();
    expect(watched.log.lines).toHaveLength(1);
    const [error = ''] = watched.log.messages('error');
    expect(error).toContain(`API_TOKENS_FILE ${watched.path}: `);
    expect(error).toContain(message);
    expect(error).toContain('the tokens stay as they were. Allowed: lines name:sha256hex');
    expect(error).not.toContain('my-secret-token');
    expect(watched.lets('token-a')).toBe(true);
    expect(watched.lets('token-b')).toBe(false);
    expect(watched.removed).toStrictEqual([]);
    rmSync(watched.path, { recursive: true, force: true });
    writeFileSync(watched.path, `${A}\n`);
    await logged(watched, 'tokens read again: the same as before');
    rmSync(watched.path);
    await eventually(() => {
      expect(watched.log.messages('error')).toHaveLength(2);
    });
  });

  test('empty: nobody gets in any more, and nothing becomes open', async () => {
    const watched = startWatched(`${A}\n${B}\n`);
    writeFileSync(watched.path, '');
    await logged(watched, 'API_TOKENS_FILE holds no token: nobody gets in');
    expect(watched.removed).toStrictEqual(['a', 'b']);
    expect(watched.lets('token-a')).toBe(false);
    expect(watched.lets('')).toBe(false);
    expect(watched.access.check(requestFrom({ peer: '127.0.0.1' }))).toMatchObject({
      refusal: { code: 'unauthorized' },
    });
    writeFileSync(watched.path, B);
    await logged(watched, 'tokens read again: added b');
    expect(watched.lets('token-b')).toBe(true);
  });
});

test('what a file holds for a moment, while it is written, does not count', () => {
  jest.useFakeTimers();
  atEnd(() => {
    jest.useRealTimers();
  });
  const look = (): void => {
    jest.advanceTimersByTime(CHECK_MS);
  };
  const watched = startWatched(`${A}\n${B}\n`);
  look();
  look();
  for (const text of ['', `${A}\n`, `${A}\nb:12`]) {
    writeFileSync(watched.path, text);
    look();
  }
  writeFileSync(watched.path, `${A}\n${B}\n${lineOf('c', 'token-c')}\n`);
  look();
  expect(watched.log.lines).toStrictEqual([]);
  look();
  expect(watched.log.lines).toStrictEqual([{ level: 'info', message: 'tokens read again: added c' }]);
  expect(watched.removed).toStrictEqual([]);
});

test('a token that is removed right after the start is noticed too', () => {
  const watched = startWatched(`${A}\n${B}\n`);
  writeFileSync(watched.path, A);
  return logged(watched, 'tokens read again: removed b');
});

test('who no longer listens is told nothing', async () => {
  const watched = startWatched(`${A}\n${B}\n`);
  const revoked: string[] = [];
  const end = watched.access.onRevoked((revocation) => revoked.push(...namesIn(revocation)));
  end();
  writeFileSync(watched.path, A);
  await logged(watched, 'tokens read again: removed b');
  expect(watched.removed).toStrictEqual(['b']);
  expect(revoked).toStrictEqual([]);
});

test('after the stop the file is left alone', async () => {
  const watched = startWatched(`${A}\n`);
  watched.access.stop();
  writeFileSync(watched.path, B);
  await someLooks();
  expect(watched.log.lines).toStrictEqual([]);
  expect(watched.lets('token-a')).toBe(true);
});
