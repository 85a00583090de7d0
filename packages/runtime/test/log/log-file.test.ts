import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { LogFile } from '../../src/log/log-file.ts';
import { useTempDirectory } from '../support/temp-directory.ts';

const at = useTempDirectory();
const read = (name: string): string => readFileSync(at(name), 'utf8');

function logFile(name: string, maxBytes = 1_000): { stream: Writable; failures: string[] } {
  const failures: string[] = [];
  const stream = new LogFile({
    path: at(name),
    maxBytes,
    onFailure: (error) => failures.push(String(error)),
  });
  return { stream, failures };
}

describe('a log file', () => {
  test('holds what was written as soon as it was written', () => {
    const { stream, failures } = logFile('a.log');
    stream.write('one\n');
    stream.write('zwei — 📹\n');
    expect(read('a.log')).toBe('one\nzwei — 📹\n');
    expect(failures).toStrictEqual([]);
  });

  test('goes on where an earlier one ended, and makes its directories', () => {
    logFile('deep/er/a.log').stream.write('one\n');
    logFile('deep/er/a.log').stream.write('two\n');
    expect(read('deep/er/a.log')).toBe('one\ntwo\n');
  });

  test('comes back when it was removed', () => {
    const { stream, failures } = logFile('a.log');
    stream.write('one\n');
    rmSync(at('a.log'));
    stream.write('two\n');
    expect(read('a.log')).toBe('two\n');
    expect(failures).toStrictEqual([]);
  });
});

describe('a full log file', () => {
  test('is put aside, three files are kept, and no line is lost on the way', () => {
    const { stream } = logFile('a.log', 100);
    const lines = Array.from({ length: 40 }, (_, index) => `line ${String(index).padStart(4, '0')}\n`);
    for (const line of lines) stream.write(line);
    expect(readdirSync(at()).toSorted()).toStrictEqual(['a.log', 'a.log.1', 'a.log.2']);
    for (const name of readdirSync(at())) expect(statSync(at(name)).size).toBeLessThanOrEqual(100);
    const kept = read('a.log.2') + read('a.log.1') + read('a.log');
    expect(kept).toBe(lines.slice(-kept.length / 10).join(''));
    expect(kept.length).toBeGreaterThan(200);
  });

  test('is put aside too when it was full already at the start', () => {
    writeFileSync(at('a.log'), 'x'.repeat(200));
    logFile('a.log', 100).stream.write('new\n');
    expect(read('a.log')).toBe('new\n');
    expect(read('a.log.1')).toBe('x'.repeat(200));
  });

  test('is put aside once when two services share it', () => {
    const streams = [logFile('a.log', 100).stream, logFile('a.log', 100).stream];
    for (let index = 0; index < 16; index += 1) streams[index % 2]?.write(`line ${index % 10}...\n`);
    expect(readdirSync(at()).toSorted()).toStrictEqual(['a.log', 'a.log.1']);
  });

  test('takes a line that is longer than its limit, in a file of its own', () => {
    const { stream } = logFile('a.log', 100);
    stream.write(`${'x'.repeat(300)}\n`);
    stream.write('after\n');
    expect(read('a.log')).toBe('after\n');
    expect(read('a.log.1')).toHaveLength(301);
  });
});

describe('a log file that cannot be written', () => {
  test('tells it once and takes further lines without harm', () => {
    mkdirSync(at('a.log'));
    const { stream, failures } = logFile('a.log');
    for (let index = 0; index < 1_000; index += 1) stream.write('line\n');
    expect(failures).toStrictEqual([expect.stringContaining('EISDIR')]);
    expect(stream.writableLength).toBe(0);
  });

  test('is told below a file, where no directory can be', () => {
    writeFileSync(at('file'), '');
    const { stream, failures } = logFile('file/a.log');
    stream.write('line\n');
    expect(failures).toHaveLength(1);
    expect(read('file')).toBe('');
  });

  test('is written again as soon as it can be, and a new failure is told again', () => {
    mkdirSync(at('a.log'));
    const { stream, failures } = logFile('a.log');
    stream.write('lost\n');
    rmSync(at('a.log'), { recursive: true });
    stream.write('kept\n');
    expect(read('a.log')).toBe('kept\n');
    rmSync(at('a.log'));
    mkdirSync(at('a.log'));
    stream.write('lost\n');
    expect(failures).toHaveLength(2);
  });
});

test('a device is written to and never put aside', () => {
  const failures: string[] = [];
  const stream = new LogFile({ path: '/dev/null', maxBytes: 1, onFailure: () => failures.push('failed') });
  stream.write('one\n');
  stream.write('two\n');
  expect(failures).toStrictEqual([]);
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});
