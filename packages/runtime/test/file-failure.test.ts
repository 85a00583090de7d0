import { writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { fileFailure } from '../src/file-failure.ts';

function failureAt(path: string): string {
  try {
    writeFileSync(path, 'x');
  } catch (error) {
    return fileFailure(error);
  }
  throw new Error(`${path} was written`);
}

test('a full disk is told in plain words', () => {
  expect(failureAt('/dev/full')).toBe('the disk is full (ENOSPC)');
  const quota = Object.assign(new Error('EDQUOT: disk quota exceeded, write'), { code: 'EDQUOT' });
  expect(fileFailure(quota)).toBe('the disk is full (EDQUOT)');
});

test('who may not is told as whom it runs, and what lets it', () => {
  const refused = Object.assign(new Error("EACCES: permission denied, open '/run/tokens'"), {
    code: 'EACCES',
  });
  expect(fileFailure(refused, 1000)).toBe(
    "EACCES: permission denied, open '/run/tokens'; this runs as user 1000, whom `chown 1000` gives the file",
  );
});

test('all else is told as the system says it', () => {
  expect(failureAt('/no/such/folder/file')).toMatch(/ENOENT: no such file or directory/);
  expect(fileFailure('a text')).toBe('a text');
});
