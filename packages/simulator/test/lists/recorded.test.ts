import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { recordedBody } from '@mediamtx-monitor/testkit';
import { startSimulator, type Simulator } from '../../src/index.ts';
import { get } from '../get.ts';
import { itemWhere, listOf, type Item } from '../lists-of.ts';
import { shapeOf, strangers } from './shape.ts';

const RECORDINGS = {
  paths: ['paths.t0.json', 'paths.t1.json', 'srt_loss/paths.t0.json', 'extra/states_paths.json'],
  srtconns: [
    'srtconns.t0.json',
    'srtconns.t1.json',
    ...[0, 1, 2, 3].map((step) => `srt_loss/srtconns.t${step}.json`),
  ],
};

function recordedItems(list: 'paths' | 'srtconns'): Item[] {
  return RECORDINGS[list].flatMap(
    (name) => (JSON.parse(recordedBody('1.20.1', name)) as { items: Item[] }).items,
  );
}

/** Names of the members that aren't 0 in some item. */
function filled(items: readonly Item[]): Set<string> {
  return new Set(items.flatMap((item) => Object.keys(item).filter((name) => item[name] !== 0)));
}

describe('against bodies recorded of 1.20.1', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ streams: 48, readersPerStream: 4 });
  });
  afterAll(() => simulator.close());

  test.each(['paths', 'srtconns'] as const)('%s has exactly their keys, order and types', async (list) => {
    const { items } = await listOf(simulator.url, list);
    const recorded = shapeOf(recordedItems(list));
    const simulated = shapeOf(items);
    expect(strangers(simulated, recorded)).toEqual([]);
    expect(simulated.get('')).toEqual(recorded.get(''));
  });

  test('the envelope and info have their keys and types', async () => {
    for (const [path, file] of [
      ['paths/list', 'paths.t0.json'],
      ['srtconns/list', 'srtconns.t0.json'],
      ['info', 'info.t0.json'],
    ] as const) {
      const { body } = await get(`${simulator.url}/v3/${path}`);
      const [recorded, simulated] = [recordedBody('1.20.1', file), body].map((text) => {
        const { items, ...rest } = JSON.parse(text) as { items?: unknown };
        return {
          keys: Object.keys(JSON.parse(text) as object),
          shape: shapeOf([rest, Array.isArray(items)]),
        };
      });
      expect(simulated).toEqual(recorded);
    }
    expect((JSON.parse((await get(`${simulator.url}/v3/info`)).body) as Item)['version']).toBe('v1.20.1');
  });

  test('idle and waiting streams are written as recorded, but for the name', async () => {
    const { items } = await listOf(simulator.url, 'paths');
    const recorded = recordedItems('paths');
    const pairs = [
      [itemWhere(recorded, 'name', 'idle-static'), itemWhere(items, 'online', false)],
      [itemWhere(recorded, 'name', 'ondemand'), itemWhere(items, 'onlineTime', '0001-01-01T00:00:00Z')],
    ] as const;
    for (const [theirs, ours] of pairs) {
      const { name } = ours;
      expect(JSON.stringify(ours)).toBe(JSON.stringify({ ...theirs, name, confName: name }));
    }
  });

  test.each(['publish', 'read'])(
    'the %s side of SRT fills what it fills there, and no more',
    async (state) => {
      const { items } = await listOf(simulator.url, 'srtconns');
      const ours = filled(items.filter((item) => item['state'] === state));
      const theirs = filled(recordedItems('srtconns').filter((item) => item['state'] === state));
      expect([...ours].filter((name) => !theirs.has(name))).toEqual([]);
      expect([...theirs].filter((name) => !ours.has(name))).toEqual([]);
    },
  );

  test('times have nine fraction digits and no others', async () => {
    const { items } = await listOf(simulator.url, 'paths');
    for (const name of ['readyTime', 'availableTime', 'onlineTime']) {
      for (const time of items.map((item) => item[name]).filter((value) => value !== null)) {
        expect(time).toMatch(/^(0001-01-01T00:00:00|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{8}[1-9])Z$/);
      }
    }
  });

  test('types of sources and readers are spelt as recorded', async () => {
    const { items } = await listOf(simulator.url, 'paths');
    const types = (all: readonly Item[]) =>
      new Set(
        JSON.stringify(all)
          .match(/"type":"[A-Za-z]+"/g)
          ?.map((text) => text.slice(8, -1)),
      );
    const known = types(recordedItems('paths'));
    expect([...types(items)].filter((type) => !known.has(type))).toEqual([]);
  });
});
