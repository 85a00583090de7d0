import type { ConnectionRecord, StreamRecord } from '@mediamtx-monitor/types';

/** What a stream's connections add to its history; `null` = not known. */
export interface LinkHistory {
  readonly rttP95Ms: number | null;
  readonly lossPercent: number | null;
  readonly discardsPerSecond: number | null;
}

const NOTHING: LinkHistory = { rttP95Ms: null, lossPercent: null, discardsPerSecond: null };

/** What was thrown away for a reader so far; `null` = not told. */
function discardsOf(connection: ConnectionRecord): number | null {
  switch (connection.protocol) {
    case 'srt':
      return connection.srt.framesDiscarded;
    case 'rtsp':
    case 'rtsps':
      return connection.rtsp.packetsDiscarded;
    case 'rtmp':
    case 'rtmps':
      return connection.rtmp.framesDiscarded;
    case 'webrtc':
      return connection.webrtc.framesDiscarded;
    case 'hls':
      return connection.hls.framesDiscarded;
    case 'moq':
      return null;
  }
}

/** Loss on the link of a publisher in percent; `null` = not told. */
function lossOf(connection: ConnectionRecord): number | null {
  switch (connection.protocol) {
    case 'srt':
      return connection.srt.linkLossPercent;
    case 'rtsp':
    case 'rtsps':
      return connection.rtsp.lossPercent;
    case 'webrtc':
      return connection.webrtc.lossPercent;
    case 'rtmp':
    case 'rtmps':
    case 'hls':
    case 'moq':
      return null;
  }
}

/** Follows what a server's connections say of its streams. */
export class LinkHistories {
  /** What was thrown away so far, by connection. */
  #discards = new Map<string, number>();

  /** What is known now. @param seconds since it was asked before */
  next(connections: readonly ConnectionRecord[], seconds: number): (stream: StreamRecord) => LinkHistory {
    const publishers = new Map<string, ConnectionRecord>();
    const discards = new Map<string, number>();
    const grown = new Map<string, number>();
    for (const connection of connections) {
      const { id, stream, role } = connection;
      if (role === 'publish') publishers.set(id, connection);
      const count = role === 'read' && stream !== null ? discardsOf(connection) : null;
      if (count === null || stream === null) continue;
      discards.set(id, count);
      const before = this.#discards.get(id);
      if (before !== undefined) grown.set(stream, (grown.get(stream) ?? 0) + Math.max(0, count - before));
    }
    this.#discards = discards;
    return ({ name, sourceId, readers, linkLossPercent }) => {
      const growth = readers === 0 ? 0 : grown.get(name);
      const discardsPerSecond = growth === undefined ? null : growth / seconds;
      const publisher = sourceId === null ? undefined : publishers.get(sourceId);
      if (publisher === undefined) return { ...NOTHING, lossPercent: linkLossPercent, discardsPerSecond };
      const rttP95Ms = publisher.protocol === 'srt' ? publisher.srt.rttP95Ms : null;
      return { rttP95Ms, lossPercent: lossOf(publisher), discardsPerSecond };
    };
  }
}
