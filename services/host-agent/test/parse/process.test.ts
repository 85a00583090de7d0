import { describe, expect, test } from '@jest/globals';
import { parseProcessStat, parseResidentBytes } from '../../src/parse/process.ts';
import { VIRTUAL_MACHINE } from '../support/virtual-machine.ts';

const FIELDS = 'S 1 812 812 0 -1 4194304 9120 0 12 0 150 50 0 0 20 0 7 0 12345 1 1';

describe('stat', () => {
  test('of MediaMTX', () => {
    expect(parseProcessStat(VIRTUAL_MACHINE['proc/2685/stat'] ?? '')).toEqual({
      name: 'mediamtx',
      cpuTicks: 1_560,
      threads: 9,
      startTicks: 1_566_896,
    });
  });

  test.each(['media mtx', 'a) S 1 (b', ')', '(', '', 'été 📹'])('of a process called %j', (name) => {
    expect(parseProcessStat(`812 (${name}) ${FIELDS}\n`)).toEqual({
      name,
      cpuTicks: 200,
      threads: 7,
      startTicks: 12_345,
    });
  });

  test.each(['Z', 'X'])('of one that has ended (%s) tells nothing', (state) => {
    expect(parseProcessStat(`812 (mediamtx) ${FIELDS.replace('S', state)}\n`)).toBeNull();
  });

  test('that breaks off leaves the rest unknown', () => {
    expect(parseProcessStat('812 (mediamtx) S 1 812')).toEqual({
      name: 'mediamtx',
      cpuTicks: null,
      threads: null,
      startTicks: null,
    });
  });

  test.each(['', '812', '812 mediamtx S 1', ') S ('])('%j tells nothing', (text) => {
    expect(parseProcessStat(text)).toBeNull();
  });
});

describe('memory', () => {
  test('is what the process occupies', () => {
    expect(parseResidentBytes(VIRTUAL_MACHINE['proc/2685/status'] ?? '')).toBe(47_188 * 1_024);
  });

  test.each(['', 'Name:\tkthreadd\nThreads:\t1\n', 'VmRSS:\t x kB\n'])('%j tells nothing', (text) => {
    expect(parseResidentBytes(text)).toBeNull();
  });
});
