import { describe, expect, test } from '@jest/globals';
import { type Reason, serverReasons, type Silence } from '@mediamtx-monitor/types';
import {
  areSameSilences,
  countSubjects,
  fleetReasons,
  reasonsOfServer,
  serverHealth,
  serverLook,
  silencesOf,
} from '../../src/model/fleet-reasons.ts';
import { reason } from '../support/connections.ts';
import { host, hostsMessage } from '../support/hosts.ts';
import { fleet, snapshot } from '../support/records.ts';

const DOWN = { status: 'down', error: 'x', version: null } as const;
const quiet = { level: 'quiet', host: null } as const;
const lasting = { level: 'critical', host: 'box' } as const;

describe('what is wrong with a server', () => {
  test('nothing, when it answers and can be read', () => {
    expect(reasonsOfServer(snapshot([]), undefined)).toStrictEqual([]);
    expect(reasonsOfServer(snapshot([], { reasons: [] }), undefined)).toStrictEqual([]);
  });

  test('one that can’t be read is critical, with reasons and without', () => {
    const expected = [{ code: 'server-unreachable', server: 'main', problem: 'down', severity: 'critical' }];
    expect(reasonsOfServer(snapshot([], { source: DOWN }), undefined)).toStrictEqual(expected);
    const published = reason({ code: 'server-unreachable', severity: 'critical' });
    expect(reasonsOfServer(snapshot([], { source: DOWN, reasons: [published] }), undefined)).toStrictEqual(
      expected,
    );
  });

  test('a list that can’t be read is trouble, as bad as the collector says', () => {
    const missing = ['srtconns'];
    const older = snapshot([], { missing });
    expect(reasonsOfServer(older, undefined)).toStrictEqual([
      { code: 'list-missing', server: 'main', lists: missing, severity: 'warning' },
    ]);
    const reasons = [reason({ code: 'list-missing', severity: 'critical' })];
    expect(reasonsOfServer({ ...older, reasons }, undefined)).toMatchObject([{ severity: 'critical' }]);
  });

  test('silence is no trouble at first, and nobody’s fault later', () => {
    expect(reasonsOfServer(snapshot([]), quiet)).toStrictEqual([]);
    expect(reasonsOfServer(snapshot([]), lasting)).toStrictEqual([
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
      reasonsOfServer(message, { level, host: null }).map(({ code }) => code);
    for (const message of [down, unread]) {
      const own = reasonsOfServer(message, undefined).map(({ code }) => code);
      expect(own).toHaveLength(1);
      expect(codesOf(message, 'quiet')).toStrictEqual(own);
      expect(codesOf(message, 'warning')).toStrictEqual([...own, 'no-data']);
      expect(codesOf(message, 'critical')).toStrictEqual(['no-data', ...own]);
      expect(codesOf(message, 'critical')).toStrictEqual(
        serverReasons(message, 'critical').map(({ code }) => code),
      );
    }
  });

  test('what a newer collector says is passed on', () => {
    const newer = { ...reason(), code: 'too-green' } as unknown as Reason;
    expect(reasonsOfServer(snapshot([], { reasons: [newer] }), undefined)).toStrictEqual([
      { code: 'other', server: 'main', published: newer, severity: 'warning' },
    ]);
  });

  test('a server’s mark is green only when all of it is read', () => {
    const healthOf = (given: Parameters<typeof snapshot>[1], silence?: typeof quiet | typeof lasting) =>
      serverHealth(reasonsOfServer(snapshot([], given), silence), silence);
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
  expect(fleetReasons(seen, new Map(), new Set())).toMatchObject([
    { code: 'list-missing', severity: 'warning' },
    { code: 'host-load', host: 'box', severity: 'warning', loads: [{ kind: 'cpu', percent: 100 }] },
  ]);
  const full = host({ memory: { ...host().memory, usedPercent: 96 } });
  const withFull = { ...seen, hosts: new Map([['box', hostsMessage(full)]]) };
  expect(fleetReasons(withFull, new Map(), new Set())).toMatchObject([
    { code: 'host-load', severity: 'critical' },
    { code: 'list-missing' },
  ]);
  expect(fleetReasons(seen, new Map(), new Set(['box']))).toMatchObject([{ code: 'list-missing' }]);
});

test('a server with two troubles is one in trouble, a host of its name another', () => {
  const [unreachable, silent] = reasonsOfServer(snapshot([], { source: DOWN }), lasting);
  if (unreachable === undefined || silent === undefined) throw new Error('two troubles expected');
  expect(countSubjects([unreachable, silent])).toBe(1);
  expect(
    countSubjects([unreachable, { code: 'host-load', host: 'main', severity: 'warning', loads: [] }]),
  ).toBe(2);
});

const main = fleet(snapshot([]));
const withHost = { ...main, hosts: new Map([['box', hostsMessage(host())]]) };
const silenceOf = (level: Silence) => new Map([['main', { silentMs: 40_000, level }]]);

describe('servers that nothing is heard of', () => {
  test('are those that the client says it of, whatever was heard last', () => {
    const down = fleet(snapshot([], { source: { status: 'down', error: 'x', version: null } }));
    for (const seen of [main, down]) {
      expect([...silencesOf(seen, silenceOf('warning'), new Map())]).toStrictEqual([
        ['main', { level: 'warning', host: null }],
      ]);
      expect(silencesOf(seen, silenceOf('fresh'), new Map()).size).toBe(0);
    }
  });

  test('name their machine only when that is silent too', () => {
    const hostOfMain = (stale: boolean) =>
      silencesOf(withHost, silenceOf('critical'), new Map([['box', { ageMs: 70_000, stale }]])).get('main');
    expect(hostOfMain(true)).toStrictEqual({ level: 'critical', host: 'box' });
    expect(hostOfMain(false)).toStrictEqual({ level: 'critical', host: null });
  });

  test('are the same until it gets worse', () => {
    const at = (level: Silence) => silencesOf(main, silenceOf(level), new Map());
    expect(areSameSilences(at('quiet'), at('quiet'))).toBe(true);
    expect(areSameSilences(at('quiet'), at('warning'))).toBe(false);
    expect(areSameSilences(at('quiet'), new Map())).toBe(false);
  });
});

test('a server looks as bad as its machine where that is worse, and unknown while nothing is heard of it', () => {
  const { cpu, memory } = host();
  const busy = host({ cpu: { ...cpu, percent: 100 } });
  const full = host({ memory: { ...memory, usedPercent: 99 } });
  const looks = [undefined, host(), busy, full].map((one) =>
    (['ok', 'warning', 'critical', 'unknown'] as const).map((health) => serverLook(health, one)),
  );
  expect(looks).toStrictEqual([
    ['ok', 'warning', 'critical', 'unknown'],
    ['ok', 'warning', 'critical', 'unknown'],
    ['warning', 'warning', 'critical', 'unknown'],
    ['critical', 'critical', 'critical', 'unknown'],
  ]);
});
