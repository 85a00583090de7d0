import { eventually } from '@mediamtx-monitor/testkit';
import type { ListedPath, Mediamtx } from './mediamtx.ts';
import { run, type Running } from './running.ts';

export type Protocol = 'srt' | 'rtsp' | 'rtmp';

const QUIET = ['-hide_banner', '-loglevel', 'warning', '-nostdin'];

/** A test picture and a tone, H.264 and AAC, about 0.3 Mbit/s, at the speed of their time. */
const TEST_MEDIA = [
  ...['-re', '-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=25'],
  ...['-re', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'],
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p'],
  ...['-g', '25', '-b:v', '250k', '-c:a', 'aac', '-b:a', '64k'],
];

/** Where ffmpeg finds a stream, and the format it publishes in. */
function address({ ports }: Mediamtx, protocol: Protocol, action: 'publish' | 'read', name: string): string {
  if (protocol === 'srt') return `srt://127.0.0.1:${ports.srt}?streamid=${action}:${name}&pkt_size=1316`;
  return `${protocol}://127.0.0.1:${ports[protocol]}/${name}`;
}

const FORMATS: Readonly<Record<Protocol, readonly string[]>> = {
  srt: ['-f', 'mpegts'],
  rtsp: ['-f', 'rtsp', '-rtsp_transport', 'tcp'],
  rtmp: ['-f', 'flv'],
};

/** Waits until MediaMTX lists the path as wanted; stops the program when that never comes. */
async function whenListed(
  running: Running,
  mediamtx: Mediamtx,
  name: string,
  isWanted: (path: ListedPath) => boolean,
): Promise<Running> {
  try {
    await eventually(async () => {
      running.mustRun();
      const path = (await mediamtx.paths()).find((item) => item.name === name);
      if (path === undefined || !isWanted(path)) throw new Error(`${name} is not there yet`);
    }, 30_000);
    return running;
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** Publishes the test media with ffmpeg; resolves when MediaMTX calls the path ready. */
export function publish(mediamtx: Mediamtx, protocol: Protocol, name: string): Promise<Running> {
  const target = address(mediamtx, protocol, 'publish', name);
  const running = run('ffmpeg', [...QUIET, ...TEST_MEDIA, ...FORMATS[protocol], target]);
  return whenListed(running, mediamtx, name, (path) => path.ready);
}

/** Reads a stream with ffmpeg; resolves when MediaMTX lists one more reader. */
export async function read(mediamtx: Mediamtx, protocol: Protocol, name: string): Promise<Running> {
  const before = (await mediamtx.paths()).find((path) => path.name === name)?.readers.length ?? 0;
  const source = address(mediamtx, protocol, 'read', name);
  const transport = protocol === 'rtsp' ? ['-rtsp_transport', 'tcp'] : [];
  const running = run('ffmpeg', [...QUIET, ...transport, '-i', source, '-c', 'copy', '-f', 'null', '-']);
  return whenListed(running, mediamtx, name, (path) => path.readers.length > before);
}
