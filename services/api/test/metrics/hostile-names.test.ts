import { describe, expect, test } from '@jest/globals';
import { parseMetrics, promtoolComplaints, prometheusTest, streamRecord } from '@mediamtx-monitor/testkit';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { LIVE_STREAM } from '../describe/records.ts';
import { namesOf, publish, samplesOf, serveMetrics } from './serving.ts';

const PATH = '/metrics/streams';
const HOSTILE = [
  'a/b/c',
  '"quoted"',
  '\\',
  'ends in \\',
  '\\"',
  '\\n is no line end',
  'a\nline end',
  'a\r\nline end',
  '📹 камера',
  '\u2028',
  '{}',
  'x",server="other',
  'x,stream:y',
  '# HELP x y',
  ' ',
  '\u0000',
];

describe('names that would break the format', () => {
  test.each(HOSTILE)('%j comes through as it is', async (name) => {
    const served = await serveMetrics();
    await publish(served, {}, [streamRecord({ name })]);
    const metrics = await served.read(PATH);
    expect(samplesOf(metrics, 'mediamtx_monitor_stream_live')).toStrictEqual([
      [{ server: 'main', stream: name }, 0],
    ]);
  });

  test('that stand twice are told once', async () => {
    const served = await serveMetrics();
    await publish(served, {}, [streamRecord({ readers: 1 }), streamRecord({ readers: 2 })]);
    const metrics = await served.read(PATH);
    expect(samplesOf(metrics, 'mediamtx_monitor_stream_readers')).toStrictEqual([
      [{ server: 'main', stream: 'cam' }, 2],
    ]);
  });

  test('and records that are none are left out', async () => {
    const served = await serveMetrics();
    const wrong = [
      null,
      'cam',
      {},
      { name: 7 },
      {
        name: 'odd',
        state: 7,
        since: 'yesterday',
        readers: '3',
        readersByProtocol: { srt: 'x' },
        reasons: [null, {}],
      },
    ];
    await publish(served, {}, wrong as unknown as StreamRecord[]);
    const streams = namesOf(await served.read(PATH), 'mediamtx_monitor_stream_');
    expect(streams).toStrictEqual([]);
  });
});

prometheusTest<typeof test.skip>(
  'promtool',
  test,
  test.skip,
)('promtool complains of nothing, hostile names included', async () => {
  const served = await serveMetrics();
  const readable = HOSTILE.map((name) => ({ ...LIVE_STREAM, name }));
  await publish(served, { missing: ['srtconns'] }, readable);
  const text = await (await fetch(`${served.url}${PATH}`)).text();
  expect(parseMetrics(text).get('mediamtx_monitor_stream_live')?.samples.length).toBe(HOSTILE.length);
  expect(promtoolComplaints(text)).toBe('');
});
