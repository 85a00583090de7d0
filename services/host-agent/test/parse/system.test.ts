import { describe, expect, test } from '@jest/globals';
import { parseLoad, parseMemory, parseOsRelease, parseUptime, parseWord } from '../../src/parse/system.ts';
import { ARM_BOARD } from '../support/arm-board.ts';
import { VIRTUAL_MACHINE } from '../support/virtual-machine.ts';

describe('load', () => {
  test('is the first three numbers', () => {
    expect(parseLoad('2.95 4.55 4.96 6/212 27204\n')).toEqual({ load1: 2.95, load5: 4.55, load15: 4.96 });
    expect(parseLoad('0.00 0.01 1024.50 1/1 1')).toEqual({ load1: 0, load5: 0.01, load15: 1024.5 });
  });

  test.each(['', '\n', 'a b c', '-1 -2 -3'])('%j tells nothing', (text) => {
    expect(parseLoad(text)).toEqual({ load1: null, load5: null, load15: null });
  });

  test('what is there is told even if the rest isn’t', () => {
    expect(parseLoad('1.5')).toEqual({ load1: 1.5, load5: null, load15: null });
  });
});

test('uptime is the first number', () => {
  expect(parseUptime('14681.51 15529.02\n')).toBe(14_681.51);
  expect(parseUptime('0 0')).toBe(0);
  expect(parseUptime('')).toBeNull();
  expect(parseUptime('long')).toBeNull();
});

describe('memory', () => {
  test('of a virtual machine without swap', () => {
    expect(parseMemory(VIRTUAL_MACHINE['proc/meminfo'] ?? '')).toEqual({
      totalBytes: 24_684_096 * 1_024,
      availableBytes: 20_690_800 * 1_024,
      swapTotalBytes: 0,
      swapFreeBytes: 0,
    });
  });

  test('of a board with swap', () => {
    expect(parseMemory(ARM_BOARD['proc/meminfo'] ?? '')).toMatchObject({
      swapTotalBytes: 102_396 * 1_024,
      swapFreeBytes: 51_198 * 1_024,
    });
  });

  test('of a kernel before 3.14, which doesn’t tell what is available', () => {
    const text = 'MemTotal:  2048 kB\nMemFree:  1024 kB\nBuffers: 10 kB\nSwapTotal: 4 kB\nSwapFree: 4 kB\n';
    expect(parseMemory(text)).toEqual({
      totalBytes: 2_097_152,
      availableBytes: null,
      swapTotalBytes: 4_096,
      swapFreeBytes: 4_096,
    });
  });

  test.each([
    ['nothing', ''],
    ['another unit', 'MemTotal: 24 MB\nMemAvailable: 20\n'],
    ['names that only end alike', 'XMemTotal: 1 kB\nXSwapFree: 1 kB\n'],
  ])('%s tells nothing', (_what, text) => {
    expect(Object.values(parseMemory(text))).toEqual([null, null, null, null]);
  });
});

describe('name of the operating system', () => {
  test.each([
    ['in quotes', VIRTUAL_MACHINE['usr/lib/os-release'] ?? '', 'Debian GNU/Linux 12 (bookworm)'],
    ['with an apostrophe around it', ARM_BOARD['etc/os-release'] ?? '', 'Raspbian GNU/Linux'],
    ['bare', 'ID=alpine\nPRETTY_NAME=Alpine\n', 'Alpine'],
    ['with escaped characters', 'PRETTY_NAME="A \\"B\\" \\$C \\\\ \\`D\\`"', 'A "B" $C \\ `D`'],
    ['the plain one when the pretty one is empty', 'PRETTY_NAME=""\nNAME="Buildroot"\n', 'Buildroot'],
    ['without the line end of Windows', 'PRETTY_NAME="X 1"\r\n', 'X 1'],
  ])('%s', (_how, text, name) => {
    expect(parseOsRelease(text)).toBe(name);
  });

  test.each(['', '#PRETTY_NAME="x"', 'PRETTY_NAME', 'NAME=\n'])('%j has none', (text) => {
    expect(parseOsRelease(text)).toBeNull();
  });
});

test('a file of one word', () => {
  expect(parseWord('6.1.21-v8+\n')).toBe('6.1.21-v8+');
  expect(parseWord('\n')).toBeNull();
});
