import { expect, test } from '@jest/globals';
import { parseArguments } from '../src/run.ts';

test.each([
  [[], { kind: 'run' }],
  [['--once'], { kind: 'once' }],
  [['--check-config', 'monitor.yml'], { kind: 'check', path: 'monitor.yml' }],
  [['--forget', 'old-1'], { kind: 'forget', subject: 'server', id: 'old-1' }],
  [['--forget-host', 'media-1'], { kind: 'forget', subject: 'host', id: 'media-1' }],
])('%j is understood', (args, task) => {
  expect(parseArguments(args)).toStrictEqual(task);
});

test.each([
  [['--twice']],
  [['--once', 'x']],
  [['x']],
  [['--forget']],
  [['--check-config']],
  [['--check-config', '']],
  [['--forget', '']],
  [['--forget', 'a', 'b']],
  [['--forget', 'a', '--once']],
])('%j is answered with how to use it', (args) => {
  expect(() => parseArguments(args)).toThrow('usage: main.js [--once | --check-config FILE');
});

test.each([
  [['--forget', 'streams'], 'server'],
  [['--forget-host', 'Media 1'], 'host'],
])('%j is answered with what is allowed', (args, kind) => {
  expect(() => parseArguments(args)).toThrow(`no ${kind} can be called "${args[1] ?? ''}"; allowed: 1 to 32`);
});
