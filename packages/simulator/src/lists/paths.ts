import { flowedMs, mediaSum } from '../world/flow.ts';
import { ZERO_TIME } from '../world/go-time.ts';
import type { Connection, Run, SourceType, Stream } from '../world/model.ts';
import { goString } from './go-string.ts';
import { defineList } from './list.ts';
import { numberWriter } from './number-writer.ts';

/** `/v3/paths/list` as of 1.20.1. */
export const paths = defineList<Stream>({
  rows: (world) => world.streams,
  fixed: ({ name, source, run }) => {
    const text = goString(name);
    return `{"name":${text},"confName":${text},${run === null ? stopped(source) : running(source, run)},`;
  },
  moving: ({ run }, nowMs, out) => {
    const { received, sent } = run === null ? NOTHING : traffic(run, nowMs);
    writeCounters(
      { inboundBytes: received, outboundBytes: sent, bytesReceived: received, bytesSent: sent },
      out,
    );
  },
});

/** Path bytes are media. They stand there twice, by their present and by their first names. */
const writeCounters = numberWriter(
  { inboundBytes: 0, outboundBytes: 0, inboundFramesInError: 0, bytesReceived: 0, bytesSent: 0 },
  ['inboundBytes', 'outboundBytes', 'bytesReceived', 'bytesSent'],
);

const H264 = '{"codec":"H264","codecProps":{"width":1920,"height":1080,"profile":"High","level":"4"}}';
const AAC = '{"codec":"MPEG-4 Audio","codecProps":{"sampleRate":48000,"channelCount":2}}';
const VP8 = '{"codec":"VP8","codecProps":null}';

const CAMERA_TRACKS = `"tracks":["H264","MPEG-4 Audio"],"tracks2":[${H264},${AAC}]`;
const BROWSER_TRACKS = `"tracks":["VP8"],"tracks2":[${VP8}]`;
const NO_TRACKS = '"tracks":[],"tracks2":[]';

function stopped(source: SourceType): string {
  const waits = source === 'rtspSource';
  return (
    '"ready":false,"readyTime":null,"available":false,"availableTime":null,' +
    (waits
      ? `"online":true,"onlineTime":"${ZERO_TIME}","source":{"type":"${source}","id":""},`
      : '"online":false,"onlineTime":null,"source":null,') +
    `${NO_TRACKS},"readers":[]`
  );
}

function running(source: SourceType, { readyTime, onlineTime, sourceId, readers }: Run): string {
  return (
    `"ready":true,"readyTime":"${readyTime}","available":true,"availableTime":"${readyTime}",` +
    `"online":true,"onlineTime":"${onlineTime}","source":{"type":"${source}","id":"${sourceId}"},` +
    `${source === 'webRTCSession' ? BROWSER_TRACKS : CAMERA_TRACKS},` +
    `"readers":[${readers.map(writeReader).sort().join(',')}]`
  );
}

function writeReader({ type, id }: Connection): string {
  return `{"type":"${type}","id":"${id}"}`;
}

interface Traffic {
  /** Media bytes. */
  readonly received: number;
  readonly sent: number;
}

const NOTHING: Traffic = { received: 0, sent: 0 };

function traffic({ flow, firstMediaSum, readers }: Run, nowMs: number): Traffic {
  const sum = mediaSum(flow, flowedMs(flow, nowMs));
  let sent = 0;
  for (const reader of readers) sent += Math.floor(sum - reader.joinedMediaSum);
  return { received: Math.floor(sum - firstMediaSum), sent };
}
