import { describe, expect, test } from '@jest/globals';
import type { MonitorState } from '@mediamtx-monitor/client';
import { type Health, type HostRecord, silenceOf } from '@mediamtx-monitor/types';
import type { FleetSnapshot } from '../../src/data/fleet.ts';
import { StreamLister } from '../../src/model/streams.ts';
import { fleetReasons, silencesOf } from '../../src/model/fleet-reasons.ts';
import { streamsOfList } from '../../src/model/fleet-streams.ts';
import { listedReasons, summarise, namedReason, type FleetSummary } from '../../src/model/summary.ts';
import { host, hostsMessage } from '../support/hosts.ts';
import { fleet, missing, snapshot, stream } from '../support/records.ts';

const OPEN: MonitorState = { state: 'open', transport: 'websocket' };
const LOST: MonitorState = { state: 'waiting', retryInMs: 1_000, code: 'lost', reason: '' };

/** @param silentMs for how long nothing was heard of `main` */
function summaryOf(seen: FleetSnapshot, { silentMs = 0, link = OPEN } = {}): FleetSummary {
  const stale = new Set(silentMs > 0 ? ['main'] : []);
  const silenceAges = new Map([['main', { silentMs, level: silenceOf(silentMs, silentMs > 0) }]]);
  const silences = silencesOf(seen, silenceAges, new Map());
  const list = new StreamLister().list(seen.messages, stale);
  const serverCount = seen.servers.size;
  const reasons = fleetReasons(seen, silences, new Set());
  return summarise({ serverCount, streams: streamsOfList(list), reasons, silences }, link);
}

function withHost(seen: FleetSnapshot, record: HostRecord): FleetSnapshot {
  return { ...seen, hosts: new Map([[record.host, hostsMessage(record)]]) };
}

describe('the truth in one sentence', () => {
  const well = fleet(snapshot([stream({ name: 'a' }), stream({ name: 'b', state: 'idle' })]));

  test('before anything is known', () => {
    expect(summaryOf(fleet(), { link: { state: 'connecting' } })).toStrictEqual({ kind: 'connecting' });
    expect(summaryOf(fleet(), { link: LOST })).toStrictEqual({ kind: 'unconnected' });
    const refused = { state: 'refused', code: 'forbidden', reason: '' } as const;
    expect(summaryOf(fleet(), { link: refused })).toStrictEqual({ kind: 'refused' });
    expect(summaryOf(fleet())).toStrictEqual({ kind: 'empty', servers: 0 });
    expect(summaryOf(fleet(snapshot([])))).toStrictEqual({ kind: 'empty', servers: 1 });
  });

  test('all well, and how many of them are live: what is at rest is counted apart', () => {
    const states = ['live', 'idle', 'waiting', 'standby'] as const;
    const streams = states.map((state, index) => stream({ name: `cam${index}`, state }));
    expect(summaryOf(fleet(snapshot([...streams, missing()])))).toStrictEqual({
      kind: 'well',
      live: 1,
      resting: 4,
      servers: 1,
    });
  });

  test('not all well while streams are unknown', () => {
    const part = snapshot([stream(), stream({ name: 'b', health: 'unknown' })]);
    expect(summaryOf(fleet(part))).toStrictEqual({ kind: 'unsure', unknown: 1, silent: [] });
  });

  test('a list that couldn’t be read is said, alone and beside worse', () => {
    const lists = { missing: ['srtconns'] };
    const reason = { code: 'list-missing', server: 'main', lists: ['srtconns'], severity: 'warning' };
    expect(summaryOf(fleet(snapshot([stream()], lists)))).toMatchObject({
      kind: 'attention',
      severity: 'warning',
      isOfStreams: false,
      reasons: [reason],
    });
    expect(summaryOf(fleet(snapshot([stream({ health: 'critical' })], lists)))).toMatchObject({
      severity: 'critical',
      isOfStreams: true,
      reasons: [reason],
    });
  });

  test('trouble comes before what is unknown', () => {
    const part = snapshot([stream({ health: 'warning' }), stream({ name: 'b', health: 'unknown' })]);
    expect(summaryOf(fleet(part))).toMatchObject({ kind: 'attention' });
  });

  test('the most urgent streams first', () => {
    const seen = fleet(
      snapshot([
        stream({ name: 'a', health: 'warning' }),
        stream({ name: 'b', health: 'critical' }),
        stream(),
      ]),
    );
    const summary = summaryOf(seen);
    expect(summary).toMatchObject({
      kind: 'attention',
      severity: 'critical',
      isOfStreams: true,
      reasons: [],
    });
    expect(summary.kind === 'attention' && summary.streams.map(({ key }) => key)).toStrictEqual([
      'main/b',
      'main/a',
    ]);
  });

  test('only warnings are a warning', () => {
    expect(summaryOf(fleet(snapshot([stream({ health: 'warning' })])))).toMatchObject({
      severity: 'warning',
    });
  });

  test('a server that is down is critical, even without streams', () => {
    const down = snapshot([], { source: { status: 'down', error: 'x', version: null }, collectedAt: null });
    expect(summaryOf(fleet(down))).toMatchObject({
      kind: 'attention',
      severity: 'critical',
      isOfStreams: false,
      reasons: [{ server: 'main', problem: 'down' }],
      streams: [],
    });
  });

  test('silence is grey at first, then amber, then an alarm; its streams are never accused', () => {
    const seen = fleet(snapshot([stream({ health: 'critical' })]));
    expect(summaryOf(seen, { silentMs: 16_000 })).toStrictEqual({
      kind: 'unsure',
      unknown: 1,
      silent: ['main'],
    });
    const reason = { code: 'no-data', server: 'main' };
    for (const [silentMs, severity] of [
      [30_000, 'warning'],
      [60_000, 'critical'],
    ] as const) {
      expect(summaryOf(seen, { silentMs })).toMatchObject({
        kind: 'attention',
        severity,
        reasons: [{ ...reason, severity }],
        streams: [],
      });
    }
  });

  test('one that was down and fell silent is what it was, then what nobody knows', () => {
    const down = fleet(snapshot([], { source: { status: 'down', error: 'x', version: null } }));
    expect(summaryOf(down, { silentMs: 16_000 })).toMatchObject({
      kind: 'attention',
      reasons: [{ code: 'server-unreachable' }],
      silent: ['main'],
    });
    expect(summaryOf(down, { silentMs: 60_000 })).toMatchObject({
      kind: 'attention',
      severity: 'critical',
      reasons: [{ code: 'no-data' }, { code: 'server-unreachable' }],
      silent: [],
    });
  });

  test('silence is said beside trouble of others', () => {
    const seen = fleet(
      snapshot([stream()]),
      snapshot([stream({ server: 'b', health: 'critical' })], { server: 'b' }),
    );
    expect(summaryOf(seen, { silentMs: 16_000 })).toMatchObject({ kind: 'attention', silent: ['main'] });
  });

  test('a host at its limits is part of it', () => {
    const at = (percent: number) => host({ cpu: { ...host().cpu, percent } });
    expect(summaryOf(withHost(well, at(50)))).toMatchObject({ kind: 'well' });
    expect(summaryOf(withHost(well, at(100)))).toMatchObject({
      kind: 'attention',
      severity: 'warning',
      reasons: [{ code: 'host-load', host: 'box', loads: [{ kind: 'cpu', percent: 100 }] }],
    });
    const critical = fleet(snapshot([stream({ health: 'critical' })]));
    expect(summaryOf(withHost(critical, at(80)))).toMatchObject({ isOfStreams: true, severity: 'critical' });
  });

  test('at equal severity servers and streams come before hosts', () => {
    const full = host({ memory: { ...host().memory, usedPercent: 96 } });
    const busy = host({ cpu: { ...host().cpu, percent: 100 } });
    const order = (record: HostRecord, given: Parameters<typeof snapshot>[1], ...health: Health[]) => {
      const streams = health.map((one, index) => stream({ name: `cam${index}`, health: one }));
      const summary = summaryOf(withHost(fleet(snapshot(streams, given)), record));
      if (summary.kind !== 'attention') return summary;
      const { before, after } = listedReasons(summary);
      const codes = (reasons: typeof before) => reasons.map(({ code }) => code);
      return [summary.isOfStreams, namedReason(summary)?.code, codes(before), codes(after)];
    };
    const down = { source: { status: 'down', error: 'x', version: null } } as const;
    const unread = { missing: ['srtconns'] };
    expect(order(busy, {}, 'warning')).toStrictEqual([true, undefined, [], ['host-load']]);
    expect(order(full, {}, 'critical')).toStrictEqual([true, undefined, [], ['host-load']]);
    expect(order(full, {}, 'warning')).toStrictEqual([false, 'host-load', [], []]);
    expect(order(busy, down)).toStrictEqual([false, 'server-unreachable', ['host-load'], []]);
    expect(order(full, down, 'critical')).toStrictEqual([false, 'server-unreachable', [], ['host-load']]);
    expect(order(full, down, 'warning')).toStrictEqual([false, 'server-unreachable', ['host-load'], []]);
    expect(order(busy, unread, 'critical')).toStrictEqual([
      true,
      undefined,
      [],
      ['list-missing', 'host-load'],
    ]);
    expect(order(full, unread, 'warning')).toStrictEqual([false, 'host-load', ['list-missing'], []]);
  });

  test('without a connection nothing is known, however young the last news', () => {
    expect(summaryOf(well, { link: LOST })).toStrictEqual({ kind: 'outdated' });
    expect(summaryOf(well, { link: { state: 'connecting' } })).toStrictEqual({ kind: 'outdated' });
  });
});
