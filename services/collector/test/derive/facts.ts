import type { Moment } from '@mediamtx-monitor/runtime';
import {
  DEFAULT_THRESHOLDS,
  derive,
  type LastPublished,
  type Memory,
  NO_EXPECTATIONS,
  NO_MEMORY,
  RECONNECT_WINDOW_MS,
  restoreMemory,
  type DeriveSettings,
  type Snapshot,
} from '../../src/derive/index.ts';
import {
  type ForwardFact,
  NO_DETAILS,
  type Observation,
  type PathDetails,
  type PathFact,
  type ProtocolFacts,
  type TrackFact,
} from '../../src/facts.ts';
import type { ConnectionFact, RtpFact, SrtFact } from '../../src/protocols/index.ts';
import type { SrtConnection } from '../../src/protocols/srt.ts';

/** Unix time of the first tick of a test, and the time at which its stream became ready. */
export const START_MS = Date.parse('2026-01-01T12:00:00.000Z');
export const READY_MS = START_MS - 60_000;
export const TICK_MS = 2_000;

/** A moment of a test whose clocks go together: the monotonic one began with the first tick. */
export const momentAt = (wallMs: number): Moment => ({ wallMs, monotonicMs: wallMs - START_MS });
export const isoAfter = (ms: number): string => new Date(START_MS + ms).toISOString();
export const iso = (ms: number): string => new Date(ms).toISOString();

export const SETTINGS: DeriveSettings = {
  server: 'main',
  thresholdsOf: () => DEFAULT_THRESHOLDS,
  offAirMsOf: () => 600_000,
  expectations: NO_EXPECTATIONS,
  hysteresis: { enterTicks: 3, leaveTicks: 5 },
  reconnectWindowMs: RECONNECT_WINDOW_MS,
  sessionAddresses: 'masked',
};

export function track(codec: string, fields: Partial<TrackFact> = {}): TrackFact {
  return {
    codec,
    width: null,
    height: null,
    profile: null,
    level: null,
    sampleRate: null,
    channels: null,
    ...fields,
  };
}

/** A path of a test: live from an SRT publisher, but for what is given. */
export function pathFact(fields: Partial<PathFact> = {}): PathFact {
  return {
    name: 'cam',
    confName: 'all_others',
    sourceType: 'srtConn',
    sourceId: 'publisher-1',
    ready: true,
    online: true,
    readyAtMs: READY_MS,
    tracks: [track('H264')],
    inboundBytes: 1_000_000,
    outboundBytes: 0,
    framesInError: 0,
    readerTypes: [],
    ...fields,
  };
}

/** What a push path shows while nobody publishes. */
export const IDLE: Partial<PathFact> = {
  sourceType: null,
  sourceId: null,
  ready: false,
  online: false,
  readyAtMs: null,
  tracks: [],
  inboundBytes: 0,
};

const common = {
  stream: 'cam',
  remoteAddr: '192.0.2.7:50000',
  user: null,
  userAgent: null,
  openedAtMs: READY_MS,
  inboundBytes: 0,
  outboundBytes: 0,
} as const;

export function srtFact(fields: Partial<SrtFact> = {}): SrtFact {
  return {
    rttMs: 10,
    receiveRateMibps: 1.9449,
    linkCapacityMibps: 1808.575,
    latencyMs: 120,
    bufferMs: 80,
    uniquePackets: 0,
    lostPackets: 0,
    retransmittedPackets: 0,
    droppedPackets: 0,
    undecryptablePackets: 0,
    framesDiscarded: 0,
    ...fields,
  };
}

type Base = Partial<Pick<ConnectionFact, 'id' | 'stream' | 'role' | 'inboundBytes' | 'outboundBytes'>>;

/** An SRT connection of a test: the publisher of `cam`. */
export function srtConnection(srt: Partial<SrtFact> = {}, base: Base = {}): SrtConnection {
  return {
    ...common,
    id: 'publisher-1',
    list: 'srtconns',
    role: 'publish',
    protocol: 'srt',
    ...base,
    srt: srtFact(srt),
  };
}

/** An RTSP session of a test: a reader of `cam`. */
export function rtspConnection(
  fields: { rtp?: Partial<RtpFact>; packetsDiscarded?: number | null } = {},
  base: Base = {},
): ConnectionFact {
  return {
    ...common,
    id: 'rtsp-1',
    list: 'rtspsessions',
    role: 'read',
    protocol: 'rtsp',
    transport: 'TCP',
    tunnel: 'none',
    packetsInError: 0,
    packetsDiscarded: fields.packetsDiscarded ?? 0,
    ...base,
    rtp: { packets: 0, lostPackets: 0, jitterTicks: null, ...fields.rtp },
  };
}

/** An RTMP connection of a test: a reader of `cam`. */
export function rtmpConnection(framesDiscarded: number | null, base: Base = {}): ConnectionFact {
  return {
    ...common,
    id: 'rtmp-1',
    list: 'rtmpconns',
    role: 'read',
    protocol: 'rtmp',
    ...base,
    framesDiscarded,
  };
}

const PROTOCOLS = ['srt', 'rtsp', 'rtsps', 'rtmp', 'rtmps', 'hls', 'webrtc', 'moq'] as const;

/** The facts of every protocol's list, each holding those of the given connections that are its own. */
export function protocolsOf(connections: readonly ConnectionFact[], receivedAtMs: number): ProtocolFacts[] {
  return PROTOCOLS.map((protocol) => ({
    protocol,
    connections: {
      kind: 'facts',
      facts: connections.filter((connection) => connection.protocol === protocol),
      receivedAtMs,
    },
  }));
}

export const forwardFact = (fields: Partial<ForwardFact> = {}): ForwardFact => ({
  id: 'a',
  position: 1,
  protocol: 'rtmp',
  state: 'forwarding',
  error: null,
  remoteAddr: null,
  outboundBytes: 0,
  ...fields,
});

export interface TickFacts {
  /** `null`: the path list could not be read. */
  readonly paths?: readonly PathFact[] | null;
  readonly connections?: readonly ConnectionFact[];
  readonly version?: string | null;
  readonly startedAtMs?: number | null;
  readonly details?: Partial<PathDetails>;
  /** Changes the finished observation. */
  readonly but?: (observation: Observation) => Observation;
}

export function observation(
  {
    paths = [],
    connections = [],
    version = 'v1.20.1',
    startedAtMs = null,
    details = {},
    but = (same) => same,
  }: TickFacts,
  receivedAtMs = 0,
): Observation {
  return but({
    paths: paths === null ? null : { facts: paths, receivedAtMs },
    protocols: protocolsOf(connections, receivedAtMs),
    details: { ...NO_DETAILS, ...details },
    version,
    startedAtMs,
    status: paths === null ? 'timeout' : 'up',
    error: paths === null ? 'no answer' : null,
    simulated: false,
    missing: paths === null ? ['paths'] : [],
  });
}

/** Ticks one after another, each on what was remembered of the one before. */
export function ticker(settings: Partial<DeriveSettings> = {}, from: Memory = NO_MEMORY, startMs = START_MS) {
  let memory = from;
  let nowMs = startMs;
  const tick = (facts: TickFacts, afterMs = TICK_MS): Snapshot => {
    const derived = derive(
      memory,
      observation(facts, nowMs - START_MS),
      { ...SETTINGS, ...settings },
      momentAt(nowMs),
    );
    memory = derived.memory;
    nowMs += afterMs;
    return derived.snapshot;
  };
  return {
    tick,
    /** One tick, of which the only stream is given back. */
    stream: (facts: TickFacts, afterMs?: number) => {
      const [record] = tick(facts, afterMs).streams;
      if (record === undefined) throw new Error('no stream');
      return record;
    },
    /** One tick of one path. */
    path: (fields: Partial<PathFact> = {}, afterMs?: number) => {
      const [record] = tick({ paths: [pathFact(fields)] }, afterMs).streams;
      if (record === undefined) throw new Error('no stream');
      return record;
    },
    /** One tick of one connection. */
    connection: (fact: ConnectionFact, facts: TickFacts = {}, afterMs?: number) => {
      const [record] = tick({ connections: [fact], ...facts }, afterMs).connections;
      if (record === undefined) throw new Error('no connection');
      return record;
    },
    memory: () => memory,
  };
}

/** The next collector, which starts at that time with what the one before published: as text, as it stands in Redis. */
export function nextCollector(
  startMs: number,
  { streams, connections, reasons, collectedAtMs, simulated }: Snapshot,
  settings: Partial<DeriveSettings> = {},
) {
  const published: LastPublished = { streams, connections, reasons, collectedAtMs, simulated };
  const stored = JSON.parse(JSON.stringify(published)) as LastPublished;
  return ticker(settings, restoreMemory(stored, momentAt(startMs)), startMs);
}
