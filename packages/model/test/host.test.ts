import { describe, expect, test } from '@jest/globals';
import { hostHealth, loadHealth, tightLoads } from '../../src/model/host-load.ts';
import { FULL_DISK, host } from '../support/hosts.ts';

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
    expect(hostHealth(host({ cpu: { ...host().cpu, percent: 100 } }))).toBe('warning');
    expect(hostHealth(host({ memory: { ...host().memory, usedPercent: 96 } }))).toBe('critical');
    const unknown = host({
      cpu: { ...host().cpu, percent: null },
      memory: { ...host().memory, usedPercent: null },
      disks: null,
    });
    expect(hostHealth(unknown)).toBe('unknown');
  });
});

test('all that is tight is named, the worst first; a CPU is no more than a warning', () => {
  const busy = host({ cpu: { ...host().cpu, percent: 100 }, disks: [FULL_DISK] });
  expect(tightLoads(busy)).toEqual([
    { kind: 'disk', mount: '/', percent: 96, severity: 'critical' },
    { kind: 'cpu', mount: null, percent: 100, severity: 'warning' },
  ]);
  expect(tightLoads(host())).toEqual([]);
});
