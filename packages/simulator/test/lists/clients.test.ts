import { describe, expect, test } from '@jest/globals';
import { SIMULATED_SECRET } from '../../src/index.ts';
import type { SimulatedListName } from '../../src/lists/names.ts';
import { VERSIONS } from '../../src/versions/catalogue.ts';
import { ALL_LISTS, itemsAt, itemWhere, VERSION_NAMES, worldOf, type ListedItem } from '../lists-of.ts';

const NOW_MS = 600_000;
const LIST_OF_TYPE: Readonly<Record<string, SimulatedListName>> = {
  srtConn: 'srtconns',
  rtspSession: 'rtspsessions',
  rtspsSession: 'rtspssessions',
  rtmpConn: 'rtmpconns',
  rtmpsConn: 'rtmpsconns',
  webRTCSession: 'webrtcsessions',
  webrtcSession: 'webrtcsessions',
  hlsSession: 'hlssessions',
  moqSession: 'moqsessions',
};

interface ClientReference {
  readonly type: string;
  readonly id: string;
}

const number = (item: ListedItem, name: string): number => Number(item[name]);
const readersOf = (stream: ListedItem): readonly ClientReference[] => stream['readers'] as ClientReference[];

describe.each(VERSION_NAMES)('clients of %s', (name) => {
  const world = worldOf(
    { streams: 60, nowMs: 0 },
    {
      readersPerStream: 14,
      moq: VERSIONS[name].lists.moqsessions !== undefined,
      hlsSessions: VERSIONS[name].hlsReader === 'session',
    },
  );
  const itemsOf = (list: SimulatedListName) => itemsAt(world, list, NOW_MS, name);
  const streams = itemsOf('paths');
  const live = streams.filter((stream) => stream['ready'] === true);

  test('all readers that a stream names are in their lists, with its name', () => {
    const lists = new Map(Object.values(LIST_OF_TYPE).map((list) => [list, new Map<unknown, ListedItem>()]));
    for (const [list, byId] of lists) {
      if (VERSIONS[name].lists[list] === undefined) continue;
      for (const item of itemsOf(list)) byId.set(item['id'], item);
    }
    let named = 0;
    for (const stream of live) {
      expect(readersOf(stream)).toHaveLength(14);
      const source = stream['source'] as ClientReference;
      const clients = [...readersOf(stream), ...(source.id === '' ? [] : [source])];
      for (const client of clients.filter(({ type }) => type !== 'hlsMuxer')) {
        const list = LIST_OF_TYPE[client.type];
        const item = list && lists.get(list)?.get(client.id);
        expect(item?.['path']).toBe(stream['name']);
        if (item !== undefined && 'state' in item) {
          expect(item['state']).toBe(client === source ? 'publish' : 'read');
        }
        named += 1;
      }
    }
    expect([...lists.values()].reduce((sum, byId) => sum + byId.size, 0)).toBe(named);
  });

  test('HLS viewers are readers with a muxer', () => {
    const viewed = live.filter((stream) => readersOf(stream).some(({ type }) => type.startsWith('hls')));
    expect(viewed.length).toBeGreaterThan(30);
    expect(
      itemsOf('hlsmuxers')
        .map((muxer) => muxer['path'])
        .sort(),
    ).toStrictEqual(viewed.map((stream) => stream['name']));
    if (VERSIONS[name].hlsReader === 'session') return;
    for (const stream of viewed) {
      const muxers = readersOf(stream).filter(({ type }) => type === 'hlsMuxer');
      expect(muxers).toStrictEqual([{ type: 'hlsMuxer', id: '' }]);
    }
  });

  test('readers are in order since 1.18 only', () => {
    const texts = live.map((stream) => readersOf(stream).map((reader) => JSON.stringify(reader)));
    const sorted = texts.filter((all) => all.join() === all.toSorted().join());
    expect(sorted.length === texts.length).toBe(name === '1.20' || name === '1.21');
  });

  test('a stream’s sent bytes are its readers’, HLS viewers’ too but in 1.17', () => {
    if (name === '1.2') return;
    for (const stream of live) {
      const sent = number(stream, 'bytesSent');
      expect(sent).toBeGreaterThan(0);
      expect(sent).toBeLessThanOrEqual(14 * number(stream, 'bytesReceived'));
    }
    const total = (version: '1.17' | '1.13') =>
      itemsAt(world, 'paths', NOW_MS, version).reduce((sum, item) => sum + number(item, 'bytesSent'), 0);
    expect(total('1.17')).toBeLessThan(total('1.13'));
  });

  test('RTSP sessions have a connection each, with more bytes unless media goes by UDP', () => {
    for (const [sessions, conns] of [
      ['rtspsessions', 'rtspconns'],
      ['rtspssessions', 'rtspsconns'],
    ] as const) {
      const connections = itemsOf(conns);
      expect(connections).toHaveLength(itemsOf(sessions).length);
      for (const [index, session] of itemsOf(sessions).entries()) {
        // Both lists are in the order of time, and a session begins just after its connection.
        const connection = connections[index] ?? {};
        expect(connection['remoteAddr']).toBe(session['remoteAddr']);
        expect(String(connection['created']) < String(session['created'])).toBe(true);
        if ('session' in connection) expect(connection['session']).toBe(session['id']);
        if ('conns' in session) expect(session['conns']).toStrictEqual([connection['id']]);
        for (const bytes of ['bytesReceived', 'bytesSent']) {
          if (session['transport'] === 'TCP') {
            expect(number(connection, bytes)).toBeGreaterThan(number(session, bytes));
          } else {
            expect(number(connection, bytes)).toBeLessThan(5_000);
          }
        }
      }
    }
  });

  test('some of every protocol typed a secret, if the version tells queries', () => {
    for (const list of ALL_LISTS.filter((one) => VERSIONS[name].lists[one]?.includes('query'))) {
      const queries = itemsOf(list).map((item) => String(item['query']));
      expect(queries.filter((query) => query.includes(SIMULATED_SECRET)).length).toBeGreaterThan(0);
      expect(queries).toContain('');
    }
  });
});

describe('numbers of 1.20', () => {
  const world = worldOf({ streams: 120, nowMs: 0 }, { readersPerStream: 12 });
  const itemsOf = (list: SimulatedListName, nowMs = NOW_MS) => itemsAt(world, list, nowMs);

  test('older names say what the present ones say', () => {
    for (const list of ['rtspsessions', 'webrtcsessions', 'rtmpconns', 'rtspconns', 'paths'] as const) {
      for (const item of itemsOf(list)) {
        expect(item['bytesReceived']).toBe(item['inboundBytes']);
        expect(item['bytesSent']).toBe(item['outboundBytes']);
        expect(item['rtpPacketsReceived']).toBe(item['inboundRTPPackets']);
        expect(item['rtcpPacketsSent']).toBe(item['outboundRTCPPackets']);
        expect(item['rtpPacketsLost']).toBe(item['inboundRTPPacketsLost']);
        expect(item['rtpPacketsJitter']).toBe(item['inboundRTPPacketsJitter']);
      }
    }
  });

  test('RTP publishers have packets of a plausible size, jitter, and a few losses', () => {
    for (const list of ['rtspsessions', 'webrtcsessions'] as const) {
      const publishers = itemsOf(list).filter((item) => item['state'] === 'publish');
      for (const item of publishers) {
        const size = number(item, 'inboundBytes') / number(item, 'inboundRTPPackets');
        expect(size).toBeGreaterThan(1_000);
        expect(size).toBeLessThan(1_450);
        expect(number(item, 'inboundRTPPacketsJitter')).toBeGreaterThan(10);
        expect(number(item, 'inboundRTPPacketsJitter')).toBeLessThan(2_000);
      }
      const lossy = publishers.filter((item) => number(item, 'inboundRTPPacketsLost') > 0);
      expect(lossy.length).toBeGreaterThan(0);
      expect(lossy.length).toBeLessThan(publishers.length * 0.6);
      if (list === 'rtspsessions') {
        expect(new Set(lossy.map((item) => item['transport']))).toStrictEqual(new Set(['UDP']));
      }
    }
  });

  test('readers over UDP report losses', () => {
    const readers = itemsOf('rtspsessions').filter((item) => item['state'] === 'read');
    const lossy = readers.filter((item) => number(item, 'outboundRTPPacketsReportedLost') > 0);
    expect(lossy.length).toBeGreaterThan(0);
    expect(lossy.length).toBeLessThan(readers.length);
  });

  test.each([
    ['srtconns', 'outboundFramesDiscarded'],
    ['rtmpconns', 'outboundFramesDiscarded'],
    ['webrtcsessions', 'outboundFramesDiscarded'],
    ['rtspsessions', 'outboundRTPPacketsDiscarded'],
  ] as const)('a few readers of %s are too slow', (list, member) => {
    const slow = itemsOf(list).filter((item) => number(item, member) > 0);
    expect(slow.length).toBeGreaterThan(0);
    expect(slow.length).toBeLessThan(itemsOf(list).length / 4);
    expect(new Set(slow.map((item) => item['state']))).toStrictEqual(new Set(['read']));
  });

  test('a muxer has sent what its viewers got, and was asked within the last second', () => {
    const viewers = itemsOf('hlssessions');
    for (const muxer of itemsOf('hlsmuxers')) {
      const got = viewers
        .filter((viewer) => viewer['path'] === muxer['path'])
        .reduce((sum, viewer) => sum + number(viewer, 'outboundBytes'), 0);
      expect(muxer['outboundBytes']).toBe(got);
    }
    for (const nowMs of [NOW_MS, NOW_MS + 300, NOW_MS + 2_000]) {
      for (const muxer of itemsOf('hlsmuxers', nowMs)) {
        const agoMs = 1_800_000_000_000 + nowMs - Date.parse(String(muxer['lastRequest']));
        expect(agoMs).toBeGreaterThanOrEqual(0);
        expect(agoMs).toBeLessThanOrEqual(1_001);
      }
    }
  });

  test('addresses are of those set aside for documentation', () => {
    for (const list of ALL_LISTS) {
      for (const item of itemsOf(list)) {
        if ('remoteAddr' in item) expect(item['remoteAddr']).toMatch(/^192\.0\.2\.\d{1,3}:\d{5}$/);
      }
    }
    for (const { localCandidate, remoteCandidate, remoteAddr } of itemsOf('webrtcsessions')) {
      expect(localCandidate).toMatch(/^host\/udp\/192\.0\.2\.\d{1,3}\/\d+$/);
      expect(remoteCandidate).toMatch(/^(host|srflx|prflx)\/udp\/192\.0\.2\.\d{1,3}\/\d+$/);
      expect(String(remoteCandidate).split('/')[2]).toBe(String(remoteAddr).split(':')[0]);
    }
  });

  test('clients say what they are, where the protocol lets them', () => {
    for (const list of ALL_LISTS) {
      for (const item of itemsOf(list)) {
        if ('userAgent' in item) expect(item['userAgent']).toMatch(/^(Mozilla|Lavf|FMLE|LNX)/);
      }
    }
    expect(itemWhere(itemsOf('rtmpconns'), 'state', 'publish')['userAgent']).toMatch(/^FMLE/);
  });
});
