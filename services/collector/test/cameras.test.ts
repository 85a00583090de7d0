import { expect, test } from '@jest/globals';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { derive, NO_MEMORY } from '../src/derive/index.ts';
import { momentAt, SETTINGS, START_MS } from './derive/facts.ts';
import { items, normalise, pollOf, type RawItem } from './support/polls.ts';

/** A pulled camera as MediaMTX 1.16 and later list it. */
const camera = (name: string, changes: RawItem): RawItem => ({
  name,
  confName: name,
  source: { type: 'rtspSource', id: '' },
  tracks2: [],
  readers: [],
  outboundBytes: 0,
  inboundFramesInError: 0,
  bytesSent: 0,
  ...changes,
});
const on = (name: string, bytes: number): RawItem =>
  camera(name, {
    ready: true,
    readyTime: '2025-11-28T15:00:00Z',
    available: true,
    availableTime: '2025-11-28T15:00:00Z',
    online: true,
    onlineTime: '2025-11-28T15:00:00Z',
    tracks: ['H264'],
    inboundBytes: bytes,
    bytesReceived: bytes,
  });
/** MediaMTX calls it online, since a time before all time. */
const off = (name: string): RawItem =>
  camera(name, {
    ready: false,
    readyTime: null,
    available: false,
    availableTime: null,
    online: true,
    onlineTime: '0001-01-01T00:00:00Z',
    tracks: [],
    inboundBytes: 0,
    bytesReceived: 0,
  });

/** What is said of the cameras after each of the ticks, which are so far apart. */
function watch(ticks: readonly (readonly RawItem[])[], apartMs: number): StreamRecord[][] {
  let memory = NO_MEMORY;
  return ticks.map((paths, number) => {
    const seen = normalise(pollOf({ paths: items(...paths) }), 'full');
    const derived = derive(memory, seen, SETTINGS, momentAt(START_MS + number * apartMs));
    memory = derived.memory;
    return [...derived.snapshot.streams];
  });
}
const shown = (records: readonly StreamRecord[]) =>
  records.map(({ name, state, health, reasons }) => [
    name,
    state,
    health,
    ...reasons.map(({ code }) => code),
  ]);

test('a camera that has been off since before the collector started is critical, not well for ever', () => {
  const ticks = Array.from({ length: 30 }, (_, tick) => [off('cam-gate'), on('cam-yard', tick)]);
  const records = watch(ticks, 2_000);
  expect(shown(records[0] ?? [])).toStrictEqual([
    ['cam-gate', 'waiting', 'ok'],
    ['cam-yard', 'live', 'ok'],
  ]);
  for (const later of records.slice(16)) {
    expect(shown(later)).toStrictEqual([
      ['cam-gate', 'waiting', 'critical', 'source-down'],
      ['cam-yard', 'live', 'ok'],
    ]);
  }
});

test('a camera that is unplugged is never well again, also 11 minutes later', () => {
  const gate = [
    ...[1, 2, 3, 4, 5].map((tick) => on('cam-gate', tick)),
    ...Array.from({ length: 400 }, () => off('cam-gate')),
  ];
  const records = watch(
    gate.map((item) => [item]),
    2_000,
  ).flat();
  const codes = records.map(({ health, reasons }) => `${health} ${reasons.map(({ code }) => code).join()}`);
  expect(codes.slice(0, 5)).toStrictEqual(Array(5).fill('ok '));
  expect(codes.slice(5, 21)).toStrictEqual(Array(16).fill('critical off-air'));
  expect(codes.slice(21)).toStrictEqual(Array(384).fill('critical source-down'));
  expect(records.at(-1)).toMatchObject({ last: { tracks: ['H264'], protocol: 'rtsp', publisher: null } });
});
