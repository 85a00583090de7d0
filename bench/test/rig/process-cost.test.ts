import { expect, test } from '@jest/globals';
import { cpuMs, residentMb } from '../../src/rig/process-cost.ts';

test('a process that works takes processor time and memory', () => {
  const before = cpuMs(process.pid);
  while (cpuMs(process.pid) < before + 20) Math.random();
  expect(residentMb(process.pid)).toBeGreaterThan(10);
});

test('one that has ended is told', () => {
  expect(() => cpuMs(2 ** 30)).toThrow('process 1073741824 ended while it was measured');
});
