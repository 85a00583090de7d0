import { describe, expect, test } from '@jest/globals';
import { SettingsError } from '@mediamtx-monitor/runtime';
import { readArguments, USAGE } from '../../src/capture/arguments.ts';

const DEFAULTS = { help: false, output: null, compact: false, samples: 2, intervalSeconds: 2 };

test.each([
  [[], {}],
  [['-o', 'x.json', '-c'], { output: 'x.json', compact: true }],
  [
    ['--output=x.json', '--samples', '30', '--interval', '10'],
    { output: 'x.json', samples: 30, intervalSeconds: 10 },
  ],
  [['-n', '1', '-i', '600'], { samples: 1, intervalSeconds: 600 }],
  [['--help'], { help: true }],
])('%j', (args, expected) => {
  expect(readArguments(args)).toStrictEqual({ ...DEFAULTS, ...expected });
});

describe('what isn’t allowed is told in a sentence', () => {
  test.each([
    [['--samples', '0'], '--samples is "0"; allowed: a whole number from 1 to 100'],
    [['--samples', '101'], '--samples is "101"; allowed: a whole number from 1 to 100'],
    [['--samples', '2.5'], '--samples is "2.5"; allowed: a whole number from 1 to 100'],
    [['-i', '1e2'], '--interval is "1e2"; allowed: a whole number from 1 to 600'],
    [['--what'], "Unknown option '--what'; --help shows what is allowed"],
    [['x.json'], "Unexpected argument 'x.json'; --help shows what is allowed"],
  ])('%j', (args, message) => {
    const reading = (): unknown => readArguments(args);
    expect(reading).toThrow(SettingsError);
    expect(reading).toThrow(message);
  });

  test('an option without its value', () => {
    expect(() => readArguments(['--output'])).toThrow(/--output.*--help shows what is allowed/);
  });
});

test('the usage tells every option', () => {
  for (const option of ['output', 'samples', 'interval', 'compact', 'help'])
    expect(USAGE).toContain(`--${option}`);
});
