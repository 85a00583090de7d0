import { spawnSync } from 'node:child_process';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { JsonFileError, writeJsonFile } from '../../src/publish/index.ts';

const userId = process.getuid?.();
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'json-file-'));
  file = join(folder, 'streams.json');
});
afterEach(async () => {
  await chmod(folder, 0o755);
  await rm(folder, { recursive: true });
});

test('writes the file, replaces it, and leaves nothing else behind', async () => {
  await writeJsonFile(file, '[1]', userId);
  await writeJsonFile(file, '[2]', userId);
  expect(await readFile(file, 'utf8')).toBe('[2]');
  expect(await readdir(folder)).toStrictEqual(['streams.json']);
  expect((await lstat(file)).mode & 0o777).toBe(0o644);
});

test('a reader that has the old file open keeps it whole', async () => {
  await writeJsonFile(file, '[1]', userId);
  const before = (await lstat(file)).ino;
  await writeJsonFile(file, '[2]', userId);
  expect((await lstat(file)).ino).not.toBe(before);
});

test('a link is replaced, not followed', async () => {
  const target = join(folder, 'precious');
  await writeFile(target, 'untouched');
  await symlink(target, file);
  await writeJsonFile(file, '[1]', userId);
  expect(await readFile(target, 'utf8')).toBe('untouched');
  expect((await lstat(file)).isSymbolicLink()).toBe(false);
});

test('a file of another user stays theirs', async () => {
  await writeFile(file, 'theirs');
  const someoneElse = (userId ?? 0) + 1;
  await expect(writeJsonFile(file, '[1]', someoneElse)).rejects.toThrow(/belongs to another user.*JSON_FILE/);
  expect(await readFile(file, 'utf8')).toBe('theirs');
});

test('a folder that isn’t there is a clear error', async () => {
  const writing = writeJsonFile(join(folder, 'no', 'such.json'), '[]', userId);
  await expect(writing).rejects.toThrow(JsonFileError);
  await expect(writing).rejects.toThrow(/can't be written: .*ENOENT.*JSON_FILE/);
});

/** Mounts a file system of 64 kB at `path`, which takes root; whether that could be done. */
function mountSmall(path: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path]).status === 0;
}

test('a full disk is one clear sentence, and the old file stays', async () => {
  if (!mountSmall(folder)) {
    process.stderr.write('skipped: a full disk, since only root may mount a small one\n');
    return;
  }
  try {
    await writeJsonFile(file, '[1]', userId);
    await expect(writeJsonFile(file, ' '.repeat(100_000), userId)).rejects.toThrow(
      `JSON file ${file} can't be written: the disk is full (ENOSPC); mend that, or choose another with JSON_FILE`,
    );
    expect(await readFile(file, 'utf8')).toBe('[1]');
    expect(await readdir(folder)).toStrictEqual(['streams.json']);
  } finally {
    spawnSync('umount', [folder]);
  }
});

test('a folder in the file’s place is a clear error, and nothing is left behind', async () => {
  await mkdir(join(file, 'sub'), { recursive: true });
  await expect(writeJsonFile(file, '[]', userId)).rejects.toThrow(JsonFileError);
  expect(await readdir(folder)).toStrictEqual(['streams.json']);
});
