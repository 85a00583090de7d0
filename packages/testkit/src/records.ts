import type {
  Alert,
  ConnectionRecord,
  HostDisk,
  HostRecord,
  Reason,
  SrtDetail,
  StreamRecord,
  StreamsHead,
} from '@mediamtx-monitor/types';

/** The head of a test's streams message: that of a server that is read well, but for what is given. */
export function streamsHead(fields: Partial<StreamsHead> = {}): StreamsHead {
  return {
    type: 'streams',
    v: 1,
    server: 'main',
    epoch: 1_767_225_600_000,
    seq: 1,
    collectedAt: '2026-01-01T00:00:00.000Z',
    publishedAt: '2026-01-01T00:00:00.000Z',
    intervalMs: 2_000,
    simulated: false,
    source: { status: 'up', error: null, version: 'v1.20.1' },
    missing: [],
    totals: { streams: 1, readers: 0, inboundMbps: 0, outboundMbps: 0, states: null, healths: null },
    ...fields,
  };
}

/** A stream record of a test: an idle stream, but for what is given. */
export function streamRecord(fields: Partial<StreamRecord> = {}): StreamRecord {
  return {
    name: 'cam',
    sourceType: null,
    tracks: [],
    bytesReceived: 0,
    readers: 0,
    rtt: null,
    recvRateMbps: null,
    linkCapacityMbps: null,
    server: 'main',
    state: 'idle',
    since: '2026-01-01T00:00:00.000Z',
    health: 'ok',
    reasons: [],
    sourceId: null,
    media: { video: null, audio: null, others: [] },
    inboundMbps: 0,
    outboundMbps: 0,
    bytesSent: 0,
    framesInError: 0,
    framesInErrorPerSecond: 0,
    readersByProtocol: {},
    restarts: 0,
    rttMs: null,
    latencyMs: null,
    linkLossPercent: null,
    retransmitPercent: null,
    unrecoveredPercent: null,
    ...fields,
  };
}

/** A healthy live stream over SRT with one reader, but for what is given. */
export function liveStream(fields: Partial<StreamRecord> = {}): StreamRecord {
  return streamRecord({
    sourceType: 'srtConn',
    tracks: ['H264'],
    bytesReceived: 1_000,
    readers: 1,
    rtt: 2,
    recvRateMbps: 4,
    linkCapacityMbps: 100,
    state: 'live',
    sourceId: 'a',
    media: {
      video: { codec: 'H264', width: 1920, height: 1080, profile: 'High', level: '4' },
      audio: null,
      others: [],
    },
    inboundMbps: 4,
    outboundMbps: 4,
    bytesSent: 1_000,
    readersByProtocol: { webrtc: 1 },
    rttMs: 2,
    latencyMs: 120,
    linkLossPercent: 0,
    retransmitPercent: 0,
    unrecoveredPercent: 0,
    ...fields,
  });
}

/** Something that is wrong with a stream: a link that loses, but for what is given. */
export function lossReason(fields: Partial<Reason> = {}): Reason {
  return {
    code: 'link-loss',
    severity: 'warning',
    measured: 2,
    limit: 1,
    since: '2026-01-01T00:00:00.000Z',
    ...fields,
  };
}

/** A connection record of a test: an RTMP reader, but for what is given. */
export function connectionRecord(
  fields: Partial<Extract<ConnectionRecord, { protocol: 'rtmp' | 'rtmps' }>> = {},
): ConnectionRecord {
  return {
    id: '9ef1b18d-b3c7-447a-8cae-5b4b94a4ef2e',
    server: 'main',
    stream: 'cam',
    role: 'read',
    remoteAddr: '192.0.2.7:50000',
    user: null,
    userAgent: null,
    since: '2026-01-01T00:00:00.000Z',
    inboundBytes: 0,
    outboundBytes: 1_000,
    inboundMbps: null,
    outboundMbps: null,
    health: 'ok',
    reasons: [],
    protocol: 'rtmp',
    rtmp: { framesDiscarded: 0 },
    ...fields,
  };
}

/** What all connections have in common. */
type CommonFields = Partial<Omit<ConnectionRecord, 'protocol'>>;

const reader = {
  id: 'c1',
  server: 'main',
  stream: 'cam',
  role: 'read',
  remoteAddr: '192.0.2.1:5000',
  user: null,
  userAgent: null,
  since: '2026-01-01T00:00:00.000Z',
  inboundBytes: 1,
  outboundBytes: 1,
  inboundMbps: 4,
  outboundMbps: 4,
  health: 'ok',
  reasons: [],
} as const;

const srtDetail: SrtDetail = {
  rttMs: 10,
  rttP50Ms: 10,
  rttP95Ms: 20,
  latencyMs: 120,
  rttLatencyRatio: 0.1,
  linkLossPercent: 0,
  retransmitPercent: 0,
  unrecoveredPercent: 0,
  latePercent: 0,
  undecryptablePackets: 0,
  bufferMs: 100,
  framesDiscarded: 0,
};

/** A healthy reader over SRT, but for what is given. */
export function srtConnection(fields: CommonFields = {}, detail: Partial<SrtDetail> = {}): ConnectionRecord {
  return { ...reader, ...fields, protocol: 'srt', srt: { ...srtDetail, ...detail } };
}

/** A healthy reader over WebRTC, but for what is given. */
export function webrtcConnection(fields: CommonFields = {}): ConnectionRecord {
  return {
    ...reader,
    ...fields,
    protocol: 'webrtc',
    webrtc: {
      lossPercent: 2,
      jitterMs: 3,
      jitterTicks: 270,
      established: true,
      localCandidate: 'host/udp/192.0.2.9/8189',
      remoteCandidate: null,
      framesDiscarded: 5,
    },
  };
}

const traffic = {
  inboundMbps: 812.4,
  outboundMbps: 1_900.012,
  inboundErrorsPerSecond: 0,
  outboundErrorsPerSecond: 0,
  inboundDropsPerSecond: 0.2,
  outboundDropsPerSecond: 0,
};
/** A host record of a test: a machine of which everything is known, but for what is given. */
export function hostRecord(fields: Partial<HostRecord> = {}): HostRecord {
  return {
    host: 'media-1',
    os: 'Debian GNU/Linux 12 (bookworm)',
    kernel: '6.1.0-21-arm64',
    uptimeSeconds: 14_681.51,
    cpu: {
      cores: 2,
      percent: 43.1,
      userPercent: 38.2,
      systemPercent: 4.9,
      iowaitPercent: 0.4,
      stealPercent: 0,
      corePercents: [40.2, null],
    },
    load1: 2.95,
    load5: 4.55,
    load15: 4.96,
    memory: { totalBytes: 2 ** 34, availableBytes: 2 ** 33, usedBytes: 2 ** 33, usedPercent: 50 },
    swap: { totalBytes: 0, usedBytes: 0, usedPercent: null },
    disks: [
      {
        mount: '/',
        device: '/dev/vda',
        type: 'ext4',
        sizeBytes: 1e15,
        usedBytes: 4e14,
        freeBytes: 6e14,
        usedPercent: 40,
        inodes: 61_054_976,
        freeInodes: 60_000_000,
      },
    ],
    network: { ...traffic, interfaces: [{ name: 'eth0', ...traffic }] },
    temperatureCelsius: -12.5,
    mediamtx: [
      {
        pid: 812,
        startedAt: '2026-01-01T00:00:00.000Z',
        cpuPercent: 312.5,
        memoryBytes: 48_320_512,
        threads: 9,
        openFiles: 28,
      },
    ],
    ...fields,
  };
}

/** A disk that is nearly full. */
export const FULL_DISK: HostDisk = {
  mount: '/',
  device: '/dev/sda1',
  type: 'ext4',
  sizeBytes: 1e11,
  usedBytes: 9.6e10,
  freeBytes: 4e9,
  usedPercent: 96,
  inodes: null,
  freeInodes: null,
};

/** An alert of a test: a stream of `main` that fires since it went off air, but for what is given. */
export function alertRecord(fields: Partial<Alert> = {}): Alert {
  const since = '2026-01-01T00:00:00.000Z';
  return {
    id: 'a1',
    subject: { kind: 'stream', server: 'main', stream: 'cam/1' },
    state: 'firing',
    severity: 'critical',
    reasons: [{ code: 'off-air', severity: 'critical', measured: null, limit: null, since }],
    since,
    firedAt: '2026-01-01T00:00:30.000Z',
    resolvedAt: null,
    returns: 0,
    mutedBy: null,
    silencedBy: null,
    acknowledged: null,
    notified: [],
    ...fields,
  };
}
