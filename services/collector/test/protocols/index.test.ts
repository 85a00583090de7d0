import { expect, test } from '@jest/globals';
import {
  connectionRecord,
  RECORDED_VERSIONS,
  srtConnection,
  webrtcConnection,
} from '@mediamtx-monitor/testkit';
import { derive, NO_MEMORY } from '../../src/derive/index.ts';
import { PROTOCOLS } from '@mediamtx-monitor/types';
import {
  figuresOf,
  LIST_NAMES,
  listOfType,
  PROTOCOL_MODULES,
  protocolOfType,
  readersByProtocol,
  tellsAll,
} from '../../src/protocols/index.ts';
import { SETTINGS, START_MS, momentAt } from '../derive/facts.ts';
import { recordedObservation } from '../derive/recorded.ts';
import type { PollResult } from '../../src/facts.ts';
import { items, pollOf, readOutcome, RECEIVED_AT_MS } from '../support/polls.ts';

test('no readers, nothing', () => {
  expect(readersByProtocol([])).toStrictEqual({});
});

test('every reader type of MediaMTX is counted with its protocol', () => {
  expect(
    readersByProtocol([
      'srtconn',
      'rtspsession',
      'rtspsession',
      'rtspssession',
      'rtmpconn',
      'rtmpsconn',
      'hlsmuxer',
      'hlssession',
      'webrtcsession',
      'moqsession',
    ]),
  ).toStrictEqual({ srt: 1, rtsp: 2, rtsps: 1, rtmp: 1, rtmps: 1, hls: 2, webrtc: 1, moq: 1 });
});

test('the list that has the connections of a type, however it is spelled', () => {
  const types = ['srtConn', 'RTSPSession', 'hlsMuxer', 'hlsSession', 'webRTCSession', 'hidden', 'null'];
  expect(types.map(listOfType)).toStrictEqual([
    'srtconns',
    'rtspsessions',
    'hlsmuxers',
    'hlssessions',
    'webrtcsessions',
    null,
    null,
  ]);
});

test('a type that is none of ours is other', () => {
  expect(readersByProtocol(['hidden', 'teleportsession', '', 'srtconn'])).toStrictEqual({ other: 3, srt: 1 });
});

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('so is %s', (type) => {
  expect(JSON.stringify(readersByProtocol([type, type]))).toBe('{"other":2}');
  expect(protocolOfType(type)).toBeNull();
});

test('what a record tells of its link reads the same whatever its protocol', () => {
  const srt = srtConnection({}, { rttMs: 20, rttP95Ms: 21, linkLossPercent: 1.5, framesDiscarded: 3 });
  expect(figuresOf(srt)).toStrictEqual({ rttMs: 20, rttP95Ms: 21, lossPercent: 1.5, discards: 3 });
  const rtmp = connectionRecord({ rtmp: { framesDiscarded: 4 } });
  expect(figuresOf(rtmp)).toStrictEqual({ rttMs: null, rttP95Ms: null, lossPercent: null, discards: 4 });
  expect(figuresOf(webrtcConnection({}))).toMatchObject({ rttMs: null, rttP95Ms: null, lossPercent: 2 });
});

test.each(RECORDED_VERSIONS)('as %s spells them', (version) => {
  const { snapshot } = derive(NO_MEMORY, recordedObservation(version, 't0'), SETTINGS, momentAt(START_MS));
  const counted = (name: string) => snapshot.streams.find((stream) => stream.name === name);
  expect(counted('cam/one')).toMatchObject({ readers: 2, readersByProtocol: { srt: 1, hls: 1 } });
  expect(counted('rtmp-cam')).toMatchObject({ readers: 2, readersByProtocol: { rtmp: 1, rtmps: 1 } });
  expect(counted('rtsp-cam')).toMatchObject({
    readers: 5,
    readersByProtocol: { rtsp: 3, rtsps: 1, webrtc: 1 },
  });
  expect(counted('idle-static')).toMatchObject({ readers: 0, readersByProtocol: {} });
});

test('every protocol of the contract has its module, and each list and type belongs to one of them', () => {
  const modules = Object.values(PROTOCOL_MODULES);
  expect(modules.map(({ protocol }) => protocol)).toStrictEqual(PROTOCOLS);
  const lists = modules.flatMap((module) => module.lists);
  const types = lists.flatMap(({ itemType }) => itemType ?? []);
  for (const names of [lists.map(({ name }) => name), lists.map(({ newName }) => newName), types]) {
    expect(new Set(names).size).toBe(names.length);
  }
  expect(LIST_NAMES).toStrictEqual(['paths', ...lists.map(({ name }) => name), 'info']);
});

test.each(PROTOCOLS)(
  'the records of %s are told under its own member, and blank ones tell nothing there',
  (protocol) => {
    const { lists, normalise, detail, blank } = PROTOCOL_MODULES[protocol];
    const list = lists.at(-1)?.name ?? 'paths';
    const read = readOutcome(list, items({ id: '1', state: 'publish' }));
    const { connections } = normalise({ ...(pollOf({}) as PollResult), [list]: read });
    if (connections.kind !== 'facts') throw new Error('no facts');
    const windows = { packets: null, discards: null, rtts: null };
    const [record] = connections.facts.map((fact) =>
      detail(fact, { windows, clockRate: null, receivedAtMs: RECEIVED_AT_MS }),
    );
    if (record === undefined) throw new Error('no connection');
    const blanked = blank(record);
    expect(Object.keys(blanked)).toStrictEqual(Object.keys(record));
    const [name, member] = Object.entries<unknown>(blanked);
    expect(name).toStrictEqual(['protocol', protocol]);
    expect(new Set(Object.values(member?.[1] as object))).toStrictEqual(new Set([null]));
  },
);

test('connections of RTSP have told all when they named every session, muxers beside sessions at once', () => {
  const sessions = [{ id: 'a' }, { id: 'b' }];
  const told = (...names: (string | null)[]) =>
    tellsAll(
      'rtspconns',
      names.map((session) => ({ session, tunnel: null })),
      sessions,
    );
  expect([told(), told('a'), told('a', null), told('b', 'a'), told('a', 'c', 'b')]).toStrictEqual([
    false,
    false,
    false,
    true,
    true,
  ]);
  expect(tellsAll('rtspsconns', [], [])).toBe(true);
  expect(tellsAll('hlsmuxers', [], sessions)).toBe(true);
});
