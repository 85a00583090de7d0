import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { createLogger, type Logger, type LoggerOptions } from '../../src/log/logger.ts';
import { captureStdout, type CapturedStdout } from '../support/captured-stdout.ts';
import { useTempDirectory } from '../support/temp-directory.ts';

const at = useTempDirectory();
let stdout: CapturedStdout;
beforeEach(() => {
  stdout = captureStdout();
});
afterEach(() => {
  stdout.end();
});

const DEFAULTS = { LOG_LEVEL: 'info', LOG_FORMAT: 'auto', LOG_FILE: undefined, LOG_FILE_MAX_MB: 1 } as const;

const logger = (settings: Partial<LoggerOptions['settings']> = {}, isTerminal = false): Logger =>
  createLogger({ service: 'collector', settings: { ...DEFAULTS, ...settings }, isTerminal });

const json = (line: string | undefined): unknown => JSON.parse(line ?? '');

describe('the form of a line', () => {
  const TEXT = /^\d\d:\d\d:\d\d\.\d{3} \[collector\] polled streams=12$/;

  test.each([
    ['text', false],
    ['text', true],
    ['auto', true],
  ] as const)('is for people with LOG_FORMAT=%s and a terminal: %j', (LOG_FORMAT, isTerminal) => {
    logger({ LOG_FORMAT }, isTerminal).info('polled', { streams: 12 });
    expect(stdout.lines).toStrictEqual([expect.stringMatching(TEXT)]);
  });

  test.each([
    ['json', false],
    ['json', true],
    ['auto', false],
  ] as const)('is JSON with LOG_FORMAT=%s and a terminal: %j', (LOG_FORMAT, isTerminal) => {
    logger({ LOG_FORMAT }, isTerminal).warn('slow', { streams: 12 });
    expect(stdout.lines).toHaveLength(1);
    expect(json(stdout.lines[0])).toStrictEqual({
      level: 'warn',
      message: 'slow',
      service: 'collector',
      streams: 12,
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  test('is one line of JSON, whatever a stream is called', () => {
    logger().info('online', { stream: 'a\nb" 📹' });
    expect(stdout.lines).toHaveLength(1);
    expect(json(stdout.lines[0])).toMatchObject({ stream: 'a\nb" 📹' });
  });
});

test('fields hold what others said: no secret of theirs is logged, in any form', () => {
  const error = 'TypeError: redis://api:geheim@redis:6379 is none';
  for (const LOG_FORMAT of ['text', 'json'] as const) {
    logger({ LOG_FORMAT }).error('metrics could not be made', { error, status: 'down', count: 2 });
  }
  expect(stdout.lines).toHaveLength(2);
  for (const line of stdout.lines) {
    expect(line).toContain('TypeError: redis://(removed)@redis:6379 is none');
    expect(line).toContain('down');
    expect(line).not.toContain('geheim');
  }
});

describe('LOG_LEVEL', () => {
  test.each([
    ['error', ['error']],
    ['warn', ['error', 'warn']],
    ['info', ['error', 'warn', 'info']],
    ['debug', ['error', 'warn', 'info', 'debug']],
  ] as const)('%s lets pass %j', (LOG_LEVEL, passed) => {
    const log = logger({ LOG_LEVEL });
    for (const level of ['error', 'warn', 'info', 'debug'] as const) log[level](`a ${level}`);
    expect(stdout.lines.map((line) => (json(line) as { level: string }).level)).toStrictEqual(passed);
  });
});

describe('LOG_FILE', () => {
  test('gets the same lines as standard output, of the same level', async () => {
    const log = logger({ LOG_FILE: at('logs/a.log'), LOG_FORMAT: 'text' });
    log.info('one', { a: 1 });
    log.debug('too fine');
    log.error('two');
    await eventually(() => {
      expect(readFileSync(at('logs/a.log'), 'utf8').trimEnd().split('\n')).toStrictEqual(stdout.lines);
    });
    expect(stdout.lines).toHaveLength(2);
  });

  test('is put aside at LOG_FILE_MAX_MB, and loses no line', async () => {
    const log = logger({ LOG_FILE: at('a.log') });
    const filler = 'x'.repeat(10_000);
    for (let index = 0; index < 150; index += 1) log.info(`line ${index}`, { filler });
    await eventually(() => {
      expect(readFileSync(at('a.log'), 'utf8')).toContain('line 149');
    });
    expect(readdirSync(at()).toSorted()).toStrictEqual(['a.log', 'a.log.1']);
    expect(statSync(at('a.log.1')).size).toBeLessThanOrEqual(1_000_000);
    expect(statSync(at('a.log.1')).size).toBeGreaterThan(900_000);
    const lines = `${readFileSync(at('a.log.1'), 'utf8')}${readFileSync(at('a.log'), 'utf8')}`;
    expect(lines.trimEnd().split('\n')).toStrictEqual(stdout.lines);
    expect(stdout.lines).toHaveLength(150);
  });

  test.each([
    ['is a directory', 'directory', 'EISDIR'],
    ['lies below a file', 'file/a.log', ''],
  ])('that %s is a logged error, and logging goes on', async (_what, path, reason) => {
    mkdirSync(at('directory'));
    writeFileSync(at('file'), '');
    const log = logger({ LOG_FILE: at(path), LOG_FORMAT: 'text' });
    for (let index = 0; index < 300; index += 1) log.info(`line ${index} ${'x'.repeat(200)}`);
    await eventually(() => {
      expect(stdout.lines.filter((line) => line.includes(' ERROR '))).toHaveLength(1);
      expect(stdout.lines.filter((line) => / line \d+ /.test(line))).toHaveLength(300);
    });
    const error = stdout.lines.find((line) => line.includes(' ERROR '));
    expect(error).toContain(`LOG_FILE ${at(path)} can't be written`);
    expect(error).toContain(reason);
  });

  test('on a full disk is one clear sentence, and logging goes on', async () => {
    const log = logger({ LOG_FILE: '/dev/full', LOG_FORMAT: 'text' });
    for (let index = 0; index < 3; index += 1) log.info(`line ${index}`);
    await eventually(() => {
      expect(stdout.lines).toHaveLength(4);
    });
    expect(stdout.lines.filter((line) => line.includes(' ERROR '))).toStrictEqual([
      expect.stringMatching(
        /LOG_FILE \/dev\/full can't be written: the disk is full \(ENOSPC\); lines are missing there until it can$/,
      ),
    ]);
  });
});
