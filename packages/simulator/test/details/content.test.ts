import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { constructedBody, recordedBody } from '@mediamtx-monitor/testkit';
import {
  SIMULATED_SECRET,
  type Simulator,
  type SourceType,
  startSimulator,
  type VersionName,
} from '../../src/index.ts';
import { get } from '../get.ts';
import { itemWhere, type ListedItem, listOf } from '../lists-of.ts';
import { shapeOf, strangers } from '../lists/shape.ts';

/** Bodies of 1.21 are constructed from its description, not recorded. */
const constructed = (name: string): ListedItem => JSON.parse(constructedBody(`${name}.json`)) as ListedItem;

let nowMs: number;
let simulator: Simulator;
async function start(version: VersionName = '1.21'): Promise<void> {
  nowMs = 0;
  simulator = await startSimulator({ version, streams: 1, nowMs: () => nowMs });
}
beforeEach(() => start());
afterEach(() => simulator.close());

async function ask(route: string): Promise<{ readonly status: number; readonly body: ListedItem }> {
  const { status, body } = await get(`${simulator.url}/v3/${route}`);
  return { status, body: JSON.parse(body) as ListedItem };
}

describe('a static source', () => {
  test.each([
    ['rtspSource', 'pulled'],
    ['srtSource', 'sample-srt'],
    ['rtmpSource', 'sample-rtmp'],
    ['webRTCSource', 'sample-webrtc'],
    ['hlsSource', 'sample-hls'],
  ] as const)('%s is told as 1.21’s description has it', async (source: SourceType, sample) => {
    simulator.addStream('gate', source);
    nowMs = 5_000;
    const { body } = await ask('paths/static-sources/get/gate');
    expect(shapeOf([body])).toStrictEqual(shapeOf([constructed(`static-sources.${sample}`)]));
    expect(body).toMatchObject({ state: 'running', lastError: '', type: source });
  });

  test('that can’t be reached is in error for 5 s, running for 10 s, and so on', async () => {
    simulator.addStream('gate', 'hlsSource');
    simulator.setStreamLive('gate', false);
    const states: unknown[] = [];
    for (nowMs = 0; nowMs < 30_000; nowMs += 2_500) {
      const { body } = await ask('paths/static-sources/get/gate');
      states.push(body['state']);
      expect(String(body['lastError']).includes(SIMULATED_SECRET)).toBe(body['state'] === 'error');
      expect(body['typeSpecific']).toBeNull();
    }
    const once = ['error', 'error', 'running', 'running', 'running', 'running'];
    expect(states).toStrictEqual([...once, ...once]);
    expect(itemWhere((await listOf(simulator.url, 'paths')).items, 'name', 'gate')).toMatchObject({
      ready: false,
      online: true,
      source: { type: 'hlsSource', id: '' },
    });
  });

  test('on demand is idle while nobody wants it', async () => {
    simulator.addStream('gate', 'rtspSource', { onDemand: true });
    simulator.setStreamLive('gate', false);
    const { body } = await ask('paths/static-sources/get/gate');
    expect(shapeOf([body])).toStrictEqual(shapeOf([constructed('static-sources.ondemand')]));
    expect(body).toMatchObject({ state: 'idle', lastError: '' });
  });

  test.each([
    ['static-sources/get/nobody', 404, 'static-sources_unknown_path.404'],
    ['static-sources/get/cam/stage-left', 404, 'static-sources_not_static.404'],
    ['static-sources/get/', 400, 'static-sources_empty_name.400'],
    ['forward-dests/list', 400, 'forward-dests_no_path.400'],
    ['forward-dests/list?path=nobody', 404, 'forward-dests_unknown_path.404'],
  ])('%s: %d', async (route, status, error) => {
    expect(await ask(`paths/${route}`)).toStrictEqual({ status, body: constructed(`errors/${error}`) });
  });
});

describe('forwards', () => {
  const addForwarded = (): void => {
    simulator.addStream('out', 'rtmpConn', { forwards: ['rtsp', 'rtmp', 'srt'] });
    nowMs = 4_000;
  };
  const forwardsOf = async (route = 'forward-dests'): Promise<readonly ListedItem[]> =>
    (await ask(`paths/${route}/list?path=out`)).body['items'] as readonly ListedItem[];

  test('are told as 1.21’s description has them, and one by one', async () => {
    addForwarded();
    const items = await forwardsOf();
    const known = ['rtmp-cam', 'rtmp-cam.empty', 'samples'].flatMap(
      (name) => constructed(`forward-dests.${name}`)['items'] as readonly ListedItem[],
    );
    for (const item of items) {
      const alike = known.filter(({ type }) => type === item['type']);
      expect(strangers(shapeOf([item]), shapeOf(alike))).toStrictEqual([]);
    }
    const one = await ask(`paths/forward-dests/get?path=out&id=${String(items[1]?.['id'])}`);
    expect(one.body).toStrictEqual(items[1]);
    expect((await ask('paths/forward-dests/get?path=out&id=none')).status).toBe(404);
    expect(simulator.detailRequests).toStrictEqual({ 'static-source': 0, forwards: 3, configuration: 0 });
  });

  test('are told as recorded of 1.20', async () => {
    await simulator.close();
    await start('1.20');
    addForwarded();
    const recorded = JSON.parse(recordedBody('1.20.1', 'paths_forward_list.t0.json')) as {
      items: ListedItem[];
    };
    expect(shapeOf(await forwardsOf('forward'))).toStrictEqual(shapeOf(recorded.items));
  });

  test('one that fails says why and sends nothing; their bytes are the path’s', async () => {
    addForwarded();
    const outbound = async (): Promise<number> =>
      Number(itemWhere((await listOf(simulator.url, 'paths')).items, 'name', 'out')['outboundBytes']);
    const before = await outbound();
    simulator.setForwardFailing('out', true);
    const items = await forwardsOf();
    expect(items.map(({ state }) => state)).toStrictEqual(['forwarding', 'forwarding', 'error']);
    expect(items[2]).toMatchObject({ outboundBytes: 0, typeSpecific: null });
    expect(items[2]?.['lastError']).toMatch(/timeout/);
    expect(await outbound()).toBeLessThan(before);
    simulator.setStreamLive('out', false);
    expect((await forwardsOf()).map(({ state }) => state)).toStrictEqual(['idle', 'idle', 'idle']);
    simulator.setStreamLive('out', true);
    simulator.setForwardFailing('out', false);
    expect((await forwardsOf()).map(({ state }) => state)).toStrictEqual(Array(3).fill('forwarding'));
  });
});

describe('the configuration of a path', () => {
  test('says whether it is pulled on demand, among secrets', async () => {
    simulator.addStream('gate', 'rtspSource', { onDemand: true });
    simulator.addStream('yard', 'srtSource');
    simulator.addStream('guest', 'rtmpConn', { ownEntry: false });
    const configuration = async (name: string) => (await ask(`config/paths/get/${name}`)).body;
    expect(await configuration('gate')).toMatchObject({ sourceOnDemand: true, runOnDemand: '' });
    expect(JSON.stringify(await configuration('gate'))).toContain(SIMULATED_SECRET);
    expect(await configuration('yard')).toMatchObject({ sourceOnDemand: false });
    expect(await configuration('all_others')).toMatchObject({ source: 'publisher' });
    expect(await ask('config/paths/get/guest')).toStrictEqual({
      status: 404,
      body: JSON.parse(recordedBody('1.20.1', 'errors/config_paths_get_unknown.json')) as ListedItem,
    });
  });
});

describe('paths', () => {
  const paths = async () => (await listOf(simulator.url, 'paths')).items;

  test('that no configuration names are listed only while they are published', async () => {
    simulator.addStream('guest', 'rtmpConn', { ownEntry: false });
    expect(itemWhere(await paths(), 'name', 'guest')['confName']).toBe('all_others');
    simulator.setStreamLive('guest', false);
    expect((await paths()).map(({ name }) => name)).not.toContain('guest');
  });

  test('that are always available show their filler, whose bytes grow, in standby as recorded', async () => {
    simulator.addStream('hall', 'srtConn', { alwaysAvailable: true });
    simulator.setStreamLive('hall', false);
    const first = itemWhere(await paths(), 'name', 'hall');
    nowMs += 2_000;
    const second = itemWhere(await paths(), 'name', 'hall');
    const recorded = JSON.parse(recordedBody('1.20.1', 'paths.t0.json')) as { items: ListedItem[] };
    expect(shapeOf([second])).toStrictEqual(shapeOf([itemWhere(recorded.items, 'name', 'always')]));
    expect(second).toMatchObject({ ready: true, online: false, source: null });
    expect(Number(second['inboundBytes'])).toBeGreaterThan(Number(first['inboundBytes']));
    simulator.setStreamLive('hall', true);
    const live = itemWhere(await paths(), 'name', 'hall');
    expect(live).toMatchObject({ online: true, readyTime: first['readyTime'] });
    expect(Number(live['inboundBytes'])).toBeGreaterThanOrEqual(Number(second['inboundBytes']));
  });
});
