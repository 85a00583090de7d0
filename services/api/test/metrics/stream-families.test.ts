import { expect, test } from '@jest/globals';
import { streamRecord } from '@mediamtx-monitor/testkit';
import type { Forward, StreamRecord } from '@mediamtx-monitor/types';
import { MISSING_STREAM } from '../describe/records.ts';
import { namesOf, publish, samplesOf, serveMetrics } from './serving.ts';

const STREAM = 'mediamtx_monitor_stream_';
const forward = (fields: Partial<Forward>): Forward => ({
  position: 1,
  protocol: 'srt',
  state: 'forwarding',
  error: null,
  remoteAddr: null,
  outboundBytes: 100,
  outboundMbps: null,
  ...fields,
});

/** What is told of these streams: values of the metrics that begin with a word, each with its labels. */
async function seriesOf(beginning: string, streams: readonly StreamRecord[]) {
  const served = await serveMetrics();
  await publish(served, {}, streams);
  const metrics = await served.read('/metrics/streams');
  return namesOf(metrics, `${STREAM}${beginning}`).flatMap((name) =>
    samplesOf(metrics, `${STREAM}${beginning}${name}`).map(([labels, value]) => {
      const others = Object.entries(labels).filter(([label]) => label !== 'server' && label !== 'stream');
      return [name, ...others.map((entry) => entry.join('=')), value].join(' ');
    }),
  );
}

test('a stream that is missing isn’t live, is expected, and says when it was', async () => {
  expect(await seriesOf('', [MISSING_STREAM])).toStrictEqual(
    expect.arrayContaining([
      'live 0',
      'state state=missing 1',
      'health health=critical 1',
      'reason reason=source-down severity=critical 1',
      'expected 1',
      'last_live_timestamp_seconds 1767225600',
      'pull_state state=error 1',
      'forward_state position=1 protocol=rtmp state=error 1',
      'forward_sent_bytes_total position=1 protocol=rtmp 1000',
    ]),
  );
});

test('a stream that isn’t expected says so; one of a collector before 0.2 says nothing of it', async () => {
  expect(await seriesOf('expected', [streamRecord({ expectedBy: null })])).toStrictEqual([' 0']);
  expect(await seriesOf('', [streamRecord()])).toStrictEqual(
    expect.not.arrayContaining([expect.stringMatching(/^(expected|last_live|pull|forward)/)]),
  );
});

test('one that is live, or never was, has no time at which it was', async () => {
  expect(await seriesOf('last_live', [streamRecord({ last: null })])).toStrictEqual([]);
});

test('words that MediaMTX may add are one label, and places that stand twice one series', async () => {
  const forwards = [
    forward({ state: 'warming up', protocol: 'quic' }),
    forward({ position: 2, state: null, protocol: null }),
    forward({ position: 3, protocol: 'webRTC', outboundBytes: null }),
    forward({ position: 3, protocol: 'webRTC', outboundBytes: null, state: 'error' }),
    { ...forward({}), position: 'x' } as unknown as Forward,
    null as unknown as Forward,
  ];
  expect(await seriesOf('forward_', [streamRecord({ forwards })])).toStrictEqual([
    'sent_bytes_total position=1 protocol=other 100',
    'sent_bytes_total position=2 protocol=other 100',
    'state position=1 protocol=other state=other 1',
    'state position=3 protocol=webrtc state=error 1',
  ]);
  const pull = { onDemand: false, state: 'resting', error: null };
  expect(await seriesOf('pull_', [streamRecord({ pull })])).toStrictEqual(['state state=other 1']);
  expect(await seriesOf('pull_', [streamRecord({ pull: { ...pull, state: null } })])).toStrictEqual([]);
});
