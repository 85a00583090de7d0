import { describe, expect, test } from '@jest/globals';
import { RECORDED_VERSIONS, type RecordedVersion } from '@mediamtx-monitor/testkit';
import {
  extraPoll,
  items,
  normalise,
  onlyPath,
  pathOf,
  pollOf,
  recordedItems,
  recordedPoll,
} from '../support/polls.ts';

const named = (codec: string) => ({
  codec,
  width: null,
  height: null,
  profile: null,
  level: null,
  sampleRate: null,
  channels: null,
});
const H264 = { ...named('H264'), width: 160, height: 90, profile: 'Baseline', level: '1.1' };
const AAC = { ...named('MPEG-4 Audio'), sampleRate: 44_100, channels: 1 };
const IDLE = {
  name: 'cam',
  confName: null,
  sourceType: null,
  sourceId: null,
  ready: false,
  online: null,
  readyAtMs: null,
  tracks: [],
  inboundBytes: null,
  outboundBytes: null,
  framesInError: null,
  readerTypes: [],
};

describe('a published path, by version', () => {
  test('1.2.0 doesn’t tell what it sent', () => {
    expect(pathOf(recordedPoll('1.2.0'), 'cam/one')).toStrictEqual({
      name: 'cam/one',
      confName: 'cam/one',
      sourceType: 'srtConn',
      sourceId: '90ce8d46-d4fe-4ead-a27e-6c4d59293d75',
      ready: true,
      online: null,
      readyAtMs: Date.UTC(2026, 10, 22, 13, 21, 17, 427),
      tracks: [named('H264'), named('MPEG-4 Audio')],
      inboundBytes: 225_666,
      outboundBytes: null,
      framesInError: null,
      readerTypes: ['srtconn', 'hlsmuxer'],
    });
  });

  test('1.9.3 tells it', () => {
    expect(pathOf(recordedPoll('1.9.3'), 'rtsp-cam')).toStrictEqual({
      name: 'rtsp-cam',
      confName: 'rtsp-cam',
      sourceType: 'rtspSession',
      sourceId: '1f0abb48-5a27-4a7b-b65a-9b7d34ff691c',
      ready: true,
      online: null,
      readyAtMs: Date.UTC(2026, 10, 22, 13, 19, 26, 958),
      tracks: [named('H264'), named('MPEG-4 Audio')],
      inboundBytes: 229_729,
      outboundBytes: 604_007,
      framesInError: null,
      readerTypes: ['rtspsession', 'rtspsession', 'rtspssession', 'webrtcsession', 'rtspsession'],
    });
  });

  test('1.20.1 tells tracks, damage and whether it is online', () => {
    expect(pathOf(recordedPoll('1.20.1'), 'cam/one')).toStrictEqual({
      name: 'cam/one',
      confName: 'cam/one',
      sourceType: 'srtConn',
      sourceId: '7d3c3773-60d9-4acd-a0fd-17a06c7a95e6',
      ready: true,
      online: true,
      readyAtMs: Date.UTC(2026, 10, 22, 13, 32, 14, 39),
      tracks: [H264, AAC],
      inboundBytes: 228_863,
      outboundBytes: 341_852,
      framesInError: 0,
      readerTypes: ['hlssession', 'srtconn'],
    });
  });
});

describe.each(RECORDED_VERSIONS)('MediaMTX %s, recorded', (version: RecordedVersion) => {
  const knows = (since: RecordedVersion) =>
    RECORDED_VERSIONS.indexOf(version) >= RECORDED_VERSIONS.indexOf(since);
  const poll = recordedPoll(version);

  test('every path is there once, in the order of the list', () => {
    const names = normalise(poll, 'full').paths?.facts.map(({ name }) => name);
    expect(names).toStrictEqual(recordedItems(version, 'paths').map((item) => item['name']));
    expect(names?.length).toBeGreaterThanOrEqual(12);
  });

  test('an idle path', () => {
    expect(pathOf(poll, 'idle-static')).toStrictEqual({
      ...IDLE,
      name: 'idle-static',
      confName: 'idle-static',
      online: knows('1.17.0') ? false : null,
      inboundBytes: 0,
      outboundBytes: knows('1.5.0') ? 0 : null,
      framesInError: knows('1.17.0') ? 0 : null,
    });
  });

  test.each([
    ['pulled', 'rtspSource', true],
    ['ondemand', 'rtspSource', false],
    ['unready', 'rtspSource', false],
    ['redir', 'redirect', false],
  ])('%s has a source without id', (name, sourceType, ready) => {
    expect(pathOf(poll, name)).toMatchObject({ sourceType, sourceId: null, ready });
    if (!ready) expect(pathOf(poll, name).readyAtMs).toBeNull();
  });

  test('readers are of the types that its protocols have, in lower case', () => {
    const types = normalise(poll, 'full').paths?.facts.flatMap(({ readerTypes }) => readerTypes);
    expect(new Set(types)).toStrictEqual(
      new Set([
        'srtconn',
        knows('1.18.0') ? 'hlssession' : 'hlsmuxer',
        'rtmpconn',
        'rtmpsconn',
        'rtspsession',
        'rtspssession',
        'webrtcsession',
      ]),
    );
  });

  test('tracks have properties from 1.17.0 on', () => {
    expect(pathOf(poll, 'rtmp-cam').tracks).toStrictEqual(
      knows('1.17.0') ? [H264, AAC] : [named('H264'), named('MPEG-4 Audio')],
    );
    expect(pathOf(poll, 'whip-cam').tracks).toStrictEqual([named('VP8')]);
  });
});

describe('states of 1.20.1', () => {
  const states = extraPoll('states_', ['paths']);

  test('an always-available path shows its filler: ready, but not online', () => {
    expect(pathOf(states, 'always')).toMatchObject({
      ready: true,
      online: false,
      sourceType: null,
      inboundBytes: 347_772,
      tracks: [{ codec: 'H264', width: 1920, height: 1080, level: '4' }],
    });
  });

  test('a source that isn’t ready calls itself online all the same', () => {
    expect(pathOf(states, 'sec-whep')).toMatchObject({
      sourceType: 'webRTCSource',
      ready: false,
      online: true,
      readyAtMs: null,
    });
  });
});

describe('field names', () => {
  test('either generation will do; the original one counts where both are there', () => {
    const old = { bytesReceived: 1, bytesSent: 2 };
    const current = { inboundBytes: 3, outboundBytes: 4 };
    expect(onlyPath(old)).toMatchObject({ inboundBytes: 1, outboundBytes: 2 });
    expect(onlyPath(current)).toMatchObject({ inboundBytes: 3, outboundBytes: 4 });
    expect(onlyPath({ ...old, ...current })).toMatchObject({ inboundBytes: 1, outboundBytes: 2 });
    expect(onlyPath({ ...current, bytesReceived: null, bytesSent: null })).toMatchObject({
      inboundBytes: 3,
      outboundBytes: 4,
    });
  });
});

describe('tracks', () => {
  const tracks = (fields: object) => onlyPath({ ...fields }).tracks;

  test('a profile may be a number (AV1, VP9) or a text (H264, H265)', () => {
    const av1 = { codec: 'AV1', codecProps: { width: 64, height: 32, profile: 0, level: 8, tier: 0 } };
    expect(tracks({ tracks2: [av1] })).toStrictEqual([
      { ...named('AV1'), width: 64, height: 32, profile: '0', level: '8' },
    ]);
  });

  test.each([
    [{ codecProps: { sampleRate: 8_000, channelCount: 2, muLaw: true } }, { sampleRate: 8_000, channels: 2 }],
    [{ codecProps: { channelCount: 2 } }, { channels: 2 }],
    [{ codecProps: null }, {}],
    [{ codecProps: [] }, {}],
    [{}, {}],
    [{ codecProps: { width: '1920', height: -1, profile: {}, level: '', sampleRate: null } }, {}],
  ])('of the properties %j the known ones are taken', (fields, expected) => {
    expect(tracks({ tracks2: [{ codec: 'X', ...fields }] })).toStrictEqual([{ ...named('X'), ...expected }]);
  });

  test('are at most 16, of codecs with names of up to 32 characters', () => {
    const many = Array.from({ length: 40 }, (_, index) => `codec ${index}`);
    expect(tracks({ tracks: many })).toStrictEqual(many.slice(0, 16).map(named));
    expect(tracks({ tracks2: many.map((codec) => ({ codec })) })).toStrictEqual(many.slice(0, 16).map(named));
    const odd = ['x'.repeat(33), 'x'.repeat(32), 7, null, ''];
    expect(tracks({ tracks: odd })).toStrictEqual([named('x'.repeat(32))]);
  });

  test('the names stand where the properties are missing or not understood', () => {
    const both = [named('H264'), named('Opus')];
    const plain = { tracks: ['H264', 'Opus'] };
    expect(tracks(plain)).toStrictEqual(both);
    for (const tracks2 of [null, [], 'x', {}, [{ name: 'H264' }, 4], [{ codec: 'H264' }, { codec: null }]]) {
      expect(tracks({ ...plain, tracks2 })).toStrictEqual(both);
    }
  });

  test('what isn’t a name is none', () => {
    expect(tracks({ tracks: ['H264', 4, null, {}] })).toStrictEqual([named('H264')]);
    expect(tracks({ tracks: 'H264' })).toStrictEqual([]);
    expect(tracks({ tracks: null, tracks2: null })).toStrictEqual([]);
  });
});

describe('readers', () => {
  const readerTypes = (readers: unknown) => onlyPath({ readers }).readerTypes;

  test('their types are spelt in many ways', () => {
    const spelt = ['webRTCSession', 'webrtcSession', 'WebRTCSession'].map((type) => ({ type, id: '1' }));
    expect(readerTypes(spelt)).toStrictEqual(['webrtcsession', 'webrtcsession', 'webrtcsession']);
  });

  test('hidden and unknown ones count too', () => {
    const readers = [{ type: 'hidden', id: '' }, { type: 'teleportSession', id: '1' }, {}, null, 7];
    expect(readerTypes(readers)).toStrictEqual(['hidden', 'teleportsession', '', '', '']);
  });

  test.each([null, 4, 'x', {}])('%j are none', (readers) => {
    expect(readerTypes(readers)).toStrictEqual([]);
  });
});

describe('a path', () => {
  test.each([
    ['slashes', 'a/b/c'],
    ['quotes', '"\'`'],
    ['emoji', '📹 église'],
    ['1,000 characters', 'x'.repeat(1_000)],
    ['markup', '<script>alert(1)</script>'],
    ['the marker of the array', ',"streams":['],
    ['control characters', 'a\u0000\n'],
    ['the name of a built-in', '__proto__'],
  ])('may be called anything: %s', (_what, name) => {
    expect(pathOf(pollOf({ paths: items({ name }) }), name).name).toBe(name);
  });

  test('without any fields is idle', () => {
    expect(onlyPath({})).toStrictEqual(IDLE);
  });

  test('of a kind and with fields that nobody has seen is passed through', () => {
    const source = { type: 'teleportSource', id: '', quantum: true };
    expect(onlyPath({ source, ready: true, warpFactor: 9, nested: { name: 'x' } })).toStrictEqual({
      ...IDLE,
      sourceType: 'teleportSource',
      ready: true,
    });
  });

  test.each([1, 'true', null, undefined, {}])('with ready = %j isn’t ready', (ready) => {
    expect(onlyPath({ ready }).ready).toBe(false);
  });

  test.each([null, 'x', 4, [], { type: 4, id: {} }, { type: null, id: null }])(
    'with the source %j has none',
    (source) => {
      expect(onlyPath({ source })).toStrictEqual(IDLE);
    },
  );
});
