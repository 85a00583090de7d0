import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFakeClock } from '@mediamtx-monitor/testkit';
import { HostFiles } from '../src/files.ts';
import { deriveProcess, parseProcessStat, parseResidentBytes, ProcessReader } from '../src/processes.ts';
import { processFacts } from './support/observations.ts';
import { growTree, type GrownTree, type Tree } from './support/tree.ts';
import { VIRTUAL_MACHINE } from './support/virtual-machine.ts';

describe('the reader', () => {
  const processOf = (pid: number, startTicks = 100, name = 'mediamtx'): Tree => ({
    [`proc/${pid}/comm`]: `${name}\n`,
    [`proc/${pid}/stat`]: `${pid} (${name}) S 1 1 1 0 -1 0 0 0 0 0 150 50 0 0 20 0 7 0 ${startTicks} 1 1\n`,
    [`proc/${pid}/status`]: `VmRSS:\t    1000 kB\n`,
    [`proc/${pid}/fd/0`]: '',
  });
  const INIT = processOf(1, 0, 'init');

  const clock = createFakeClock();
  let tree: GrownTree;
  beforeEach(() => {
    tree = growTree({ ...INIT, ...processOf(20), ...processOf(300, 5, 'nginx'), 'proc/self/comm': 'node\n' });
  });
  afterEach(() => {
    tree.fell();
  });

  const reader = (): ProcessReader => new ProcessReader(new HostFiles(tree.root), clock.monotonicMs);
  const pidsOf = (processes: ProcessReader): number[] | undefined => processes.read()?.map(({ pid }) => pid);

  test('finds MediaMTX and nothing else', () => {
    expect(reader().read()).toStrictEqual([
      {
        pid: 20,
        cpuTicks: 200,
        startTicks: 100,
        threads: 7,
        memoryBytes: 1_024_000,
        openFiles: expect.any(Number),
      },
    ]);
  });

  test('finds all of them, and knows when there is none', () => {
    tree.write({ ...processOf(21), ...processOf(4_000_000) });
    expect(pidsOf(reader())).toStrictEqual([20, 21, 4_000_000]);
    for (const pid of [20, 21, 4_000_000]) tree.cut(`proc/${pid}`);
    expect(reader().read()).toStrictEqual([]);
  });

  test('looks for new ones once a minute', () => {
    const processes = reader();
    expect(pidsOf(processes)).toStrictEqual([20]);
    tree.write(processOf(21));
    clock.advance(59_999);
    expect(pidsOf(processes)).toStrictEqual([20]);
    clock.advance(1);
    expect(pidsOf(processes)).toStrictEqual([20, 21]);
  });

  test('looks for another one as soon as one is gone', () => {
    const processes = reader();
    expect(pidsOf(processes)).toStrictEqual([20]);
    tree.cut('proc/20');
    tree.write(processOf(44));
    expect(pidsOf(processes)).toStrictEqual([44]);
    tree.cut('proc/44');
    expect(pidsOf(processes)).toStrictEqual([]);
  });

  test('a pid that is another’s by now is left out', () => {
    const processes = reader();
    processes.read();
    tree.write(processOf(20, 900, 'bash'));
    expect(processes.read()).toStrictEqual([]);
  });

  test('what a process doesn’t show is unknown', () => {
    tree.cut('proc/20/status');
    tree.cut('proc/20/fd');
    expect(reader().read()).toMatchObject([{ pid: 20, cpuTicks: 200, memoryBytes: null, openFiles: null }]);
  });

  test('where the first process is hidden others may be too, so nothing is known', () => {
    tree.cut('proc/1');
    expect(reader().read()).toBeNull();
    tree.cut('proc');
    expect(reader().read()).toBeNull();
  });
});

const FIELDS = 'S 1 812 812 0 -1 4194304 9120 0 12 0 150 50 0 0 20 0 7 0 12345 1 1';

describe('stat', () => {
  test('of MediaMTX', () => {
    expect(parseProcessStat(VIRTUAL_MACHINE['proc/2685/stat'] ?? '')).toStrictEqual({
      name: 'mediamtx',
      cpuTicks: 1_560,
      threads: 9,
      startTicks: 1_566_896,
    });
  });

  test.each(['media mtx', 'a) S 1 (b', ')', '(', '', 'été 📹'])('of a process called %j', (name) => {
    expect(parseProcessStat(`812 (${name}) ${FIELDS}\n`)).toStrictEqual({
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
    expect(parseProcessStat('812 (mediamtx) S 1 812')).toStrictEqual({
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

describe('what is shown', () => {
  const BOOTED_AT_MS = Date.parse('2026-01-01T00:00:00Z');
  const ELAPSED_MS = 5_000;

  test('processor time in percent of one core, and when it was started', () => {
    const before = processFacts({ cpuTicks: 100 });
    const now = processFacts({ cpuTicks: 1_350 });
    expect(deriveProcess([before], now, ELAPSED_MS, BOOTED_AT_MS)).toStrictEqual({
      pid: 812,
      startedAt: '2026-01-01T00:02:03.450Z',
      cpuPercent: 250,
      memoryBytes: 48_000_000,
      threads: 9,
      openFiles: 28,
    });
  });

  test.each([
    ['at the first look', null],
    ['of a process that wasn’t there before', [processFacts({ pid: 7 })]],
    ['of another that has its pid now', [processFacts({ startTicks: 1 })]],
    ['of a count that fell', [processFacts({ cpuTicks: 900 })]],
    ['of a count that was unknown', [processFacts({ cpuTicks: null })]],
  ])('processor time is unknown %s', (_when, before) => {
    const now = processFacts({ cpuTicks: 500 });
    expect(deriveProcess(before, now, ELAPSED_MS, BOOTED_AT_MS).cpuPercent).toBeNull();
  });

  test('the start is unknown where that of the machine is, and where it can’t be', () => {
    expect(deriveProcess(null, processFacts(), 0, null).startedAt).toBeNull();
    expect(deriveProcess(null, processFacts({ startTicks: 1e17 }), 0, BOOTED_AT_MS).startedAt).toBeNull();
  });
});
