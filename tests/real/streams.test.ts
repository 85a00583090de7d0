import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { StreamRecord, StreamsMessage } from '@mediamtx-monitor/types';
import { type PublishProtocol, PROTOCOLS, publish, read } from './support/media.ts';
import { type Mediamtx, startMediamtx } from './support/mediamtx.ts';
import { startMonitor, streamIn } from './support/monitor.ts';
import { createRig } from '../support/rig.ts';
import type { Running } from '../support/running.ts';
import type { ApiProcess } from '../support/services.ts';
import type { StreamsSubscription } from './support/subscription.ts';

const SOURCE_TYPES: Readonly<Record<PublishProtocol, string>> = {
  srt: 'srtConn',
  rtsp: 'rtspSession',
  rtmp: 'rtmpConn',
};
const nameOf = (protocol: PublishProtocol): string => `live/${protocol}`;

const rig = createRig();
const publishers = new Map<PublishProtocol, Running>();
let mediamtx: Mediamtx;
let api: ApiProcess;
let subscription: StreamsSubscription;

beforeAll(async () => {
  mediamtx = await rig.add(startMediamtx());
  for (const protocol of PROTOCOLS) {
    publishers.set(protocol, await rig.add(publish(mediamtx, protocol, nameOf(protocol))));
    await rig.add(read(mediamtx, protocol, nameOf(protocol)));
  }
  ({ api, streams: subscription } = await startMonitor(rig, mediamtx));
});

afterAll(rig.stop);

const recordOf = (message: StreamsMessage, protocol: PublishProtocol): StreamRecord =>
  streamIn(message, nameOf(protocol));

test('the snapshot says that MediaMTX is up, and simulates nothing', async () => {
  expect(await subscription.fresh()).toMatchObject({
    server: 'main',
    simulated: false,
    source: { status: 'up', error: null, version: await mediamtx.version() },
    // The protocols that are off here are not missing.
    missing: [],
    totals: { streams: 3, readers: 3 },
  });
});

test('curl shows every stream, by name, with the eight fields', async () => {
  const response = await fetch(`${api.url}/api/streams/latest`);
  expect(response.headers.get('x-snapshot-simulated')).toBe('false');
  expect(response.headers.get('x-snapshot-stale')).toBe('false');
  const records = (await response.json()) as StreamRecord[];
  expect(records.map(({ name }) => name)).toStrictEqual(['live/rtmp', 'live/rtsp', 'live/srt']);
  for (const record of records) {
    expect(Object.keys(record).slice(0, 8)).toStrictEqual([
      'name',
      'sourceType',
      'tracks',
      'bytesReceived',
      'readers',
      'rtt',
      'recvRateMbps',
      'linkCapacityMbps',
    ]);
  }
});

describe.each(PROTOCOLS)('%s', (protocol) => {
  test('type, tracks and readers', async () => {
    expect(recordOf(await subscription.fresh(), protocol)).toMatchObject({
      sourceType: SOURCE_TYPES[protocol],
      tracks: ['H264', 'MPEG-4 Audio'],
      readers: 1,
    });
  });

  test('bytes grow, and lie between what MediaMTX says before and after', async () => {
    const listed = async (): Promise<number> =>
      (await mediamtx.paths()).find(({ name }) => name === nameOf(protocol))?.bytesReceived ?? NaN;
    const before = await listed();
    const first = recordOf(await subscription.fresh(), protocol).bytesReceived;
    const second = recordOf(await subscription.fresh(), protocol).bytesReceived;
    const after = await listed();
    expect(first).toBeGreaterThan(before);
    expect(second).toBeGreaterThan(first ?? NaN);
    expect(second).toBeLessThanOrEqual(after);
  });

  test('SRT’s numbers are there for SRT only', async () => {
    const { rtt, recvRateMbps, linkCapacityMbps } = recordOf(await subscription.fresh(), protocol);
    if (protocol === 'srt') {
      expect(rtt).toBeGreaterThanOrEqual(0);
      expect(recvRateMbps).toBeGreaterThan(0.05);
      expect(recvRateMbps).toBeLessThan(5);
      expect(linkCapacityMbps).toBeGreaterThanOrEqual(0);
    } else {
      expect({ rtt, recvRateMbps, linkCapacityMbps }).toStrictEqual({
        rtt: null,
        recvRateMbps: null,
        linkCapacityMbps: null,
      });
    }
  });
});

// Last, since it takes the streams away.
test.each(PROTOCOLS)('a stopped %s publisher is gone within two ticks', async (protocol) => {
  const name = nameOf(protocol);
  await publishers.get(protocol)?.stop();
  await eventually(async () => {
    expect((await mediamtx.paths()).map((path) => path.name)).not.toContain(name);
  });
  const listed = (await subscription.fresh()).streams.filter(({ state }) => state !== 'missing');
  expect(listed.map((stream) => stream.name)).not.toContain(name);
});
