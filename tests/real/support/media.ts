import { eventually } from '@mediamtx-monitor/testkit';
import type { ListedPath, Mediamtx } from './mediamtx.ts';
import { run, type Running } from '../../support/running.ts';

export const PROTOCOLS = ['srt', 'rtsp', 'rtmp'] as const;
export type PublishProtocol = (typeof PROTOCOLS)[number];

const QUIET = ['-hide_banner', '-loglevel', 'warning', '-nostdin'];
const H264 = [
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-tune',
  'zerolatency',
  '-pix_fmt',
  'yuv420p',
  '-g',
  '25',
];

/** A test picture and a tone, H.264 and AAC, about 0.3 Mbit/s, at the speed of their time. */
export const TEST_MEDIA: readonly string[] = [
  ...['-re', '-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=25'],
  ...['-re', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'],
  ...H264,
  ...['-b:v', '250k', '-c:a', 'aac', '-b:a', '64k'],
];

/** The same picture without the tone. */
export const VIDEO_ONLY: readonly string[] = [
  ...['-re', '-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=25'],
  ...H264,
  ...['-b:v', '250k'],
];

/** A noisy picture, H.264 at a constant rate: frames that compress too well are filled up. */
export function constantMedia(bitsPerSecond: number): readonly string[] {
  const rate = String(bitsPerSecond);
  return [
    ...['-re', '-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=25,noise=alls=20:allf=t'],
    ...H264,
    ...['-b:v', rate, '-minrate', rate, '-maxrate', rate, '-bufsize', String(bitsPerSecond / 10)],
    ...['-x264-params', 'nal-hrd=cbr'],
  ];
}

/** How a stream is published, where not as usual. */
export interface Publishing {
  /** What is published. */
  readonly media?: readonly string[];
  /** More settings of ffmpeg's output. */
  readonly output?: readonly string[];
  /** The port to send to, as that of a relay. */
  readonly port?: number;
  /** A password that the client sends, wherever its protocol has room for one. */
  readonly password?: string;
  /** More settings of an SRT connection, as ffmpeg calls them. */
  readonly srt?: Readonly<Record<string, number>>;
}

const FORMATS: Readonly<Record<PublishProtocol, readonly string[]>> = {
  srt: ['-f', 'mpegts'],
  rtsp: ['-f', 'rtsp', '-rtsp_transport', 'tcp'],
  rtmp: ['-f', 'flv'],
};

/** Where ffmpeg finds a stream. */
function address(
  { ports }: Mediamtx,
  protocol: PublishProtocol,
  action: 'publish' | 'read',
  name: string,
  { port = ports[protocol], srt = {}, password }: Publishing = {},
): string {
  const base = `${protocol}://127.0.0.1:${port}`;
  const query = password === undefined ? '' : `user=joe&pass=${password}`;
  if (protocol !== 'srt') return `${base}/${name}${query === '' ? '' : `?${query}`}`;
  const secret = password === undefined ? '' : `:joe:${password}:pass=${password}`;
  const settings = Object.entries(srt).map(([key, value]) => `&${key}=${value}`);
  return `${base}?streamid=${action}:${name}${secret}&pkt_size=1316${settings.join('')}`;
}

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

/** Publishes with ffmpeg; resolves when MediaMTX calls the path ready with this source. */
export async function publish(
  mediamtx: Mediamtx,
  protocol: PublishProtocol,
  name: string,
  publishing: Publishing = {},
): Promise<Running> {
  const { media = TEST_MEDIA, output = [] } = publishing;
  const before = (await mediamtx.paths()).find((path) => path.name === name)?.source?.id;
  const target = address(mediamtx, protocol, 'publish', name, publishing);
  const running = run('ffmpeg', [...QUIET, ...media, ...output, ...FORMATS[protocol], target]);
  return whenListed(running, mediamtx, name, (path) => path.ready && path.source?.id !== before);
}

/**
 * Reads a stream with ffmpeg; resolves when MediaMTX lists one more reader.
 * @param way where not straight to MediaMTX
 */
export async function read(
  mediamtx: Mediamtx,
  protocol: PublishProtocol,
  name: string,
  way: Pick<Publishing, 'port' | 'srt'> = {},
): Promise<Running> {
  const before = (await mediamtx.paths()).find((path) => path.name === name)?.readers.length ?? 0;
  const source = address(mediamtx, protocol, 'read', name, way);
  const transport = protocol === 'rtsp' ? ['-rtsp_transport', 'tcp'] : [];
  const running = run('ffmpeg', [...QUIET, ...transport, '-i', source, '-c', 'copy', '-f', 'null', '-']);
  return whenListed(running, mediamtx, name, (path) => path.readers.length > before);
}
