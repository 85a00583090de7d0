import { describe, expect, test } from '@jest/globals';
import { deriveCpu } from '../../src/derive/cpu.ts';
import { parseStat } from '../../src/parse/stat.ts';

const derive = (before: string, now: string) => deriveCpu(parseStat(before), parseStat(now));
const UNKNOWN = {
  percent: null,
  userPercent: null,
  systemPercent: null,
  iowaitPercent: null,
  stealPercent: null,
};

test('shares of the time since the look before', () => {
  //        user nice sys idle iowait irq softirq steal
  const before = 'cpu  1000 100 500 8000 200 10 20 70 0 0\n';
  const now = 'cpu  1300 110 580 8480 250 12 28 140 0 0\n';
  // 300+10 user, 80+2+8 system, 480 idle, 50 iowait, 70 steal: 1000 in all.
  expect(derive(before, now)).toEqual({
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
    expect(deriveCpu(null, parseStat('cpu  1 1 1 1\ncpu0 1 1 1 1\n'))).toEqual({
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
