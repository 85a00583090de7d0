import { afterEach, describe, expect, test } from '@jest/globals';
import { constructedBody, recordedBody, startReplayServer } from '@mediamtx-monitor/testkit';
import { everywhere } from '../support/outputs.ts';
import { IDLE, WITHOUT_SOURCE } from './support/path-list.ts';
import { CONSTRUCTED, openScene, RECORDED, type ReplayScene, type SceneVersion } from './support/scene.ts';
import type { Stage } from './support/stage.ts';

const MINUTE_MS = 60_000;

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const open = async (
  version: SceneVersion,
  monitorFile?: Readonly<Record<string, unknown>>,
): Promise<ReplayScene> => openScene(endings, version, monitorFile);

const isoOf = ({ clock }: Stage): string => new Date(clock.wallMs()).toISOString();

describe('a publisher that is killed (recorded bodies of 1.20.1)', () => {
  test.each([
    ['SRT', 'cam/one'],
    ['RTSP', 'rtsp-cam'],
    ['RTMP', 'rtmp-cam'],
    ['WebRTC', 'whip-cam'],
  ])(
    'over %s: off air for ten minutes, then at rest; live as soon as it is back',
    async (_protocol, name) => {
      const scene = await open(RECORDED);
      expect(await scene.stream(name)).toStrictEqual(everywhere('live ok'));
      scene.paths.change(name, IDLE);
      await scene.goesOn();
      expect(await scene.stream(name)).toStrictEqual(everywhere('idle warning off-air/warning'));
      expect(scene.record(name)?.last).toMatchObject({ wasStalled: false });
      await scene.after(9 * MINUTE_MS);
      expect(await scene.stream(name)).toStrictEqual(everywhere('idle warning off-air/warning'));
      await scene.after(MINUTE_MS);
      expect(await scene.stream(name)).toStrictEqual(everywhere('idle ok'));
      expect(scene.record(name)?.last?.liveAt).toBeDefined();
      scene.paths.renew(name, isoOf(scene));
      await scene.goesOn();
      expect(await scene.stream(name)).toStrictEqual(everywhere('live ok'));
      expect(scene.record(name)?.last ?? null).toBeNull();
    },
  );

  test('whose path goes with it: its record stays, and goes when the reason ends', async () => {
    const scene = await open(RECORDED);
    const { streams } = scene.message().totals;
    scene.paths.change('re/deep/er', null);
    await scene.goesOn();
    expect(await scene.stream('re/deep/er')).toStrictEqual(everywhere('missing warning off-air/warning'));
    expect(scene.record('re/deep/er')).toMatchObject({
      ...{ sourceType: null, tracks: [], bytesReceived: 0, readers: 0 },
      last: { sourceType: 'rtmpConn', protocol: 'rtmp', tracks: ['H264', 'MPEG-4 Audio'] },
    });
    expect(scene.message().totals).toMatchObject({ streams: Number(streams) - 1, missing: 1 });
    await scene.after(10 * MINUTE_MS);
    expect(await scene.stream('re/deep/er')).toStrictEqual(everywhere('nothing'));
    expect(scene.message().totals.missing).toBe(0);
  });

  test('where it is expected: critical when it is away for too long, until it is back, listed or not', async () => {
    const scene = await open(RECORDED, { expected: [{ match: 're/deep/er', for: '30s' }] });
    scene.paths.change('re/deep/er', null);
    await scene.goesOn();
    expect(await scene.stream('re/deep/er')).toStrictEqual(everywhere('missing warning off-air/warning'));
    const { since } = scene.record('re/deep/er')?.reasons[0] ?? {};
    await scene.after(31_000);
    expect(await scene.stream('re/deep/er')).toStrictEqual(everywhere('missing critical not-live/critical'));
    expect(scene.record('re/deep/er')?.reasons[0]?.since).toBe(since);
    await scene.after(24 * 60 * MINUTE_MS);
    expect(await scene.stream('re/deep/er')).toStrictEqual(everywhere('missing critical not-live/critical'));
    scene.paths.renew('re/deep/er', isoOf(scene));
    await scene.goesOn();
    expect(await scene.stream('re/deep/er')).toStrictEqual(everywhere('live ok'));
  });
});

test('an encoder that freezes is critical, and stays so when MediaMTX drops it', async () => {
  const scene = await open(RECORDED);
  scene.paths.freeze('rtsp-cam');
  await scene.goesOn(4);
  expect(await scene.stream('rtsp-cam')).toStrictEqual(everywhere('stalled critical stalled/critical'));
  scene.paths.change('rtsp-cam', IDLE);
  await scene.goesOn();
  expect(await scene.stream('rtsp-cam')).toStrictEqual(everywhere('idle critical off-air/critical'));
  expect(scene.record('rtsp-cam')?.last).toMatchObject({ wasStalled: true });
  await scene.after(10 * MINUTE_MS);
  expect(await scene.stream('rtsp-cam')).toStrictEqual(everywhere('idle ok'));
});

describe('a source that is pulled', () => {
  const source = (body: string): string => constructedBody(`static-sources.${body}.json`);
  test('is off air when it is unplugged, and can’t be fetched from half a minute on (recorded)', async () => {
    const scene = await open(RECORDED);
    expect(await scene.stream('pulled')).toStrictEqual(everywhere('live ok'));
    scene.paths.change('pulled', WITHOUT_SOURCE);
    await scene.goesOn();
    expect(await scene.stream('pulled')).toStrictEqual(everywhere('waiting critical off-air/critical'));
    await scene.after(31_000);
    expect(await scene.stream('pulled')).toStrictEqual(everywhere('waiting critical source-down/critical'));
    await scene.after(24 * 60 * MINUTE_MS);
    expect(await scene.stream('pulled')).toStrictEqual(everywhere('waiting critical source-down/critical'));
    scene.paths.renew('pulled', isoOf(scene));
    await scene.goesOn();
    expect(await scene.stream('pulled')).toStrictEqual(everywhere('live ok'));
  });

  test('says why, in MediaMTX’s own words, without secrets (constructed 1.21)', async () => {
    const scene = await open(CONSTRUCTED);
    expect(scene.record('pulled')?.pull).toMatchObject({ state: 'running', error: null });
    scene.paths.change('pulled', WITHOUT_SOURCE);
    scene.mediamtx.setAnswer('paths/static-sources/get/pulled', { body: source('sample-secret-query') });
    await scene.goesOn(2);
    expect(await scene.stream('pulled')).toStrictEqual(everywhere('waiting critical off-air/critical'));
    // Under way again: its last error is kept for a while.
    scene.mediamtx.setAnswer('paths/static-sources/get/pulled', { body: source('unready.connecting') });
    await scene.after(31_000);
    await scene.goesOn();
    scene.mediamtx.setAnswer('paths/static-sources/get/pulled', { body: source('sample-secret-query') });
    await scene.goesOn();
    expect(await scene.stream('pulled')).toStrictEqual(everywhere('waiting critical source-down/critical'));
    expect(scene.record('pulled')?.reasons[0]?.detail).toContain('connection refused');
    for (const secret of ['wheptokensecret', 'whepuser']) expect(scene.everything()).not.toContain(secret);
  });

  test('on demand rests while nobody wants it (recorded, and constructed 1.21)', async () => {
    for (const version of [RECORDED, CONSTRUCTED] as const) {
      const scene = await open(version);
      await scene.after(5 * MINUTE_MS);
      expect(await scene.stream('ondemand')).toStrictEqual(everywhere('waiting ok'));
    }
  });

  test.each([
    ['MediaMTX says nothing new', false],
    ['MediaMTX starts again', true],
  ])(
    'on demand is at rest when it goes as its configuration is due; %s (recorded)',
    async (_case, restarts) => {
      const scene = await open(RECORDED);
      const name = 're/deep/er';
      const command = JSON.stringify({ sourceOnDemand: false, runOnDemand: 'ffmpeg' });
      scene.mediamtx.setAnswer('config/paths/get/~^re/(.+)$', { body: command });
      await scene.after(10 * MINUTE_MS);
      await scene.goesOn();
      expect(await scene.stream(name)).toStrictEqual(everywhere('live ok'));
      expect(scene.record(name)?.onDemand).toBe(true);
      scene.paths.change(name, null);
      if (restarts) {
        const info = JSON.stringify({ version: 'v1.20.1', started: isoOf(scene) });
        scene.mediamtx.setAnswer('info', { body: info });
      }
      await scene.after(10 * MINUTE_MS);
      expect(await scene.stream(name)).toStrictEqual(everywhere('nothing'));
    },
  );

  test('that never came up can’t be fetched; asked for one by one, and nobody else (constructed 1.21)', async () => {
    const scene = await open(CONSTRUCTED);
    await scene.after(31_000);
    await scene.goesOn();
    expect(await scene.stream('unready')).toStrictEqual(everywhere('waiting critical source-down/critical'));
    expect(scene.record('unready')?.pull).toMatchObject({
      state: 'error',
      error: expect.stringContaining('connection refused'),
    });
    const asked = scene.mediamtx.asked.filter((route) => route.startsWith('paths/static-sources/'));
    const names = new Set(asked.map((route) => route.replace('paths/static-sources/get/', '')));
    expect([...names].sort()).toStrictEqual(['ondemand', 'pulled', 'unready']);
  });
});

describe('a stream that is sent on', () => {
  test.each([
    [RECORDED, 'paths/forward/list', recordedBody('1.20.1', 'paths_forward_list.t0.json')],
    [CONSTRUCTED, 'paths/forward-dests/list', constructedBody('forward-dests.rtmp-cam.json')],
  ] as const)('a forward that fails is told, without its address; %s', async (version, route, body) => {
    const scene = await open(version);
    scene.mediamtx.setAnswer(`${route}?path=rtmp-cam`, { body });
    // Twenty questions a tick, of a dozen streams.
    await scene.after(10 * MINUTE_MS);
    await scene.goesOn(3);
    expect(await scene.stream('rtmp-cam')).toStrictEqual(everywhere('live warning forward-failing/warning'));
    expect(scene.record('rtmp-cam')?.forwards).toMatchObject([
      { position: 1, protocol: 'rtsp', state: 'forwarding', error: null },
      { position: 2, protocol: 'rtmp', state: 'error', error: expect.stringContaining('connection refused') },
    ]);
    for (const secret of ['fwdpw', 'streamkeysecret']) expect(scene.everything()).not.toContain(secret);
    const well = {
      items: (JSON.parse(body) as { items: readonly unknown[] }).items.slice(0, 1),
      pageCount: 1,
    };
    scene.mediamtx.setAnswer(`${route}?path=rtmp-cam`, { body: JSON.stringify({ itemCount: 1, ...well }) });
    await scene.goesOn(2);
    expect(await scene.stream('rtmp-cam')).toStrictEqual(everywhere('live ok'));
  });
});

test('an always-available path: its filler is no traffic, and its publisher is missed (recorded)', async () => {
  const scene = await open(RECORDED);
  await scene.goesOn(2);
  expect(await scene.stream('always')).toStrictEqual(everywhere('standby ok'));
  expect(scene.record('always')?.inboundMbps).toBeNull();
  const { inboundMbps } = scene.message().totals;
  const { streams } = scene.message();
  const live = streams.filter(({ state }) => state === 'live').map((stream) => stream.inboundMbps ?? 0);
  expect(inboundMbps).toBeCloseTo(
    live.reduce((sum, mbps) => sum + mbps, 0),
    2,
  );
  const source = { type: 'rtspSession', id: '55e587aa-2413-4fc4-aa6c-db647a3449dd' };
  scene.paths.change('always', { online: true, onlineTime: isoOf(scene), source });
  await scene.goesOn(6);
  expect(await scene.stream('always')).toStrictEqual(everywhere('live ok'));
  scene.paths.change('always', { online: false, onlineTime: null, source: null });
  await scene.goesOn();
  expect(await scene.stream('always')).toStrictEqual(everywhere('standby warning off-air/warning'));
});

describe('a server', () => {
  test('that can’t be read is to blame, not its streams; back at once', async () => {
    const scene = await open(RECORDED);
    const { url } = scene.mediamtx;
    await scene.mediamtx.close();
    await scene.ticks();
    expect(await scene.server()).toStrictEqual(everywhere('not up server-unreachable/critical'));
    expect(await scene.stream('cam/one')).toMatchObject({ websocket: 'unknown unknown' });
    const again = await startReplayServer(RECORDED, 't1', Number(new URL(url).port));
    endings.push(again.close);
    await scene.ticks();
    expect(await scene.server()).toStrictEqual(everywhere('up'));
    expect(await scene.stream('cam/one')).toStrictEqual(everywhere('live ok'));
  });

  test('of which a list fails says so', async () => {
    const scene = await open(RECORDED);
    scene.mediamtx.setAnswer('srtconns/list', { status: 500, body: '{"status":"error","error":"boom"}' });
    await scene.goesOn();
    const verdict = await scene.server();
    expect(verdict).toStrictEqual(everywhere('up list-missing/warning'));
    scene.mediamtx.setAnswer('srtconns/list', undefined);
    await scene.goesOn();
    expect(await scene.server()).toStrictEqual(everywhere('up'));
  });

  test('that suddenly keeps a list back: what was wrong stays, and the list is missing', async () => {
    const scene = await open(RECORDED, {
      thresholds: { 'rtt-near-latency': { warning: null, critical: 0.0001 } },
    });
    const wrong = everywhere('live critical rtt-near-latency/critical');
    await scene.goesOn();
    expect(await scene.stream('cam/one')).toStrictEqual(wrong);
    const since = scene.record('cam/one')?.reasons[0]?.since;
    expect(since).toBeDefined();
    scene.mediamtx.setAnswer('srtconns/list', { status: 404, body: '404 page not found' });
    for (let tick = 0; tick < 3; tick += 1) {
      await scene.goesOn();
      expect(await scene.stream('cam/one')).toStrictEqual(wrong);
      expect(scene.message().missing).toStrictEqual(['srtconns']);
    }
    scene.mediamtx.setAnswer('srtconns/list', undefined);
    await scene.goesOn();
    expect(await scene.stream('cam/one')).toStrictEqual(wrong);
    expect(scene.record('cam/one')?.reasons[0]?.since).toBe(since);
  });
});
