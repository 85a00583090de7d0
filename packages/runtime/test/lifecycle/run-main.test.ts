import { describe, expect, test } from '@jest/globals';
import { EXIT_CODES } from '@mediamtx-monitor/types';
import { describeFailure, runMain, StartError } from '../../src/lifecycle/run-main.ts';
import { SettingsError } from '../../src/settings/settings-error.ts';

const wrongSettings = new SettingsError(['API_PORT is "x"; allowed: a port', 'LOG_LEVEL is "y"; allowed: z']);

describe('describeFailure', () => {
  test('gives wrong settings one line each and an exit code of their own', () => {
    expect(describeFailure('api', wrongSettings)).toStrictEqual({
      lines: ['api: API_PORT is "x"; allowed: a port', 'api: LOG_LEVEL is "y"; allowed: z'],
      exitCode: EXIT_CODES.wrongSetting,
    });
  });

  test('gives a failed start its sentence, without a stack', () => {
    const error = new StartError('not-listening', '127.0.0.1:8000 is in use by another program');
    expect(error).toMatchObject({ name: 'StartError', code: 'not-listening' });
    expect(describeFailure('api', error)).toStrictEqual({
      lines: ['api: 127.0.0.1:8000 is in use by another program'],
      exitCode: EXIT_CODES.failed,
    });
  });

  test('gives anything unexpected with its stack', () => {
    const { lines, exitCode } = describeFailure('api', new TypeError('x is not a function'));
    expect(exitCode).toBe(EXIT_CODES.failed);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^api: TypeError: x is not a function\n\s+at .*run-main\.test\.ts/);
  });

  test('without a secret that the failure repeats, and with all of the stack', () => {
    const failure = new TypeError('redis://api:geheim@redis is none,\nnor is password: geheim');
    const [line = ''] = describeFailure('api', failure).lines;
    expect(line).toMatch(
      /^api: TypeError: redis:\/\/\(removed\)@redis is none,\nnor is password: \(removed\)\n {4}at /,
    );
    expect(line.split('\n').slice(2)).toStrictEqual((failure.stack ?? '').split('\n').slice(2));
  });

  test('takes what is no error at all', () => {
    expect(describeFailure('api', 'out of luck').lines).toStrictEqual(['api: out of luck']);
    expect(describeFailure('api', undefined).lines).toStrictEqual(['api: undefined']);
  });
});

describe('runMain', () => {
  async function run(main: () => Promise<number>): Promise<{ exitCode: unknown; printed: string }> {
    let printed = '';
    const fake = {
      env: {},
      exitCode: undefined,
      stderr: { write: (text: string) => (printed += text) },
    };
    await runMain('collector', main, fake as unknown as NodeJS.Process);
    return { exitCode: fake.exitCode, printed };
  }

  test('hands the exit code on and prints nothing', async () => {
    expect(await run(() => Promise.resolve(EXIT_CODES.done))).toStrictEqual({ exitCode: 0, printed: '' });
    expect(await run(() => Promise.resolve(EXIT_CODES.fileNotWritten))).toStrictEqual({
      exitCode: 4,
      printed: '',
    });
  });

  test('prints a failure to standard error, a line each', async () => {
    expect(await run(() => Promise.reject(wrongSettings))).toStrictEqual({
      exitCode: EXIT_CODES.wrongSetting,
      printed: 'collector: API_PORT is "x"; allowed: a port\ncollector: LOG_LEVEL is "y"; allowed: z\n',
    });
    expect(await run(() => Promise.reject(new StartError('usage', 'usage: main.js [--once]')))).toStrictEqual(
      {
        exitCode: EXIT_CODES.failed,
        printed: 'collector: usage: main.js [--once]\n',
      },
    );
  });

  test('catches what main throws before it returns a promise', async () => {
    const main = (): Promise<number> => {
      throw new StartError('broken', 'broken from the start');
    };
    expect(await run(main)).toStrictEqual({ exitCode: 1, printed: 'collector: broken from the start\n' });
  });
});
