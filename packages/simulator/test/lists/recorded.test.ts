import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  constructedList,
  recordedBody,
  recordedList,
  type RecordedPhase,
  type RecordedVersion,
} from '@mediamtx-monitor/testkit';
import { startSimulator, type Simulator, type VersionName } from '../../src/index.ts';
import type { SimulatedListName } from '../../src/lists/names.ts';
import { get } from '../get.ts';
import {
  ALL_LISTS,
  itemWhere,
  listOf,
  VERSION_NAMES,
  type ListedItem,
  type ParsedList,
} from '../lists-of.ts';
import { shapeOf, strangers } from './shape.ts';

/** Of 1.21 none was recorded: its bodies are constructed from its description. */
const RECORDED: Readonly<Record<Exclude<VersionName, '1.21'>, RecordedVersion>> = {
  '1.20': '1.20.1',
  '1.17': '1.17.0',
  '1.13': '1.13.0',
  '1.9': '1.9.3',
  '1.2': '1.2.0',
};

function bodyOf(version: VersionName, list: string, phase: RecordedPhase): string | undefined {
  if (version !== '1.21') return recordedList(RECORDED[version], list, phase);
  return constructedList(list, phase);
}

function items(body: string): readonly ListedItem[] {
  return (JSON.parse(body) as ParsedList).items;
}

/** All items that were recorded of a list; `undefined` where the version doesn't know it. */
function recordedItems(version: VersionName, list: SimulatedListName): readonly ListedItem[] | undefined {
  const bodies = (['t0', 't1'] as const).flatMap((phase) => bodyOf(version, list, phase) ?? []);
  return bodies.length === 0 ? undefined : bodies.flatMap(items);
}

/** Names of the members that aren't 0 in some item. */
function filled(all: readonly ListedItem[]): Set<string> {
  return new Set(all.flatMap((item) => Object.keys(item).filter((name) => item[name] !== 0)));
}

function typesIn(all: readonly ListedItem[]): Set<string> {
  return new Set([...JSON.stringify(all).matchAll(/"type":"([A-Za-z]+)"/g)].map(([, type]) => type ?? ''));
}

describe.each(VERSION_NAMES)('against bodies recorded (1.21: constructed) of %s', (version) => {
  const hasSessions = version === '1.20' || version === '1.21';
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ version, streams: 48, readersPerStream: 12 });
  });
  afterAll(() => simulator.close());

  const known = ALL_LISTS.filter((list) => recordedItems(version, list) !== undefined);
  // Recordings are off, which looks the same.
  const unknown = [...ALL_LISTS.filter((list) => !known.includes(list)), 'recordings'];

  test('it has as many lists as were recorded', () => {
    const count = { '1.21': 12, '1.20': 12, '1.17': 10, '1.13': 10, '1.9': 10, '1.2': 10 }[version];
    expect(known).toHaveLength(count);
  });

  test.each(known)('%s has items, of publishers and readers if recorded', async (list) => {
    const ours = (await listOf(simulator.url, list)).items;
    expect(ours.length).toBeGreaterThan(2);
    const states = (all: readonly ListedItem[]) => new Set(all.map((item) => item['state']));
    const theirs = states(recordedItems(version, list) ?? []);
    for (const state of ['publish', 'read'].filter((one) => theirs.has(one))) {
      expect(states(ours)).toContain(state);
    }
  });

  test.each(known.filter((list) => list !== 'moqsessions'))(
    '%s has exactly their keys, order and types, publishers and readers alike',
    async (list) => {
      const recorded = shapeOf([
        ...(recordedItems(version, list) ?? []),
        ...(hasSessions && list === 'paths' ? items(recordedBody('1.20.1', 'extra/states_paths.json')) : []),
      ]);
      const ours = (await listOf(simulator.url, list)).items;
      for (const state of ['publish', 'read', undefined]) {
        const simulated = shapeOf(ours.filter((item) => item['state'] === state));
        expect(strangers(simulated, recorded)).toStrictEqual([]);
        if (simulated.size > 0) expect(simulated.get('')).toStrictEqual(recorded.get(''));
      }
    },
  );

  test.each(unknown)('%s is no route', async (list) => {
    const got = await get(`${simulator.url}/v3/${list}/list`);
    expect([got.status, got.body]).toStrictEqual([
      404,
      recordedBody(version === '1.21' ? '1.20.1' : RECORDED[version], 'errors/unknown_endpoint.json'),
    ]);
  });

  test('info is as recorded, or no route', async () => {
    const got = await get(`${simulator.url}/v3/info`);
    const recorded = bodyOf(version, 'info', 't0');
    expect(got.status).toBe(recorded === undefined ? 404 : 200);
    if (recorded === undefined) return;
    const [ours, theirs] = [got.body, recorded].map((text) => JSON.parse(text) as ListedItem);
    expect(shapeOf([ours])).toStrictEqual(shapeOf([theirs]));
    expect(ours?.['version']).toBe(theirs?.['version']);
  });

  test.each(known)('the envelope of %s is as recorded, an empty one to the letter', async (list) => {
    const [recorded = ''] = [bodyOf(version, list, 't0')];
    const { body } = await get(`${simulator.url}/v3/${list}/list`);
    expect(Object.keys(JSON.parse(body) as object)).toStrictEqual(
      Object.keys(JSON.parse(recorded) as object),
    );
    const empty = await startSimulator({ version, streams: 0 });
    const got = await get(`${empty.url}/v3/${list}/list`);
    await empty.close();
    const theirs = bodyOf(version, list, 'empty') ?? '';
    if (items(theirs).length === 0) expect(got.body).toBe(theirs);
    else expect(got.body).toBe('{"itemCount":0,"pageCount":0,"items":[]}');
  });

  test('types of sources and readers are spelt as recorded', async () => {
    const types = typesIn((await listOf(simulator.url, 'paths')).items);
    const theirs = typesIn(recordedItems(version, 'paths') ?? []);
    // Nothing published or read by these when the bodies were recorded; the source spells them so.
    for (const type of ['rtspsSession', 'rtmpsConn', ...(hasSessions ? ['moqSession'] : [])]) {
      theirs.add(type);
    }
    expect([...types].filter((type) => !theirs.has(type))).toStrictEqual([]);
    expect(types).toContain(version === '1.9' ? 'webrtcSession' : 'webRTCSession');
    expect(types).toContain(hasSessions ? 'hlsSession' : 'hlsMuxer');
  });

  test('idle and waiting streams are written as recorded, but for the name', async () => {
    const ours = (await listOf(simulator.url, 'paths')).items.filter((item) => item['ready'] === false);
    const theirs = recordedItems(version, 'paths') ?? [];
    for (const [recorded, has] of [
      ['idle-static', (item: ListedItem) => item['source'] === null],
      ['ondemand', (item: ListedItem) => item['source'] !== null],
    ] as const) {
      const item = ours.find(has);
      const name = item?.['name'];
      const expected = { ...itemWhere(theirs, 'name', recorded), name, confName: name };
      expect(JSON.stringify(item)).toBe(JSON.stringify(expected));
    }
  });
});

describe('against bodies recorded of 1.20 alone', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ streams: 48, readersPerStream: 4 });
  });
  afterAll(() => simulator.close());

  test('MoQ sessions have the members that the source has', async () => {
    const { items: ours } = await listOf(simulator.url, 'moqsessions');
    const text =
      'id,created,remoteAddr,state,path,query,userAgent,transport,version,inboundBytes,outboundBytes';
    expect(shapeOf(ours).get('')).toStrictEqual(new Set([`{${text}}`]));
    expect(ours[0]).toMatchObject({ state: 'read', transport: 'webtransport', version: 'moqt-17' });
  });

  test.each(['publish', 'read'])(
    'the %s side of SRT fills what it fills there, and no more',
    async (state) => {
      const { items: all } = await listOf(simulator.url, 'srtconns');
      const ours = filled(all.filter((item) => item['state'] === state));
      const recorded = [0, 1, 2, 3].flatMap((step) =>
        items(recordedBody('1.20.1', `srt_loss/srtconns.t${step}.json`)),
      );
      const theirs = filled(
        [...recorded, ...(recordedItems('1.20', 'srtconns') ?? [])].filter((item) => item['state'] === state),
      );
      // None of the recorded readers was too slow.
      if (state === 'read') theirs.add('outboundFramesDiscarded');
      expect([...ours].filter((name) => !theirs.has(name))).toStrictEqual([]);
      expect([...theirs].filter((name) => !ours.has(name))).toStrictEqual([]);
    },
  );

  test('times have nine fraction digits and no others', async () => {
    const { items: ours } = await listOf(simulator.url, 'paths');
    for (const name of ['readyTime', 'availableTime', 'onlineTime']) {
      for (const time of ours.map((item) => item[name]).filter((value) => value !== null)) {
        expect(time).toMatch(/^(0001-01-01T00:00:00|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{8}[1-9])Z$/);
      }
    }
  });
});
