import type { MemberNames, Version } from '../versions/version.ts';
import { flowedMs, mediaSum } from '../world/flow.ts';
import { ZERO_TIME } from '../world/go-time.ts';
import { isPulled, type Connection, type Run, type SourceType, type Stream } from '../world/model.ts';
import { goString } from './go-string.ts';
import { defineList, type SimulatedList } from './list.ts';
import { numbers } from './numbers.ts';

const H264 = '{"codec":"H264","codecProps":{"width":1920,"height":1080,"profile":"High","level":"4"}}';
const AAC = '{"codec":"MPEG-4 Audio","codecProps":{"sampleRate":48000,"channelCount":2}}';
const VP8 = '{"codec":"VP8","codecProps":null}';

const NO_TRACKS = { tracks: '[]', tracks2: '[]' };
const CAMERA = { tracks: '["H264","MPEG-4 Audio"]', tracks2: `[${H264},${AAC}]` };
const BROWSER = { tracks: '["VP8"]', tracks2: `[${VP8}]` };
const FILLER = { tracks: '["H264"]', tracks2: `[${H264}]` };
/** An always-available path's filler, which flows whatever is published. */
const FILLER_BYTES_PER_MS = 12;

/** Streams, idle ones too, by name. */
export function paths(members: MemberNames, version: Version): SimulatedList {
  return defineList<Stream>(members, {
    rows: (world) => world.listed,
    texts: {
      name: ({ name }) => goString(name),
      confName: (stream) => goString(confNameOf(stream)),
      ready: (stream) => String(isAvailable(stream)),
      readyTime: (stream) => timeOrNull(readyTime(stream)),
      available: (stream) => String(isAvailable(stream)),
      availableTime: (stream) => timeOrNull(readyTime(stream)),
      online: (stream) => String(stream.run !== null || waits(stream)),
      onlineTime: (stream) => timeOrNull(waits(stream) ? ZERO_TIME : stream.run?.onlineTime),
      source: (stream) => writeSource(stream, version),
      tracks: (stream) => tracksOf(stream).tracks,
      tracks2: (stream) => tracksOf(stream).tracks2,
      readers: ({ run }) => `[${run === null ? '' : writeReaders(run.readers, version)}]`,
    },
    numbers: numbers<Stream, 'inboundBytes' | 'outboundBytes'>({
      moving: ['inboundBytes', 'outboundBytes'],
      read: (stream, nowMs) => traffic(stream, nowMs, version),
    }),
  });
}

/** The entry of the configuration that a stream follows. */
export function confNameOf({ name, conf }: Pick<Stream, 'name' | 'conf'>): string {
  return conf.ownEntry ? name : 'all_others';
}

/** Whether MediaMTX pulls it, or would, and hasn't got it. */
function waits({ source, run }: Stream): boolean {
  return run === null && isPulled(source);
}

function isAvailable({ run, conf }: Stream): boolean {
  return run !== null || conf.alwaysAvailable;
}

/** An always-available path is ready from the start, whoever comes and goes. */
function readyTime({ run, conf, createdAt }: Stream): string | undefined {
  return conf.alwaysAvailable ? createdAt : run?.readyTime;
}

function timeOrNull(time: string | undefined): string {
  return time === undefined ? 'null' : `"${time}"`;
}

function tracksOf({ run, source, conf }: Stream): typeof NO_TRACKS {
  if (run === null) return conf.alwaysAvailable ? FILLER : NO_TRACKS;
  return source === 'webRTCSession' ? BROWSER : CAMERA;
}

function writeSource(stream: Stream, version: Version): string {
  if (stream.run === null && !waits(stream)) return 'null';
  return `{"type":"${spell(stream.source, version)}","id":"${stream.run?.sourceId ?? ''}"}`;
}

function writeReaders(readers: readonly Connection[], version: Version): string {
  const texts = readers.map(({ type, id }) =>
    type === 'hlsSession' && version.hlsReader === 'muxer'
      ? '{"type":"hlsMuxer","id":""}'
      : `{"type":"${spell(type, version)}","id":"${id}"}`,
  );
  return (version.sortedReaders ? texts.sort() : texts).join(',');
}

function spell(type: SourceType | Connection['type'], { webRTCType }: Version): string {
  return type === 'webRTCSession' ? webRTCType : type;
}

/** Media bytes. */
interface MediaBytes {
  readonly inboundBytes: number;
  readonly outboundBytes: number;
}

const NOTHING: MediaBytes = { inboundBytes: 0, outboundBytes: 0 };

function traffic(stream: Stream, nowMs: number, version: Version): MediaBytes {
  const { inboundBytes, outboundBytes } =
    stream.run === null ? NOTHING : trafficOf(stream.run, nowMs, version);
  if (!stream.conf.alwaysAvailable) return { inboundBytes, outboundBytes };
  const filler = Math.floor((nowMs - stream.createdAtMs) * FILLER_BYTES_PER_MS);
  return { inboundBytes: inboundBytes + stream.carriedBefore + filler, outboundBytes };
}

function trafficOf(run: Run, nowMs: number, version: Version): MediaBytes {
  const { flow, firstMediaSum, readers, forwards } = run;
  const sum = mediaSum(flow, flowedMs(flow, nowMs));
  let outboundBytes = 0;
  for (const { type, joinedMediaSum } of readers) {
    if (type !== 'hlsSession' || version.hlsInPathBytes) outboundBytes += Math.floor(sum - joinedMediaSum);
  }
  for (const forward of forwards) {
    if (forward !== null) outboundBytes += Math.floor(sum - forward.joinedMediaSum);
  }
  return { inboundBytes: Math.floor(sum - firstMediaSum), outboundBytes };
}
