import { describe, expect, test } from '@jest/globals';
import { deriveCpu, parseLoad, parseStat } from '../src/cpu.ts';
import { ARM_BOARD } from './support/arm-board.ts';
import type { Tree } from './support/tree.ts';
import { VIRTUAL_MACHINE } from './support/virtual-machine.ts';

const statOf = (tree: Tree): string => tree['proc/stat'] ?? '';
const derive = (before: string, now: string) => deriveCpu(parseStat(before), parseStat(now));
const UNKNOWN = {
  percent: null,
  userPercent: null,
  systemPercent: null,
  iowaitPercent: null,
  stealPercent: null,
};

describe('what is read', () => {
  test('a virtual machine, whose host takes some of its time', () => {
    const { all, cores, bootedAtMs } = parseStat(statOf(VIRTUAL_MACHINE));
    expect(all).toStrictEqual({
      user: 1_130_044,
      nice: 15_834,
      system: 157_524,
      idle: 1_552_902,
      iowait: 6_519,
      irq: 0,
      softirq: 10_042,
      steal: 43_221,
    });
    expect([...cores.keys()]).toStrictEqual(['cpu0', 'cpu1']);
    expect(cores.get('cpu1')?.steal).toBe(21_325);
    expect(bootedAtMs).toBe(1_795_371_685_000);
  });

  test('a board with four cores', () => {
    const { all, cores } = parseStat(statOf(ARM_BOARD));
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
      expect(parseStat(`${line}\n`).all).toStrictEqual({ user: 10, nice: 20, system: 30, idle: 40, ...rest });
    });
  });

  test('cores that are switched off are left out, and the others keep their names', () => {
    const { cores } = parseStat('cpu  2 0 0 0\ncpu0 1 0 0 0\ncpu12 1 0 0 0\n');
    expect([...cores.keys()]).toStrictEqual(['cpu0', 'cpu12']);
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
    expect(parseStat(stat)).toStrictEqual({ all: null, cores: new Map(), bootedAtMs: null });
  });

  test('a strange btime is unknown, and the rest isn’t', () => {
    expect(parseStat('cpu  1 2 3 4\nbtime soon\n')).toMatchObject({ all: { user: 1 }, bootedAtMs: null });
  });
});

describe('shares', () => {
  test('shares of the time since the look before', () => {
    //        user nice sys idle iowait irq softirq steal
    const before = 'cpu  1000 100 500 8000 200 10 20 70 0 0\n';
    const now = 'cpu  1300 110 580 8480 250 12 28 140 0 0\n';
    // 300+10 user, 80+2+8 system, 480 idle, 50 iowait, 70 steal: 1000 in all.
    expect(derive(before, now)).toStrictEqual({
      cores: null,
      percent: 47,
      userPercent: 31,
      systemPercent: 9,
      iowaitPercent: 5,
      stealPercent: 7,
      corePercents: null,
    });
  });

  test('each core by itself', () => {
    const cpu = derive(
      'cpu  0 0 0 0\ncpu0 100 0 0 100\ncpu1 0 0 0 100\n',
      'cpu  0 0 0 0\ncpu0 150 0 0 150\ncpu1 0 0 0 200\n',
    );
    expect(cpu).toMatchObject({ cores: 2, corePercents: [50, 0] });
  });

  test('a core that was switched on since is unknown', () => {
    const cpu = derive('cpu0 100 0 0 100\n', 'cpu0 200 0 0 100\ncpu1 50 0 0 50\n');
    expect(cpu).toMatchObject({ cores: 2, corePercents: [100, null] });
  });

  test('guests are in the time of programs already', () => {
    const cpu = derive('cpu  0 0 0 0 0 0 0 0 0 0\n', 'cpu  50 0 0 50 0 0 0 0 50 0\n');
    expect(cpu).toMatchObject({ percent: 50, userPercent: 50 });
  });

  test('kinds that the kernel doesn’t tell are unknown, the others aren’t', () => {
    expect(derive('cpu  0 0 0 0\n', 'cpu  30 0 20 50\n')).toMatchObject({
      percent: 50,
      userPercent: 30,
      systemPercent: 20,
      iowaitPercent: null,
      stealPercent: null,
    });
  });

  describe('unknown', () => {
    test('is all at the first look, but the number of cores', () => {
      expect(deriveCpu(null, parseStat('cpu  1 1 1 1\ncpu0 1 1 1 1\n'))).toStrictEqual({
        ...UNKNOWN,
        cores: 1,
        corePercents: [null],
      });
    });

    test.each([
      ['the look before failed', '', 'cpu  1 1 1 1\n'],
      ['this look failed', 'cpu  1 1 1 1\n', ''],
      ['no time has passed', 'cpu  1 1 1 1 1 1 1 1\n', 'cpu  1 1 1 1 1 1 1 1\n'],
      ['all counters began anew', 'cpu  900 9 90 900 9 9 9 9\n', 'cpu  1 1 1 1 1 1 1 1\n'],
    ])('is all when %s', (_why, before, now) => {
      expect(derive(before, now)).toMatchObject(UNKNOWN);
    });

    test('is the wait for disks when its count fell, and nothing else', () => {
      expect(derive('cpu  0 0 0 0 100 0 0 0\n', 'cpu  50 0 0 60 90 0 0 0\n')).toMatchObject({
        percent: 50,
        userPercent: 50,
        iowaitPercent: null,
      });
    });

    test('is what would be more than all', () => {
      expect(derive('cpu  0 0 0 100\n', 'cpu  50 0 0 90\n')).toMatchObject({
        percent: null,
        userPercent: null,
        systemPercent: 0,
      });
    });
  });
});

describe('load', () => {
  test('is the first three numbers', () => {
    expect(parseLoad('2.95 4.55 4.96 6/212 27204\n')).toStrictEqual({
      load1: 2.95,
      load5: 4.55,
      load15: 4.96,
    });
    expect(parseLoad('0.00 0.01 1024.50 1/1 1')).toStrictEqual({ load1: 0, load5: 0.01, load15: 1024.5 });
  });

  test.each(['', '\n', 'a b c', '-1 -2 -3'])('%j tells nothing', (text) => {
    expect(parseLoad(text)).toStrictEqual({ load1: null, load5: null, load15: null });
  });

  test('what is there is told even if the rest isn’t', () => {
    expect(parseLoad('1.5')).toStrictEqual({ load1: 1.5, load5: null, load15: null });
  });
});
