import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createFakeClock } from '@mediamtx-monitor/testkit';
import { createProcessReader } from '../../src/read/processes.ts';
import { growTree, type GrownTree, type Tree } from '../support/tree.ts';

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

const reader = () => createProcessReader(join(tree.root, 'proc'), clock.monotonicMs);
const pidsOf = (read: ReturnType<typeof reader>): number[] | undefined => read()?.map(({ pid }) => pid);

test('finds MediaMTX and nothing else', () => {
  expect(reader()()).toEqual([
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
  expect(pidsOf(reader())).toEqual([20, 21, 4_000_000]);
  for (const pid of [20, 21, 4_000_000]) tree.cut(`proc/${pid}`);
  expect(reader()()).toEqual([]);
});

test('looks for new ones once a minute', () => {
  const read = reader();
  expect(pidsOf(read)).toEqual([20]);
  tree.write(processOf(21));
  clock.advance(59_999);
  expect(pidsOf(read)).toEqual([20]);
  clock.advance(1);
  expect(pidsOf(read)).toEqual([20, 21]);
});

test('looks for another one as soon as one is gone', () => {
  const read = reader();
  expect(pidsOf(read)).toEqual([20]);
  tree.cut('proc/20');
  tree.write(processOf(44));
  expect(pidsOf(read)).toEqual([44]);
  tree.cut('proc/44');
  expect(pidsOf(read)).toEqual([]);
});

test('a pid that is another’s by now is left out', () => {
  const read = reader();
  read();
  tree.write(processOf(20, 900, 'bash'));
  expect(read()).toEqual([]);
});

test('what a process doesn’t show is unknown', () => {
  tree.cut('proc/20/status');
  tree.cut('proc/20/fd');
  expect(reader()()).toMatchObject([{ pid: 20, cpuTicks: 200, memoryBytes: null, openFiles: null }]);
});

test('where the first process is hidden others may be too, so nothing is known', () => {
  tree.cut('proc/1');
  expect(reader()()).toBeNull();
  tree.cut('proc');
  expect(reader()()).toBeNull();
});
