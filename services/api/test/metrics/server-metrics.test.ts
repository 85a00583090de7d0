import { describe, expect, test } from '@jest/globals';
import { eventually, streamRecord } from '@mediamtx-monitor/testkit';
import { GONE_MS, type Reason, type ReasonCode } from '@mediamtx-monitor/types';
import { namesOf, publish, samplesOf, serveMetrics } from './serving.ts';

const PATH = '/metrics/streams';
const SERVER = 'mediamtx_monitor_server_';
const reasonOf = (code: ReasonCode, severity: Reason['severity']): Reason => ({
  ...{ code, severity, measured: null, limit: null },
  since: '2026-01-01T00:00:00.000Z',
});
const LIVE = streamRecord({ state: 'live' });

describe('/metrics/streams, of servers,', () => {
  test('tells of each server', async () => {
    const served = await serveMetrics();
    const totals = {
      streams: 3,
      missing: 2,
      readers: 5,
      inboundMbps: 1,
      outboundMbps: 2,
      states: { idle: 1, waiting: 0, live: 2, stalled: 0, standby: 0, unknown: 0 },
      healths: { ok: 2, warning: 1, critical: 0, unknown: 0 },
    };
    await publish(served, { totals, missing: ['srtconns'], simulated: true }, []);
    served.clock.advance(1_500);
    const metrics = await served.read(PATH);
    const server = { server: 'main' };
    const samples = Object.fromEntries(
      namesOf(metrics, SERVER).map((name) => [name, samplesOf(metrics, `${SERVER}${name}`)]),
    );
    expect(samples).toStrictEqual({
      up: [[server, 1]],
      snapshot_age_seconds: [[server, 1.5]],
      collected_timestamp_seconds: [[server, 1_767_225_600]],
      received_bytes_per_second: [[server, 125_000]],
      sent_bytes_per_second: [[server, 250_000]],
      info: [[{ ...server, version: 'v1.20.1' }, 1]],
      poll_status: [[{ ...server, status: 'up' }, 1]],
      poll_interval_seconds: [[server, 2]],
      simulated: [[server, 1]],
      list_missing: [[{ ...server, list: 'srtconns' }, 1]],
      streams_missing: [[server, 2]],
      readers: [[server, 5]],
      streams_by_state: Object.entries(totals.states).map(([state, count]) => [{ ...server, state }, count]),
      streams_by_health: Object.entries(totals.healths).map(([health, count]) => [
        { ...server, health },
        count,
      ]),
    });
  });

  test('tells of a server that doesn’t answer what is known, and that it isn’t up', async () => {
    const served = await serveMetrics();
    const totals = {
      streams: null,
      readers: null,
      inboundMbps: null,
      outboundMbps: null,
      states: null,
      healths: null,
    };
    const source = { status: 'timeout', error: 'No answer', version: null } as const;
    await publish(served, { totals, source }, []);
    const metrics = await served.read(PATH);
    expect(namesOf(metrics, SERVER)).toStrictEqual([
      'collected_timestamp_seconds',
      'poll_interval_seconds',
      'poll_status',
      'reason',
      'simulated',
      'snapshot_age_seconds',
      'up',
    ]);
    expect(samplesOf(metrics, 'mediamtx_monitor_server_up')).toStrictEqual([[{ server: 'main' }, 0]]);
  });

  test('tells of a stale server only that it isn’t up, and its age; of the others everything', async () => {
    const served = await serveMetrics();
    await publish(served, { server: 'old' }, [LIVE]);
    await publish(served, { server: 'never', collectedAt: null }, []);
    served.clock.advance(6_500);
    await publish(served, { server: 'fresh' }, [LIVE]);
    const metrics = await served.read(PATH);
    expect(samplesOf(metrics, 'mediamtx_monitor_server_up')).toStrictEqual([
      [{ server: 'fresh' }, 1],
      [{ server: 'never' }, 0],
      [{ server: 'old' }, 0],
    ]);
    expect(samplesOf(metrics, 'mediamtx_monitor_server_snapshot_age_seconds')).toStrictEqual([
      [{ server: 'fresh' }, 0],
      [{ server: 'old' }, 6.5],
    ]);
    const presence = [`${SERVER}up`, `${SERVER}snapshot_age_seconds`, `${SERVER}reason`];
    const others = [...metrics.values()].filter(({ name }) => !presence.includes(name));
    expect(others.length).toBeGreaterThan(10);
    const servers = others.flatMap(({ samples }) => samples.map(({ labels }) => labels['server']));
    expect([...new Set(servers)]).toStrictEqual(['fresh']);
  });

  test('tells what is wrong with a server, of a stale one too, each thing once', async () => {
    const served = await serveMetrics();
    const unreachable = reasonOf('server-unreachable', 'critical');
    const missing = [reasonOf('list-missing', 'warning'), reasonOf('list-missing', 'warning')];
    const status = 'timeout' as const;
    await publish(served, { server: 'a', reasons: [unreachable] }, [LIVE]);
    await publish(served, { server: 'b', reasons: [] }, [LIVE]);
    await publish(
      served,
      { server: 'before-0-2', source: { status, error: 'no answer', version: null } },
      [],
    );
    const reasonsAfter = async (ms: number) => {
      served.clock.advance(ms);
      await publish(served, { server: 'fresh', seq: 1 + served.clock.monotonicMs(), reasons: missing }, [
        LIVE,
      ]);
      const samples = samplesOf(await served.read(PATH), `${SERVER}reason`);
      return samples.map(([{ server, reason, severity }]) => [server, reason, severity].join(' '));
    };
    const earlier = ['a server-unreachable critical', 'before-0-2 server-unreachable critical'];
    const fresh = 'fresh list-missing warning';
    expect(await reasonsAfter(59_999)).toStrictEqual([...earlier, fresh]);
    expect(await reasonsAfter(1)).toStrictEqual([
      ...['a no-data critical', 'a server-unreachable critical', 'b no-data critical'],
      ...['before-0-2 no-data critical', 'before-0-2 server-unreachable critical', fresh],
    ]);
  });

  test('goes on telling how polls went that fail, though the data is stale, and not of one that nobody polls', async () => {
    const served = await serveMetrics();
    const source = { status: 'down', error: 'refused', version: null } as const;
    await publish(served, { server: 'polled', source }, []);
    await publish(served, { server: 'silent' }, [LIVE]);
    served.clock.advance(6_500);
    expect(samplesOf(await served.read(PATH), `${SERVER}poll_status`)).toStrictEqual([
      [{ server: 'polled', status: 'down' }, 1],
    ]);
  });

  test('shows at once that a server became stale, though no tick came', async () => {
    const served = await serveMetrics();
    await publish(served, {}, [LIVE]);
    expect((await served.read(PATH)).size).toBeGreaterThan(10);
    served.clock.advance(6_500);
    expect(namesOf(await served.read(PATH), '')).toStrictEqual([
      'mediamtx_monitor_server_snapshot_age_seconds',
      'mediamtx_monitor_server_up',
    ]);
  });

  test('tells nothing of a server that is gone, neither here nor of this process', async () => {
    const served = await serveMetrics();
    await publish(served, { server: 'gone' }, [LIVE]);
    served.clock.advance(GONE_MS + 1);
    await publish(served, {}, [LIVE]);
    await eventually(() => {
      expect(served.feed.servers.fleet().ticks).toHaveLength(1);
    });
    expect(samplesOf(await served.read(PATH), `${SERVER}up`)).toStrictEqual([[{ server: 'main' }, 1]]);
    expect(samplesOf(await served.read('/metrics'), 'mediamtx_monitor_snapshot_stale')).toStrictEqual([
      [{ server: 'main' }, 0],
    ]);
  });
});
