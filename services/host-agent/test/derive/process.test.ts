import { expect, test } from '@jest/globals';
import { deriveProcess } from '../../src/derive/process.ts';
import { processFacts } from '../support/observations.ts';

const BOOTED_AT_MS = Date.parse('2026-01-01T00:00:00Z');
const ELAPSED_MS = 5_000;

test('processor time in percent of one core, and when it was started', () => {
  const before = processFacts({ cpuTicks: 100 });
  const now = processFacts({ cpuTicks: 1_350 });
  expect(deriveProcess([before], now, ELAPSED_MS, BOOTED_AT_MS)).toEqual({
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
