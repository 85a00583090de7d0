import { expect, test } from '@jest/globals';
import type { StreamsHead } from '@mediamtx-monitor/types';
import { headOf } from '../../src/data/fleet.ts';
import { serverStandings } from '../../src/model/server-standing.ts';
import { streamsOfHeads } from '../../src/model/fleet-streams.ts';
import { reason } from '../support/connections.ts';
import { host } from '../support/hosts.ts';
import { snapshot, totals } from '../support/records.ts';

const NOTHING = { count: 0, worst: [] } as const;
const ill = (name: string, health: 'warning' | 'critical') => ({
  ...{ name, health, state: 'idle' as const },
  reasons: [reason({ severity: health })],
});

function headWith(server: string, given: Partial<StreamsHead> = {}): StreamsHead {
  return { ...headOf(snapshot([], { server })), attention: NOTHING, ...given };
}

const standings = (
  heads: readonly StreamsHead[],
  more: Partial<Parameters<typeof serverStandings>[0]> = {},
) =>
  serverStandings({
    heads: new Map(heads.map((head) => [head.server, head])),
    silences: new Map(),
    stale: new Set(),
    hosts: [],
    ...more,
  });

test('the worst server comes first: what is wrong with itself, then with most streams, then by name', () => {
  const down = { status: 'down', error: 'refused', version: null } as const;
  const all = standings([
    headWith('s10'),
    headWith('s9'),
    headWith('warned', { missing: ['srtconns'] }),
    headWith('one', { attention: { count: 1, worst: [ill('a', 'critical')] } }),
    headWith('two', { attention: { count: 2, worst: [ill('a', 'critical'), ill('b', 'warning')] } }),
    headWith('mild', { attention: { count: 7, worst: [ill('a', 'warning')] } }),
    headWith('down', { source: down, attention: null }),
  ]);
  expect(all.map(({ head, health }) => [head.server, health])).toStrictEqual([
    ['down', 'critical'],
    ['two', 'critical'],
    ['one', 'critical'],
    ['warned', 'warning'],
    ['mild', 'warning'],
    ['s9', 'ok'],
    ['s10', 'ok'],
  ]);
  expect(all.map(({ illCount }) => illCount)).toStrictEqual([0, 2, 1, 0, 7, 0, 0]);
});

test('what a silent server said of its streams isn’t believed, and its machine counts while it is heard of', () => {
  const [silent] = standings([headWith('a', { attention: { count: 3, worst: [ill('x', 'critical')] } })], {
    stale: new Set(['a']),
    silences: new Map([['a', { level: 'quiet', host: null }]]),
  });
  expect(silent).toMatchObject({ health: 'unknown', illCount: 0, worst: [] });
  const busy = host({ host: 'a', cpu: { ...host().cpu, percent: 99 } });
  expect(standings([headWith('a')], { hosts: [busy] })[0]).toMatchObject({ health: 'warning' });
});

test('a collector before there was attention tells how many need it', () => {
  const healths = { ok: 1, warning: 2, critical: 1, unknown: 3 };
  const old = headWith('old', { totals: totals({ healths }) });
  delete (old as { attention?: unknown }).attention;
  expect(standings([old])[0]).toMatchObject({ health: 'critical', illCount: 3, worst: [] });
  expect(streamsOfHeads(new Map([['old', old]]), new Set())).toMatchObject({
    ill: [],
    illCount: 3,
    unknown: 3,
  });
});

test('of all servers together streams are named the critical first, and those of silent ones are unknown', () => {
  const heads = new Map(
    [
      headWith('a', {
        attention: { count: 1, worst: [ill('x', 'warning')] },
        totals: totals({ streams: 5 }),
      }),
      headWith('b', { attention: { count: 9, worst: [ill('y', 'critical')] } }),
      headWith('c', {
        attention: { count: 4, worst: [ill('z', 'critical')] },
        totals: totals({ streams: 40 }),
      }),
    ].map((head) => [head.server, head]),
  );
  const { ill: named, illCount, unknown } = streamsOfHeads(heads, new Set(['c']));
  expect(named.map(({ key, label }) => [key, label])).toStrictEqual([
    ['b/y', 'b / y'],
    ['a/x', 'a / x'],
  ]);
  expect([illCount, unknown]).toStrictEqual([10, 40]);
});
