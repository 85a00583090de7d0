import type { ConnectionRecord, ConnectionsMessage, Health } from '@mediamtx-monitor/types';

/** Who brings a stream and who takes it. */
export interface Parties {
  /** `undefined` when the server itself fetches the stream, or nothing is published. */
  readonly publisher: ConnectionRecord | undefined;
  /** The worst first, then those that have been there longest. */
  readonly viewers: readonly ConnectionRecord[];
  /** Some lists of connections couldn't be read: those that were on them are old, or not here. */
  readonly isPartial: boolean;
  /** When all of this was so. */
  readonly toldAt: string;
}

/** Lists that hold no connections. */
const OTHER_LISTS: readonly string[] = ['info', 'paths'];

const URGENCY: Readonly<Record<Health, number>> = { critical: 0, warning: 1, unknown: 2, ok: 3 };

export function partiesOf(
  { connections, missing, publishedAt }: Pick<ConnectionsMessage, 'connections' | 'missing' | 'publishedAt'>,
  stream: string,
): Parties {
  const own = connections.filter((connection) => connection.stream === stream);
  return {
    publisher: own.find(({ role }) => role === 'publish'),
    viewers: own
      .filter(({ role }) => role === 'read')
      .sort(
        (a, b) =>
          URGENCY[a.health] - URGENCY[b.health] ||
          compare(a.since ?? '', b.since ?? '') ||
          compare(a.id, b.id),
      ),
    isPartial: missing.some((list) => !OTHER_LISTS.includes(list)),
    toldAt: publishedAt,
  };
}

export function isIll({ health }: Pick<ConnectionRecord, 'health'>): boolean {
  return health === 'warning' || health === 'critical';
}

/** What all protocols tell alike, where they tell it. */
export interface LinkNumbers {
  readonly rttMs: number | null;
  readonly rttP50Ms: number | null;
  readonly rttP95Ms: number | null;
  readonly latencyMs: number | null;
  readonly lossPercent: number | null;
  readonly jitterMs: number | null;
  /** Frames or packets thrown away for a reader that is too slow, in all. */
  readonly discarded: number | null;
}

const NOTHING: LinkNumbers = {
  rttMs: null,
  rttP50Ms: null,
  rttP95Ms: null,
  latencyMs: null,
  lossPercent: null,
  jitterMs: null,
  discarded: null,
};

export function linkNumbers(connection: ConnectionRecord): LinkNumbers {
  switch (connection.protocol) {
    case 'srt': {
      const { rttMs, rttP50Ms, rttP95Ms, latencyMs, linkLossPercent, framesDiscarded } = connection.srt;
      return {
        ...NOTHING,
        rttMs,
        rttP50Ms,
        rttP95Ms,
        latencyMs,
        lossPercent: linkLossPercent,
        discarded: framesDiscarded,
      };
    }
    case 'rtsp':
    case 'rtsps': {
      const { lossPercent, jitterMs, packetsDiscarded } = connection.rtsp;
      return { ...NOTHING, lossPercent, jitterMs, discarded: packetsDiscarded };
    }
    case 'webrtc': {
      const { lossPercent, jitterMs, framesDiscarded } = connection.webrtc;
      return { ...NOTHING, lossPercent, jitterMs, discarded: framesDiscarded };
    }
    case 'rtmp':
    case 'rtmps':
      return { ...NOTHING, discarded: connection.rtmp.framesDiscarded };
    case 'hls':
      return { ...NOTHING, discarded: connection.hls.framesDiscarded };
    case 'moq':
      return NOTHING;
  }
}

/** How the data gets here, as far as the protocol tells: `UDP`, `http`, a pair of candidates. */
export function transportOf(connection: ConnectionRecord): readonly string[] {
  switch (connection.protocol) {
    case 'rtsp':
    case 'rtsps': {
      const { transport, tunnel } = connection.rtsp;
      return [transport, tunnel === 'none' ? null : tunnel].filter((part) => part !== null);
    }
    case 'webrtc': {
      const { localCandidate, remoteCandidate } = connection.webrtc;
      return [localCandidate, remoteCandidate].filter((part) => part !== null);
    }
    case 'moq': {
      const { transport, version } = connection.moq;
      return [transport, version].filter((part) => part !== null);
    }
    case 'hls':
      return connection.hls.cdn === true ? ['CDN'] : [];
    case 'srt':
    case 'rtmp':
    case 'rtmps':
      return [];
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
