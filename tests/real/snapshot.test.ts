import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RawSnapshot, StreamsMessage } from '@mediamtx-monitor/types';
import { rawSnapshotSchema } from '@mediamtx-monitor/types/schemas';
import { PROTOCOLS, publish } from './support/media.ts';
import { type ListedPath, startMediamtx } from './support/mediamtx.ts';
import { last, startMonitor, streamIn } from './support/monitor.ts';
import { createRig } from '../support/rig.ts';
import { startReplay, takeSnapshot } from './support/snapshot.ts';

/** What publishers type: none of it may come out. */
const PASSWORD = 'not-for-bug-reports';
const SAMPLES = 3;

const rig = createRig();
let snapshot: RawSnapshot;
/** What a monitor of the real server told, and one of the replay. */
let real: StreamsMessage;
let replayed: readonly StreamsMessage[];

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-'));
  await rig.add({ stop: () => rm(folder, { recursive: true }) });
  const file = join(folder, 'snapshot.json');
  const mediamtx = await rig.add(startMediamtx());
  for (const protocol of PROTOCOLS) {
    await rig.add(publish(mediamtx, protocol, protocol, { password: PASSWORD }));
  }
  const monitor = await startMonitor(rig, mediamtx);
  await takeSnapshot(mediamtx, file, SAMPLES);
  real = await monitor.streams.fresh();
  snapshot = JSON.parse(await readFile(file, 'utf8')) as RawSnapshot;

  const { streams } = await startMonitor(rig, await rig.add(startReplay(file)));
  // The collector may poll in the middle between two samples, and then needs one tick more.
  const first = await streams.message(() => true);
  await streams.message(({ seq }) => seq > first.seq + SAMPLES);
  replayed = streams.since(first.seq);
});

afterAll(rig.stop);

test('the snapshot is what the contract says, and has no password', () => {
  expect(rawSnapshotSchema.validate(snapshot).error).toBeUndefined();
  expect(snapshot.samples).toHaveLength(SAMPLES);
  expect(JSON.stringify(snapshot)).not.toContain(PASSWORD);
  expect(snapshot.removedSecrets).toBeGreaterThanOrEqual(SAMPLES * PROTOCOLS.length);
});

test('the replay has the same streams, and is called simulated', () => {
  for (const message of replayed) {
    expect(message).toMatchObject({ simulated: true, missing: [], source: { status: 'up', error: null } });
    expect(message.streams.map(({ name }) => name)).toStrictEqual(real.streams.map(({ name }) => name));
  }
});

describe.each(PROTOCOLS)('a stream published with %s', (name) => {
  test('is the same in the replay, ends where the snapshot ends, and moves as fast until then', () => {
    const original = streamIn(real, name);
    const { sourceType, sourceId, tracks, media, since } = original;
    const paths = snapshot.samples.at(-1)?.lists['paths'];
    const listed = (paths?.status === 'read' ? paths.items : []) as readonly ListedPath[];
    const bytesReceived = listed.find((path) => path.name === name)?.bytesReceived;
    expect(streamIn(last(replayed), name)).toMatchObject({
      ...{ sourceType, sourceId, tracks, media, since, bytesReceived },
    });
    const fastestMbps = Math.max(...replayed.map((message) => streamIn(message, name).inboundMbps ?? 0));
    expect(fastestMbps).toBeGreaterThan(0.1);
    expect(fastestMbps).toBeLessThan(3 * (original.inboundMbps ?? NaN));
  });
});
