import { describe, expect, test } from '@jest/globals';
import { type Reason, serverReasons } from '@mediamtx-monitor/types';
import { countSubjects, fleetTroubles, serverHealth, serverTroubles } from '../../src/model/fleet-trouble.ts';
import { reason } from '../support/connections.ts';
import { host, hostsMessage } from '../support/hosts.ts';
import { fleet, snapshot } from '../support/records.ts';

const DOWN = { status: 'down', error: 'x', version: null } as const;
const quiet = { level: 'quiet', host: null } as const;
const lasting = { level: 'critical', host: 'box' } as const;

describe('what is wrong with a server', () => {
  test('nothing, when it answers and can be read', () => {
    expect(serverTroubles(snapshot([]), undefined)).toEqual([]);
    expect(serverTroubles(snapshot([], { reasons: [] }), undefined)).toEqual([]);
  });

  test('one that can’t be read is critical, with reasons and without', () => {
    const expected = [{ code: 'server-unreachable', server: 'main', problem: 'down', severity: 'critical' }];
    expect(serverTroubles(snapshot([], { source: DOWN }), undefined)).toEqual(expected);
    const told = reason({ code: 'server-unreachable', severity: 'critical' });
    expect(serverTroubles(snapshot([], { source: DOWN, reasons: [told] }), undefined)).toEqual(expected);
  });

  test('a list that can’t be read is trouble, as bad as the collector says', () => {
    const missing = ['srtconns'];
    const older = snapshot([], { missing });
    expect(serverTroubles(older, undefined)).toEqual([
      { code: 'list-missing', server: 'main', lists: missing, severity: 'warning' },
    ]);
    const reasons = [reason({ code: 'list-missing', severity: 'critical' })];
    expect(serverTroubles({ ...older, reasons }, undefined)).toMatchObject([{ severity: 'critical' }]);
  });

  test('silence is no trouble at first, and nobody’s fault later', () => {
    expect(serverTroubles(snapshot([]), quiet)).toEqual([]);
    expect(serverTroubles(snapshot([]), lasting)).toEqual([
      { code: 'no-data', server: 'main', host: 'box', severity: 'critical' },
    ]);
  });

  test('what was heard last stays said, before a short silence and after a long one, as the API says it', () => {
    const down = snapshot([], { source: DOWN });
    const unread = snapshot([], {
      missing: ['srtconns'],
      reasons: [reason({ code: 'list-missing', severity: 'critical' })],
    });
    const codesOf = (message: typeof down, level: 'quiet' | 'warning' | 'critical') =>
      serverTroubles(message, { level, host: null }).map(({ code }) => code);
    for (const message of [down, unread]) {
      const own = serverTroubles(message, undefined).map(({ code }) => code);
      expect(own).toHaveLength(1);
      expect(codesOf(message, 'quiet')).toEqual(own);
      expect(codesOf(message, 'warning')).toEqual([...own, 'no-data']);
      expect(codesOf(message, 'critical')).toEqual(['no-data', ...own]);
      expect(codesOf(message, 'critical')).toEqual(
        serverReasons(message, 'critical').map(({ code }) => code),
      );
    }
  });

  test('what a newer collector says is passed on', () => {
    const newer = { ...reason(), code: 'too-green' } as unknown as Reason;
    expect(serverTroubles(snapshot([], { reasons: [newer] }), undefined)).toEqual([
      { code: 'told', server: 'main', reason: newer, severity: 'warning' },
    ]);
  });

  test('a server’s mark is green only when all of it is read', () => {
    const healthOf = (given: Parameters<typeof snapshot>[1], silence?: typeof quiet | typeof lasting) =>
      serverHealth(serverTroubles(snapshot([], given), silence), silence);
    expect(healthOf({})).toBe('ok');
    expect(healthOf({ missing: ['srtconns'] })).toBe('warning');
    expect(healthOf({ source: DOWN })).toBe('critical');
    expect(healthOf({}, quiet)).toBe('unknown');
    expect(healthOf({}, lasting)).toBe('critical');
    expect(healthOf({ source: DOWN }, quiet)).toBe('critical');
  });
});

test('all trouble, the worst first, of equals servers first; what a silent host last said is none', () => {
  const busy = host({ cpu: { ...host().cpu, percent: 100 } });
  const seen = {
    ...fleet(snapshot([], { missing: ['srtconns'] })),
    hosts: new Map([['box', hostsMessage(busy)]]),
  };
  expect(fleetTroubles(seen, new Map(), new Set())).toMatchObject([
    { code: 'list-missing', severity: 'warning' },
    { code: 'host-load', host: 'box', severity: 'warning', loads: [{ kind: 'cpu', percent: 100 }] },
  ]);
  const full = host({ memory: { ...host().memory, usedPercent: 96 } });
  const withFull = { ...seen, hosts: new Map([['box', hostsMessage(full)]]) };
  expect(fleetTroubles(withFull, new Map(), new Set())).toMatchObject([
    { code: 'host-load', severity: 'critical' },
    { code: 'list-missing' },
  ]);
  expect(fleetTroubles(seen, new Map(), new Set(['box']))).toMatchObject([{ code: 'list-missing' }]);
});

test('a server with two troubles is one in trouble, a host of its name another', () => {
  const [unreachable, silent] = serverTroubles(snapshot([], { source: DOWN }), lasting);
  if (unreachable === undefined || silent === undefined) throw new Error('two troubles expected');
  expect(countSubjects([unreachable, silent])).toBe(1);
  expect(
    countSubjects([unreachable, { code: 'host-load', host: 'main', severity: 'warning', loads: [] }]),
  ).toBe(2);
});
