import { describe, expect, test } from '@jest/globals';
import { hostRecord as host } from '@mediamtx-monitor/testkit';
import { hostHealth, hostOf, loadHealth, tightLoads } from '../src/index.ts';
import { FULL_DISK } from './support/assessed.ts';

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
    { kind: 'disk', mount: '/', percent: 96, limitPercent: 95, severity: 'critical' },
    { kind: 'cpu', mount: null, percent: 100, limitPercent: 90, severity: 'warning' },
  ]);
  expect(tightLoads(host())).toEqual([]);
});

describe('the host of a server', () => {
  test('is the one of its name', () => {
    expect(hostOf('b', 2, [host({ host: 'a' }), host({ host: 'b' })])?.host).toBe('b');
  });

  test('is the only one that runs a MediaMTX for the only server', () => {
    const other = host({ host: 'db', mediamtx: [] });
    expect(hostOf('main', 1, [other, host({ host: 'box' })])?.host).toBe('box');
  });

  test('is not guessed', () => {
    expect(hostOf('main', 2, [host()])).toBeUndefined();
    expect(hostOf('main', 1, [host(), host({ host: 'box2' })])).toBeUndefined();
    expect(hostOf('main', 1, [host({ mediamtx: null })])).toBeUndefined();
  });
});
