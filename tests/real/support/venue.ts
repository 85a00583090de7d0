import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { eventually } from '@mediamtx-monitor/testkit';
import type { Leaver, Visitor } from '../../support/rounds/script.ts';
import type { Venue } from '../../support/rounds/rounds.ts';
import type { Running } from '../../support/running.ts';
import { constantMedia, PROTOCOLS, publish, type PublishProtocol, read } from './media.ts';
import type { Mediamtx } from './mediamtx.ts';
import { srtWire, tcpWire, type CountedWire } from './wire.ts';

/** A program that publishes or reads, and the wire between it and MediaMTX. */
interface Seat extends Visitor {
  readonly running: Running;
  readonly wire: CountedWire;
}

/** So little that a busy machine still takes all of it in time: what is lost on the way MediaMTX can't count. */
const BITS_PER_SECOND = 500_000;
/** So long what got lost is sent again, where the machine took too little in time. */
const SRT_LATENCY_US = 2_000_000;
/** Bytes a second: what ffmpeg has to catch up on doesn't come at once, which the buffers of sockets couldn't hold. */
const SRT_MOST = 200_000;
const CLIP_SECONDS = '20';
/** A stream of which nothing passes for so long stands still. */
const STILL_MS = 1_000;
/** Each stream is published with one protocol and read with the next. */
const STREAMS = ['a', 'b'].flatMap((camera) => PROTOCOLS.map((protocol) => `${camera}/${protocol}`));

function protocolOf(stream: string, role: Visitor['role']): PublishProtocol {
  const place = PROTOCOLS.findIndex((protocol) => stream.endsWith(protocol));
  return PROTOCOLS[(place + (role === 'read' ? 1 : 0)) % PROTOCOLS.length] ?? 'srt';
}

function wireTo({ ports }: Mediamtx, protocol: PublishProtocol): Promise<CountedWire> {
  return protocol === 'srt' ? srtWire(ports.srt) : tcpWire(protocol, ports[protocol]);
}

/** A real MediaMTX whose publishers and readers are ffmpeg; their bytes are counted on the way, packet by packet. */
export async function openVenue(
  mediamtx: Mediamtx,
  folder: string,
): Promise<Venue & { stop: () => Promise<void> }> {
  const clip = join(folder, 'clip.mp4');
  const encoded = constantMedia(BITS_PER_SECOND).filter((setting) => setting !== '-re');
  await promisify(execFile)('ffmpeg', ['-loglevel', 'error', ...encoded, '-t', CLIP_SECONDS, clip]);
  const media = ['-re', '-stream_loop', '-1', '-i', clip, '-c', 'copy'];
  const seats = new Map<string, Seat>();

  const idsOf = async (stream: string, role: Visitor['role']): Promise<readonly string[]> => {
    const path = (await mediamtx.paths()).find(({ name }) => name === stream);
    const all = role === 'publish' ? [path?.source ?? []] : [path?.readers ?? []];
    return all.flat().map(({ id }) => id);
  };
  const come: Venue['come'] = async (stream, role) => {
    const protocol = protocolOf(stream, role);
    const wire = await wireTo(mediamtx, protocol);
    const way = { port: wire.port, srt: { latency: SRT_LATENCY_US, maxbw: SRT_MOST } };
    const running = await (role === 'publish'
      ? publish(mediamtx, protocol, stream, { media, ...way })
      : read(mediamtx, protocol, stream, way));
    const [id] = await idsOf(stream, role);
    if (id === undefined) throw new Error(`nobody does ${role} ${stream}`);
    const seat = { id, stream, role, protocol, running, wire };
    seats.set(id, seat);
    return seat;
  };
  const leave = async ({ running, wire }: Seat): Promise<void> => {
    wire.close();
    await running.kill();
  };
  const publisherOf = (stream: string): Seat | undefined =>
    [...seats.values()].find((seat) => seat.stream === stream && seat.role === 'publish');
  const go: Venue['go'] = async (stream, role) => {
    const leaving = [...seats.values()].filter(
      (seat) => seat.stream === stream && (role === 'publish' || seat.role === role),
    );
    const leavers = leaving.map(({ id, role: own, protocol, wire }): Leaver => {
      const { toServer, toClient } = wire.bytes();
      return { id, stream, role: own, protocol, bytes: own === 'publish' ? toServer : toClient };
    });
    // The publisher first: its readers go with it.
    for (const seat of leaving.toSorted((a, b) => (a.role < b.role ? -1 : 1))) await leave(seat);
    // That a reader is gone MediaMTX notices as it has something for it.
    publisherOf(stream)?.wire.release();
    await eventually(async () => {
      for (const { id, role: own, protocol } of leaving) {
        const isThere = (await idsOf(stream, own)).includes(id);
        if (isThere) throw new Error(`${id} (${protocol}, ${own}) is still there`);
      }
    });
    for (const { id } of leaving) seats.delete(id);
    return leavers;
  };
  /** What is under way, as what MediaMTX holds back for SRT, still comes to readers. */
  const hold: Venue['hold'] = async (stream) => {
    publisherOf(stream)?.wire.hold();
    const passed = (): number =>
      [...seats.values()].reduce((sum, { stream: own, wire }) => {
        const { toServer, toClient } = wire.bytes();
        return own === stream ? sum + toServer + toClient : sum;
      }, 0);
    let before = -1;
    while (before !== passed()) {
      before = passed();
      await delay(STILL_MS);
    }
  };
  return {
    apiUrl: mediamtx.apiUrl,
    streams: STREAMS,
    visitors: () => [...seats.values()],
    come,
    go,
    hold,
    release: (stream) => {
      publisherOf(stream)?.wire.release();
    },
    stop: async () => {
      await Promise.all([...seats.values()].map(leave));
    },
  };
}
