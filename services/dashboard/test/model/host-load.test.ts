import { describe, expect, test } from '@jest/globals';
import { hostHealth, loadHealth } from '../../src/model/host-load.ts';
import { serverHealth } from '../../src/model/server-health.ts';
import { host } from '../support/hosts.ts';

describe('how tight it gets', () => {
  test.each([
    ['cpu', 74.9, 'ok'],
    ['cpu', 75, 'warning'],
    ['cpu', 90, 'critical'],
    ['memory', 84, 'ok'],
    ['memory', 95, 'critical'],
    ['disk', 85, 'warning'],
    ['disk', null, 'unknown'],
  ] as const)('%s at %p %%: %s', (kind, percent, health) => {
    expect(loadHealth(kind, percent)).toBe(health);
  });

  test('a host is as tight as what is tightest on it', () => {
    expect(hostHealth(host())).toBe('ok');
    expect(hostHealth(host({ cpu: { ...host().cpu, percent: null } }))).toBe('ok');
    expect(hostHealth(host({ memory: { ...host().memory, usedPercent: 96 } }))).toBe('critical');
    const unknown = host({
      cpu: { ...host().cpu, percent: null },
      memory: { ...host().memory, usedPercent: null },
      disks: null,
    });
    expect(hostHealth(unknown)).toBe('unknown');
  });
});

test('a server without an answer is critical, one without news unknown', () => {
  expect(serverHealth('up', false)).toBe('ok');
  expect(serverHealth('up', true)).toBe('unknown');
  expect(serverHealth('timeout', true)).toBe('critical');
});
