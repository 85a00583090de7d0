import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freePort } from '@mediamtx-monitor/testkit';
import { run, type Running } from '../../support/running.ts';

/** A path as MediaMTX's own API lists it: what is published must agree with it. */
export interface ListedPath {
  readonly name: string;
  readonly ready: boolean;
  readonly readyTime: string | null;
  readonly online: boolean;
  readonly onlineTime: string | null;
  readonly bytesReceived: number;
  readonly source: { readonly id: string } | null;
  readonly readers: readonly { readonly id: string }[];
}

/** An SRT connection as MediaMTX's own API lists it. */
export interface ListedSrtConnection {
  readonly id: string;
  readonly packetsReceived: number;
}

/** A real MediaMTX on free ports of 127.0.0.1. */
export interface Mediamtx extends Pick<Running, 'output' | 'stop'> {
  /** Base address of its API, even if that is off. */
  readonly apiUrl: string;
  readonly ports: Readonly<Record<'api' | 'rtsp' | 'rtmp' | 'srt', number>>;
  /** Asks its API for the paths. */
  readonly paths: () => Promise<readonly ListedPath[]>;
  readonly srtConnections: () => Promise<readonly ListedSrtConnection[]>;
  /** Asks its API for its version. */
  readonly version: () => Promise<string>;
}

export interface MediamtxOptions {
  /** Settings of mediamtx.yml, over those that every MediaMTX here is started with; `undefined` leaves one out. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Ports to listen on, as those of one that was stopped; free ones by default. */
  readonly ports?: Mediamtx['ports'];
  /** More lines of mediamtx.yml, as they are. */
  readonly lines?: readonly string[];
}

function binary(): string {
  const path = process.env['MEDIAMTX_BIN'];
  if (path === undefined) throw new Error('MEDIAMTX_BIN is not set: run these tests with "make test-real"');
  return path;
}

async function accepts(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('error', reject);
    });
  } finally {
    socket.destroy();
  }
}

async function ask(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`MediaMTX answered ${response.status}`);
  return response.json();
}

async function list(apiUrl: string, name: string): Promise<unknown> {
  const { items } = (await ask(`${apiUrl}/v3/${name}/list?itemsPerPage=1000`)) as { items: unknown };
  return items;
}

/** Starts a MediaMTX that takes any path over SRT, RTSP (TCP) and RTMP, and waits until it listens. */
export async function startMediamtx({
  config = {},
  lines = [],
  ports,
}: MediamtxOptions = {}): Promise<Mediamtx> {
  const { api, rtsp, rtmp, srt } = ports ?? {
    ...{ api: await freePort(), rtsp: await freePort(), rtmp: await freePort(), srt: await freePort() },
  };
  const settings: Readonly<Record<string, unknown>> = {
    api: true,
    apiAddress: `127.0.0.1:${api}`,
    rtspTransports: ['tcp'],
    rtspAddress: `127.0.0.1:${rtsp}`,
    rtmpAddress: `127.0.0.1:${rtmp}`,
    srtAddress: `127.0.0.1:${srt}`,
    hls: false,
    webrtc: false,
    moq: false,
    paths: { all_others: {} },
    ...config,
  };
  const folder = await mkdtemp(join(tmpdir(), 'mediamtx-'));
  const file = join(folder, 'mediamtx.yml');
  // JSON is YAML.
  const settingLines = Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  await writeFile(file, [...settingLines, ...lines, ''].join('\n'));
  const running = run(binary(), [file]);
  const apiUrl = `http://127.0.0.1:${api}`;
  const stop = async (): Promise<void> => {
    await running.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await eventually(async () => {
      running.mustRun();
      await accepts(rtsp);
      if (settings['api'] === true) await accepts(api);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    output: running.output,
    stop,
    apiUrl,
    ports: { api, rtsp, rtmp, srt },
    paths: async () => (await list(apiUrl, 'paths')) as readonly ListedPath[],
    srtConnections: async () => (await list(apiUrl, 'srtconns')) as readonly ListedSrtConnection[],
    version: async () => ((await ask(`${apiUrl}/v3/info`)) as { version: string }).version,
  };
}
