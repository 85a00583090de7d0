import { describe, expect, test } from '@jest/globals';
import { FULL_DISK, hostRecord as host } from '@mediamtx-monitor/testkit';
import type { Reason } from '@mediamtx-monitor/types';
import { hostHealth, hostOf, judgeHost, loadHealth, tightLoads } from '../src/index.ts';

describe('how tight it gets', () => {
  test.each([
    ['cpu', 74.9, 'ok'],
    ['cpu', 75, 'warning'],
    ['cpu', 100, 'warning'],
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
  expect(tightLoads(busy)).toStrictEqual([
    { kind: 'disk', mount: '/', percent: 96, limitPercent: 95, severity: 'critical' },
    { kind: 'cpu', mount: null, percent: 100, limitPercent: 90, severity: 'warning' },
  ]);
  expect(tightLoads(host())).toStrictEqual([]);
});

describe('what an agent says of its host', () => {
  const [NOON, LATER] = ['2026-01-01T12:00:00.000Z', '2026-01-01T12:00:05.000Z'];
  const used = (percent: number, mount = '/') => ({ ...FULL_DISK, mount, usedPercent: percent });
  const diskHigh = (fields: Partial<Reason> = {}): Reason => ({
    code: 'disk-high',
    severity: 'critical',
    measured: 96,
    limit: 95,
    since: NOON,
    detail: '/',
    ...fields,
  });

  test('is what is tight on it, each with its limit', () => {
    const { cpu, memory } = host();
    const busy = host({
      cpu: { ...cpu, percent: 91 },
      memory: { ...memory, usedPercent: 85 },
      disks: [used(40, '/boot'), used(96), used(84.9, '/srv')],
    });
    expect(judgeHost(busy, [], NOON)).toStrictEqual({
      health: 'critical',
      reasons: [
        diskHigh(),
        { code: 'cpu-high', severity: 'warning', measured: 91, limit: 90, since: NOON },
        { code: 'memory-high', severity: 'warning', measured: 85, limit: 85, since: NOON },
      ],
    });
    expect(judgeHost(host(), [], NOON)).toStrictEqual({ health: 'ok', reasons: [] });
  });

  test('is unknown where nothing is known of it', () => {
    const { cpu, memory } = host();
    const unseen = host({
      cpu: { ...cpu, percent: null },
      memory: { ...memory, usedPercent: null },
      disks: null,
    });
    expect(judgeHost(unseen, [], NOON)).toStrictEqual({ health: 'unknown', reasons: [] });
  });

  test('stands since it began, of each disk and severity by itself', () => {
    const before = [diskHigh(), diskHigh({ detail: '/srv' })];
    const now = host({ disks: [used(97), used(90, '/srv'), used(96, '/new')] });
    expect(judgeHost(now, before, LATER).reasons).toStrictEqual([
      diskHigh({ measured: 97 }),
      diskHigh({ detail: '/new', since: LATER }),
      diskHigh({ detail: '/srv', severity: 'warning', measured: 90, limit: 85, since: LATER }),
    ]);
  });

  test('stands since it began, of CPU and memory each by itself', () => {
    const { cpu, memory } = host();
    const memoryHigh: Reason = {
      code: 'memory-high',
      severity: 'warning',
      measured: 90,
      limit: 85,
      since: NOON,
    };
    const now = host({ cpu: { ...cpu, percent: 80 }, memory: { ...memory, usedPercent: 90 } });
    expect(judgeHost(now, [memoryHigh], LATER).reasons).toStrictEqual([
      { code: 'cpu-high', severity: 'warning', measured: 80, limit: 75, since: LATER },
      memoryHigh,
    ]);
  });

  test('tells of no load without its number and its limit', () => {
    const reasons = [diskHigh({ measured: null }), diskHigh({ limit: null })];
    expect(tightLoads(host({ health: 'critical', reasons }))).toStrictEqual([]);
  });

  test('is believed, whatever the numbers; a code that isn’t known here counts for its health only', () => {
    const haunted = { ...diskHigh(), code: 'haunted' } as unknown as Reason;
    const record = host({ health: 'critical', reasons: [haunted, diskHigh({ severity: 'warning' })] });
    expect(hostHealth(record)).toBe('critical');
    expect(tightLoads(record)).toStrictEqual([
      { kind: 'disk', mount: '/', percent: 96, limitPercent: 95, severity: 'warning' },
    ]);
    expect(tightLoads(host({ disks: [FULL_DISK], health: 'ok', reasons: [] }))).toStrictEqual([]);
  });

  test('comes back as what was judged', () => {
    const busy = host({ cpu: { ...host().cpu, percent: 80 }, disks: [FULL_DISK] });
    expect(tightLoads({ ...busy, ...judgeHost(busy, [], NOON) })).toStrictEqual(tightLoads(busy));
  });
});

describe('the host of a server', () => {
  test('is the one of its name', () => {
    expect(hostOf('b', 2, [host({ host: 'a' }), host({ host: 'b' })])?.host).toBe('b');
    expect(hostOf('b', 1, [host({ host: 'a' }), host({ host: 'b' })])?.host).toBe('b');
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
