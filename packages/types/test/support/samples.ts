import {
  MESSAGE_VERSION,
  type ServerStatus,
  type StreamRecord,
  type StreamsHead,
  type StreamsMessage,
} from '../../src/index.ts';

export const liveRecord: StreamRecord = {
  name: 'testpattern-sport',
  sourceType: 'srtConn',
  tracks: ['H264', 'MPEG-4 Audio'],
  bytesReceived: 3_413_148,
  readers: 1,
  rtt: 0.36,
  recvRateMbps: 1.94,
  linkCapacityMbps: 1808.58,
};

export const idleRecord: StreamRecord = {
  name: 'idle/камера 📹',
  sourceType: null,
  tracks: [],
  bytesReceived: null,
  readers: 0,
  rtt: null,
  recvRateMbps: null,
  linkCapacityMbps: null,
};

/** What heads and server statuses have in common. */
type Shared = Omit<StreamsHead, 'type' | 'v'>;

const shared: Shared = {
  server: 'main',
  epoch: 1_767_225_600_000,
  seq: 1,
  collectedAt: '2026-01-01T00:00:00.000Z',
  publishedAt: '2026-01-01T00:00:00.123Z',
  intervalMs: 2_000,
  simulated: false,
  source: { status: 'up', error: null, version: 'v1.20.1' },
  missing: [],
  totals: { streams: 2, readers: 1 },
};

/** Of a server that never answered. */
const unreached: Shared = {
  ...shared,
  collectedAt: null,
  source: { status: 'down', error: 'http://127.0.0.1:9997 refused the connection', version: null },
  missing: ['paths'],
  totals: { streams: null, readers: null },
};

export const head: StreamsHead = { type: 'streams', v: MESSAGE_VERSION, ...shared };
export const unreachedHead: StreamsHead = { type: 'streams', v: MESSAGE_VERSION, ...unreached };
export const message: StreamsMessage = { ...head, streams: [idleRecord, liveRecord] };
export const serverStatus: ServerStatus = { ...shared, stale: false, ageMs: 12 };
export const unreachedStatus: ServerStatus = { ...unreached, stale: true, ageMs: null };
