import { describe, expect, test } from '@jest/globals';
import { constructedBody, recordedBody } from '@mediamtx-monitor/testkit';
import type { AddressPrivacy } from '@mediamtx-monitor/types';
import type { PathAnswers } from '../../src/facts.ts';
import { normaliseDetails } from '../../src/paths/index.ts';
import { itemsOf } from '../support/polls.ts';

const NONE: PathAnswers = { configurations: new Map(), sources: new Map(), forwards: new Map() };
const RECEIVED_AT_MS = 4_711;

function sourceOf(body: unknown, privacy: AddressPrivacy = 'full') {
  const sources = new Map([['cam', { fact: body, receivedAtMs: RECEIVED_AT_MS }]]);
  return normaliseDetails({ ...NONE, sources }, privacy).sources.get('cam');
}
function forwardsOf(items: readonly unknown[], privacy: AddressPrivacy = 'full') {
  const forwards = new Map([['cam', { fact: items, receivedAtMs: RECEIVED_AT_MS }]]);
  return normaliseDetails({ ...NONE, forwards }, privacy).forwards.get('cam');
}
const constructedSource = (name: string, privacy: AddressPrivacy = 'full') =>
  sourceOf(JSON.parse(constructedBody(`static-sources.${name}.json`)), privacy)?.fact;

test('what is known of the configuration is passed on', () => {
  const configurations = new Map([['a', { sourceOnDemand: true, runOnDemand: false }]]);
  expect(normaliseDetails({ ...NONE, configurations }, 'full')).toStrictEqual({ ...NONE, configurations });
});

test('of more forwards than any stream has, the first ones are known', () => {
  const items = Array.from({ length: 1_000 }, (_, index) => ({ id: `f${index}`, pos: index + 1 }));
  expect(forwardsOf(items)?.fact.map(({ position }) => position)).toStrictEqual(
    Array.from({ length: 64 }, (_, index) => index + 1),
  );
});

describe('a static source of 1.21, constructed', () => {
  test('that fails tells why', () => {
    expect(constructedSource('unready')).toStrictEqual({
      state: 'error',
      error: 'dial tcp 127.0.0.1:1: connect: connection refused',
      link: null,
    });
  });

  test.each([
    ['unready.connecting', 'running'],
    ['ondemand', 'idle'],
    ['sample-hls', 'running'],
  ])('%s has no link and no error', (name, state) => {
    expect(constructedSource(name)).toStrictEqual({ state, error: null, link: null });
  });

  const COMMON = {
    id: 'pull:cam',
    stream: 'cam',
    role: 'publish',
    user: null,
    userAgent: null,
    openedAtMs: null,
  };

  test('over RTSP has a link with losses and jitter, as a publisher’s', () => {
    expect(constructedSource('pulled')?.link).toStrictEqual({
      ...COMMON,
      list: 'rtspsessions',
      remoteAddr: '127.0.0.1:28554',
      inboundBytes: 167_262,
      outboundBytes: 0,
      protocol: 'rtsp',
      rtp: { packets: 183, lostPackets: 0, jitterTicks: 21.8 },
      transport: 'TCP',
      tunnel: null,
      packetsInError: 0,
      packetsDiscarded: null,
    });
  });

  test('over SRT has the receiving side’s statistics', () => {
    expect(constructedSource('sample-srt')?.link).toMatchObject({
      ...COMMON,
      list: 'srtconns',
      protocol: 'srt',
      inboundBytes: 334_492,
      srt: { latencyMs: 120, uniquePackets: 300, lostPackets: 0, undecryptablePackets: 0 },
    });
  });

  test('over RTMP, WebRTC and MoQ has what those tell', () => {
    expect(constructedSource('sample-rtmp')?.link).toStrictEqual({
      ...COMMON,
      list: 'rtmpconns',
      remoteAddr: '127.0.0.1:21935',
      inboundBytes: 243_377,
      outboundBytes: 3_513,
      protocol: 'rtmp',
      framesDiscarded: null,
    });
    expect(constructedSource('sample-webrtc')?.link).toMatchObject({
      ...COMMON,
      list: 'webrtcsessions',
      protocol: 'webrtc',
      established: true,
      rtp: { packets: 125, lostPackets: 0 },
    });
    expect(constructedSource('sample-moq')?.link).toMatchObject({
      ...COMMON,
      list: 'moqsessions',
      protocol: 'moq',
      transport: 'quic',
      inboundBytes: 201_544,
    });
  });

  test('shows addresses as REMOTE_ADDR has them', () => {
    expect(constructedSource('pulled', 'masked')?.link?.remoteAddr).toBe('127.0.0.0');
    expect(constructedSource('pulled', 'none')?.link?.remoteAddr).toBeNull();
    expect(constructedSource('unready', 'none')?.error).not.toContain('127.0.0.1');
  });

  test.each(['sample-secret-password', 'sample-secret-query'])('%s tells no secret', (name) => {
    expect(JSON.stringify(constructedSource(name))).not.toMatch(
      /srcuser|srcpw|whepuser|wheptoken|secret|:\/\//,
    );
  });
});

describe('a static source that is odd', () => {
  test.each([[null], [[]], [7], [{}], [{ state: 7 }], [{ state: '' }]])('%j counts as no answer', (body) => {
    expect(sourceOf(body)).toBeUndefined();
  });

  test('has its own identity, whatever its link claims', () => {
    const typeSpecific = {
      id: 'x',
      path: 'y',
      state: 'read',
      user: 'joe',
      query: 'pass=hunter2',
      remoteAddr: 'srt://u:p@h',
    };
    const link = sourceOf({ state: 'running', type: 'SRTSource', typeSpecific })?.fact.link;
    expect(link).toMatchObject({
      id: 'pull:cam',
      stream: 'cam',
      role: 'publish',
      user: null,
      remoteAddr: null,
    });
    expect(JSON.stringify(link)).not.toContain('hunter2');
  });

  test('has no link where its kind tells of none, or isn’t known', () => {
    expect(sourceOf({ state: 'running', type: 'hlsSource', typeSpecific: {} })?.fact.link).toBeNull();
    expect(sourceOf({ state: 'running', type: 'teleportSource', typeSpecific: {} })?.fact.link).toBeNull();
    expect(sourceOf({ state: 'running', type: 'srtSource', typeSpecific: [] })?.fact.link).toBeNull();
  });
});

describe('forwards', () => {
  const FIRST = {
    id: '58c68502-fb70-43ff-9e17-9a3fc5a95522',
    position: 1,
    protocol: 'rtsp',
    state: 'forwarding',
    error: null,
    outboundBytes: 205_291,
  };
  const SECOND = {
    id: 'a69bdf76-8cd6-474f-b5b9-f764dd332fbe',
    position: 2,
    protocol: 'rtmp',
    state: 'error',
    error: 'dial tcp 127.0.0.1:1: connect: connection refused',
    remoteAddr: null,
    outboundBytes: 0,
  };

  test('of 1.20.1, recorded, tell state, error and bytes', () => {
    const items = itemsOf(recordedBody('1.20.1', 'paths_forward_list.t0.json'));
    expect(forwardsOf(items)).toStrictEqual({
      fact: [{ ...FIRST, remoteAddr: null }, SECOND],
      receivedAtMs: RECEIVED_AT_MS,
    });
  });

  test('of 1.21, constructed, tell where they go, too', () => {
    const items = itemsOf(constructedBody('forward-dests.rtmp-cam.json'));
    expect(forwardsOf(items)?.fact).toStrictEqual([{ ...FIRST, remoteAddr: '127.0.0.1:28554' }, SECOND]);
    expect(forwardsOf(items, 'none')?.fact[0]?.remoteAddr).toBeNull();
  });

  test('without the deprecated members tell the same, but for encryption', () => {
    const items = itemsOf(constructedBody('forward-dests.samples.json'));
    const without = (item: object, ...names: string[]) =>
      Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));
    const bare = items.map((item) => without(item, 'conf', 'protocol'));
    const otherFacts = (of: readonly unknown[]) =>
      forwardsOf(of)?.fact.map((fact) => without(fact, 'protocol'));
    expect(otherFacts(bare)).toStrictEqual(otherFacts(items));
    expect(
      forwardsOf(items)
        ?.fact.slice(0, 3)
        .map(({ protocol }) => protocol),
    ).toStrictEqual(['rtmps', 'srt', 'webrtc']);
    expect(
      forwardsOf(bare)
        ?.fact.slice(0, 3)
        .map(({ protocol }) => protocol),
    ).toStrictEqual(['rtmp', 'srt', 'webrtc']);
  });

  test.each(['forward-dests.samples.json', 'forward-dests.rtmp-cam.json'])(
    'of %s (constructed) tell no destination',
    (name) => {
      const text = JSON.stringify(forwardsOf(itemsOf(constructedBody(name))));
      expect(text).not.toMatch(/fwdpw|secret|streamkey|:\/\/|dest|conf|token/);
    },
  );

  test.each([
    ['WHIPS', 'webrtc'],
    ['whip', 'webrtc'],
    ['SRT', 'srt'],
    [undefined, null],
    [7, null],
  ])('over %p go over %p', (protocol, shown) => {
    expect(forwardsOf([{ id: 'a', pos: 1, protocol }])?.fact).toStrictEqual([
      {
        id: 'a',
        position: 1,
        protocol: shown,
        state: null,
        error: null,
        remoteAddr: null,
        outboundBytes: null,
      },
    ]);
  });

  test('that aren’t understood count as no answer, all of them', () => {
    const [first = {}] = itemsOf(recordedBody('1.20.1', 'paths_forward_list.t0.json'));
    for (const odd of [null, {}, { ...first, id: '' }, { ...first, pos: 0 }, { ...first, pos: 1.5 }]) {
      expect(forwardsOf([first, odd])).toBeUndefined();
    }
    expect(forwardsOf([])?.fact).toStrictEqual([]);
  });
});
