import { describe, expect, test } from '@jest/globals';
import { parseStat } from '../../src/parse/stat.ts';
import { ARM_BOARD } from '../support/arm-board.ts';
import { VIRTUAL_MACHINE } from '../support/virtual-machine.ts';

const text = (tree: Readonly<Record<string, string>>): string => tree['proc/stat'] ?? '';

test('a virtual machine, whose host takes some of its time', () => {
  const { all, cores, bootedAtMs } = parseStat(text(VIRTUAL_MACHINE));
  expect(all).toEqual({
    user: 1_130_044,
    nice: 15_834,
    system: 157_524,
    idle: 1_552_902,
    iowait: 6_519,
    irq: 0,
    softirq: 10_042,
    steal: 43_221,
  });
  expect([...cores.keys()]).toEqual(['cpu0', 'cpu1']);
  expect(cores.get('cpu1')?.steal).toBe(21_325);
  expect(bootedAtMs).toBe(1_795_371_685_000);
});

test('a board with four cores', () => {
  const { all, cores } = parseStat(text(ARM_BOARD));
  expect(all).toMatchObject({ user: 48_210, steal: 0 });
  expect(cores.size).toBe(4);
});

describe('columns that old kernels don’t have are unknown', () => {
  test.each([
    ['2.4', 'cpu  10 20 30 40', { iowait: null, irq: null, softirq: null, steal: null }],
    ['2.6.0', 'cpu  10 20 30 40 5 6 7', { iowait: 5, irq: 6, softirq: 7, steal: null }],
    ['2.6.11', 'cpu  10 20 30 40 5 6 7 8', { iowait: 5, irq: 6, softirq: 7, steal: 8 }],
    ['2.6.33', 'cpu  10 20 30 40 5 6 7 8 9 1', { iowait: 5, irq: 6, softirq: 7, steal: 8 }],
  ])('%s', (_kernel, line, rest) => {
    expect(parseStat(`${line}\n`).all).toEqual({ user: 10, nice: 20, system: 30, idle: 40, ...rest });
  });
});

test('cores that are switched off are left out, and the others keep their names', () => {
  const { cores } = parseStat('cpu  2 0 0 0\ncpu0 1 0 0 0\ncpu12 1 0 0 0\n');
  expect([...cores.keys()]).toEqual(['cpu0', 'cpu12']);
});

test('counters beyond 2^53 are read as well as numbers can be', () => {
  const { all } = parseStat('cpu  18446744073709551615 0 0 1\n');
  expect(all?.user).toBe(2 ** 64);
});

test.each([
  ['nothing', ''],
  ['no line of all cores', 'intr 1 2 3\n'],
  ['too few columns', 'cpu  1 2 3\n'],
  ['something else in a column', 'cpu  1 2 x 4\n'],
  ['a negative number', 'cpu  1 2 -3 4\n'],
  ['binary', '\u0000\u0001\u0002'],
])('%s tells nothing', (_what, stat) => {
  expect(parseStat(stat)).toEqual({ all: null, cores: new Map(), bootedAtMs: null });
});

test('a strange btime is unknown, and the rest isn’t', () => {
  expect(parseStat('cpu  1 2 3 4\nbtime soon\n')).toMatchObject({ all: { user: 1 }, bootedAtMs: null });
});
