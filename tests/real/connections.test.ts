import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConnectionRecord, ConnectionsMessage, Role, StreamsMessage } from '@mediamtx-monitor/types';
import { type PublishProtocol, PROTOCOLS, publish, read } from './support/media.ts';
import { startMediamtx } from './support/mediamtx.ts';
import { startMonitor, streamIn } from './support/monitor.ts';
import { createRig } from '../support/rig.ts';

/** Each stream is published with one protocol and read with the next. */
const READ_WITH: Readonly<Record<PublishProtocol, PublishProtocol>> = {
  srt: 'rtsp',
  rtsp: 'rtmp',
  rtmp: 'srt',
};

const rig = createRig();
let streams: StreamsMessage;
let connections: ConnectionsMessage;

beforeAll(async () => {
  const mediamtx = await rig.add(startMediamtx());
  for (const protocol of PROTOCOLS) {
    await rig.add(publish(mediamtx, protocol, protocol));
    await rig.add(read(mediamtx, READ_WITH[protocol], protocol));
  }
  const monitor = await startMonitor(rig, mediamtx);
  streams = await monitor.streams.fresh();
  connections = await monitor.connections.message(({ seq }) => seq >= streams.seq);
});

afterAll(rig.stop);

function connectionOf(stream: string, role: Role): ConnectionRecord {
  const found = connections.connections.find((one) => one.stream === stream && one.role === role);
  if (found === undefined) throw new Error(`${stream} has none that does ${role}`);
  return found;
}

test('nothing is missing, though most protocols are off', () => {
  expect(connections).toMatchObject({ server: 'main', simulated: false, missing: [] });
  expect(connections.connections).toHaveLength(6);
});

describe.each(PROTOCOLS)('a stream published with %s', (protocol) => {
  test('knows its publisher, which brings it', () => {
    const publisher = connectionOf(protocol, 'publish');
    const { sourceId, inboundMbps } = streamIn(streams, protocol);
    expect(publisher).toMatchObject({ protocol, server: 'main', id: sourceId, health: 'ok' });
    expect(publisher.remoteAddr).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(publisher.inboundMbps).toBeGreaterThan(0.1);
    expect(inboundMbps).toBeGreaterThan(0.1);
  });

  test('counts its reader, which takes it', () => {
    const reader = connectionOf(protocol, 'read');
    const { readersByProtocol, outboundMbps } = streamIn(streams, protocol);
    expect(reader).toMatchObject({ protocol: READ_WITH[protocol], server: 'main', health: 'ok' });
    expect(readersByProtocol).toStrictEqual({ [READ_WITH[protocol]]: 1 });
    expect(reader.outboundMbps).toBeGreaterThan(0.1);
    expect(outboundMbps).toBeGreaterThan(0.1);
  });
});
