import { describe, expect, test } from '@jest/globals';
import { parseOsRelease, parseUptime, parseWord } from '../src/system.ts';
import { ARM_BOARD } from './support/arm-board.ts';
import { VIRTUAL_MACHINE } from './support/virtual-machine.ts';

test('uptime is the first number', () => {
  expect(parseUptime('14681.51 15529.02\n')).toBe(14_681.51);
  expect(parseUptime('0 0')).toBe(0);
  expect(parseUptime('')).toBeNull();
  expect(parseUptime('long')).toBeNull();
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
