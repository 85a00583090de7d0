import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const ENV = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

let folder = '';
const clone = (): string => join(folder, 'clone');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'version-test-'));
  for (const name of ['docs', 'packages', 'scripts', 'services', 'systemd']) {
    mkdirSync(join(clone(), name), { recursive: true });
  }
  for (const name of ['scripts/version.sh', 'scripts/revision', '.gitattributes']) {
    cpSync(join(PROJECT, name), join(clone(), name));
  }
  writeFileSync(
    join(clone(), 'package.json'),
    '{\n  "name": "x",\n  "version": "7.8.9",\n  "private": true\n}\n',
  );
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function run(command: string, args: readonly string[], cwd = clone()): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env: ENV, encoding: 'utf8' });
  expect({ command, args, status, stderr: status === 0 ? '' : stderr }).toStrictEqual({
    command,
    args,
    status: 0,
    stderr: '',
  });
  return stdout.trim();
}
const git = (...args: string[]): string => run('git', args);
const version = (place = clone()): string => run(join(place, 'scripts/version.sh'), []);
function commit(): string {
  appendFileSync(join(clone(), 'docs/page.md'), 'a line\n');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'a change');
  return git('rev-parse', 'HEAD').slice(0, 10);
}
const change = (): void => {
  appendFileSync(join(clone(), 'docs/page.md'), 'not committed\n');
};

describe('in a clone', () => {
  beforeEach(() => {
    git('init', '--quiet');
  });

  test('each commit has a version of its own, and the one with the tag has the bare one', () => {
    const first = commit();
    expect(version()).toBe(`7.8.9-1-g${first}`);
    git('tag', 'v7.8.9');
    expect(version()).toBe('7.8.9');
    const second = commit();
    expect(version()).toBe(`7.8.9-1-g${second}`);
  });

  test('the tag of another version does not count', () => {
    const first = commit();
    git('tag', 'v7.8.8');
    git('tag', 'v7.8.90');
    expect(version()).toBe(`7.8.9-0-g${first}`);
  });

  test('what is changed or new is told, also where the tag is', () => {
    const first = commit();
    git('tag', 'v7.8.9');
    writeFileSync(join(clone(), 'packages/new.ts'), '');
    expect(version()).toBe(`7.8.9-0-g${first}-dirty`);
    rmSync(join(clone(), 'packages/new.ts'));
    expect(version()).toBe('7.8.9');
    change();
    expect(version()).toBe(`7.8.9-0-g${first}-dirty`);
  });
});

describe('without git', () => {
  /** The sources as `git archive` hands them out, which is what GitHub does. */
  function unpackArchive(): string {
    const place = join(folder, 'unpacked');
    mkdirSync(place);
    git('archive', '--output', join(folder, 'archive.tar'), 'HEAD');
    run('tar', ['-xf', join(folder, 'archive.tar'), '-C', place]);
    return place;
  }

  test('an archive of a commit knows which one it is of, or which version', () => {
    git('init', '--quiet');
    const first = commit();
    expect(version(unpackArchive())).toBe(`7.8.9-g${first}`);
    rmSync(join(folder, 'unpacked'), { recursive: true });
    git('tag', 'v7.8.9');
    expect(version(unpackArchive())).toBe('7.8.9');
  });

  test('copied files are told by what is in them', () => {
    const before = version();
    expect(before).toMatch(/^7\.8\.9-src-[0-9a-f]{10}$/);
    expect(version()).toBe(before);
    change();
    expect(version()).toMatch(/^7\.8\.9-src-/);
    expect(version()).not.toBe(before);
  });

  test('the git of a folder around it is not asked', () => {
    run('git', ['init', '--quiet'], folder);
    run('git', ['commit', '--quiet', '--allow-empty', '--message', 'not ours'], folder);
    expect(version()).toMatch(/^7\.8\.9-src-/);
  });
});
