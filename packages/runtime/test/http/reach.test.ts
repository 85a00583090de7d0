import { expect, test } from '@jest/globals';
import { isLoopback, isThisMachineOnly } from '../../src/http/reach.ts';

test.each(['127.0.0.1', '127.8.9.10', '::1'])('%s is loopback, and this machine only', (address) => {
  expect(isLoopback(address)).toBe(true);
  expect(isThisMachineOnly(address)).toBe(true);
});

test.each(['localhost', 'LOCALHOST'])('%s is this machine only', (host) => {
  expect(isThisMachineOnly(host)).toBe(true);
});

test.each([
  ...['0.0.0.0', '128.0.0.1', '192.168.1.2', '1127.0.0.1', '::', '::12', '127::1'],
  ...['monitor.example', 'localhost.example', ''],
])('%j is not loopback, and may be reached by others', (host) => {
  expect(isLoopback(host)).toBe(false);
  expect(isThisMachineOnly(host)).toBe(false);
});
