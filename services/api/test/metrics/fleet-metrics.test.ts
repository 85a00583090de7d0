import { describe, expect, test } from '@jest/globals';
import { streamRecord } from '@mediamtx-monitor/testkit';
import { namesOf, publish, samplesOf, serveMetrics } from './serving.ts';

const PATH = '/metrics/streams';
const STREAM = 'mediamtx_monitor_stream_';
const LIVE = streamRecord({
  name: 'cam',
  state: 'live',
  since: '2026-01-01T00:00:00.500Z',
  health: 'warning',
  reasons: [
    { code: 'link-loss', severity: 'warning', measured: 1.5, limit: 1, since: '2026-01-01T00:00:00.000Z' },
    { code: 'stalled', severity: 'critical', measured: null, limit: null, since: '2026-01-01T00:00:00.000Z' },
    { code: 'stalled', severity: 'warning', measured: null, limit: null, since: '2026-01-01T00:00:00.000Z' },
  ],
  bytesReceived: 3_413_148,
  bytesSent: 2 ** 60,
  framesInError: 2,
  readers: 3,
  readersByProtocol: { srt: 1, hls: 2 },
  restarts: 1,
  rttMs: 0.36,
  latencyMs: 120,
  linkLossPercent: 1.5,
  retransmitPercent: 7,
  unrecoveredPercent: 0,
});

describe('/metrics/streams', () => {
  test('tells nothing as long as nothing is known', async () => {
    const { url } = await serveMetrics();
    const response = await fetch(`${url}${PATH}`);
    expect([response.status, await response.text()]).toStrictEqual([200, '']);
  });

  test('tells of each stream, in base units', async () => {
    const served = await serveMetrics();
    await publish(served, {}, [LIVE]);
    const metrics = await served.read(PATH);
    const stream = { server: 'main', stream: 'cam' };
    const samples = Object.fromEntries(
      namesOf(metrics, STREAM).map((name) => [name, samplesOf(metrics, `${STREAM}${name}`)]),
    );
    expect(samples).toStrictEqual({
      state: [[{ ...stream, state: 'live' }, 1]],
      health: [[{ ...stream, health: 'warning' }, 1]],
      reason: [
        [{ ...stream, reason: 'link-loss', severity: 'warning' }, 1],
        [{ ...stream, reason: 'stalled', severity: 'critical' }, 1],
      ],
      live: [[stream, 1]],
      state_since_timestamp_seconds: [[stream, 1_767_225_600.5]],
      received_bytes_total: [[stream, 3_413_148]],
      sent_bytes_total: [[stream, 2 ** 60]],
      frames_in_error_total: [[stream, 2]],
      readers: [[stream, 3]],
      readers_by_protocol: [
        [{ ...stream, protocol: 'srt' }, 1],
        [{ ...stream, protocol: 'hls' }, 2],
      ],
      recent_restarts: [[stream, 1]],
      rtt_seconds: [[stream, 0.00036]],
      latency_seconds: [[stream, 0.12]],
      link_loss_ratio: [[stream, 0.015]],
      retransmit_ratio: [[stream, 0.07]],
      unrecovered_ratio: [[stream, 0]],
    });
    expect(metrics.get('mediamtx_monitor_stream_received_bytes_total')?.type).toBe('counter');
  });

  test('tells nothing of what was not measured', async () => {
    const served = await serveMetrics();
    const unmeasured = { bytesReceived: null, bytesSent: null, framesInError: null, restarts: null } as const;
    await publish(served, {}, [streamRecord(unmeasured)]);
    const streams = namesOf(await served.read(PATH), STREAM);
    expect(streams).toStrictEqual(['health', 'live', 'readers', 'state', 'state_since_timestamp_seconds']);
  });

  test('tells no numbers of a stream whose list could not be read: those in its record are old', async () => {
    const served = await serveMetrics();
    await publish(served, {}, [{ ...LIVE, state: 'unknown', health: 'unknown' }]);
    const streams = namesOf(await served.read(PATH), STREAM);
    expect(streams).toStrictEqual(['health', 'state']);
  });

  test('is rendered once a tick, however many ask', async () => {
    const served = await serveMetrics();
    await publish(served, {}, [LIVE]);
    const tick = served.feed.servers.newest('streams', 'main');
    const record = tick?.records[0] ?? {};
    let reads = 0;
    // The records are parsed once; who renders them reads their members.
    Object.defineProperty(record, 'state', { enumerable: true, get: () => ((reads += 1), 'live') });
    const texts = await Promise.all([1, 2, 3].map(() => served.read(PATH)));
    const once = reads;
    expect(once).toBeGreaterThan(0);
    await served.read(PATH);
    expect(reads).toBe(once);
    expect(texts[1]).toStrictEqual(texts[0]);
    await publish(served, { seq: 2 }, [streamRecord({ name: 'other' })]);
    expect(samplesOf(await served.read(PATH), 'mediamtx_monitor_stream_live')).toStrictEqual([
      [{ server: 'main', stream: 'other' }, 0],
    ]);
  });

  test('tells of one server alone, without hosts', async () => {
    const served = await serveMetrics();
    await publish(served, {}, [LIVE]);
    await publish(served, { server: 'north' }, [streamRecord({ name: 'far', server: 'north' })]);
    const metrics = await served.read(`${PATH}?server=north`);
    for (const [name, { samples }] of metrics) {
      expect([name, new Set(samples.map(({ labels }) => labels['server']))]).toStrictEqual([
        name,
        new Set(['north']),
      ]);
    }
    expect(samplesOf(metrics, `${STREAM}live`)).toStrictEqual([[{ server: 'north', stream: 'far' }, 0]]);
    await publish(served, { server: 'north', seq: 2 }, []);
    expect(samplesOf(await served.read(`${PATH}?server=north`), `${STREAM}live`)).toStrictEqual([]);
    const unknown = await fetch(`${served.url}${PATH}?server=none`);
    expect([unknown.status, await unknown.json()]).toStrictEqual([
      404,
      expect.objectContaining({ code: 'unknown-server' }),
    ]);
  });
});
