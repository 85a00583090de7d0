import { describe, expect, test } from '@jest/globals';
import { constructedBody, recordedBody } from '@mediamtx-monitor/testkit';
import { LIST_NAMES, type ListName } from '../src/protocols/index.ts';
import { routeOf } from '../src/poll/routes.ts';
import {
  items,
  itemsOf,
  normalise,
  onlyPath,
  pollOf,
  type RawItem,
  type RawPoll,
  recordedPoll,
} from './support/polls.ts';

/** What MediaMTX calls deprecated since 1.16 or 1.17, by list; SRT connections never had other names for their bytes. */
const BYTES = ['bytesReceived', 'bytesSent'];
const RTP = [
  'rtpPacketsReceived',
  'rtpPacketsSent',
  'rtpPacketsLost',
  'rtpPacketsInError',
  'rtpPacketsJitter',
  'rtcpPacketsReceived',
  'rtcpPacketsSent',
  'rtcpPacketsInError',
];
const DEPRECATED: Readonly<Partial<Record<ListName, readonly string[]>>> = {
  paths: [...BYTES, 'ready', 'readyTime', 'tracks'],
  rtspconns: BYTES,
  rtspsconns: BYTES,
  rtspsessions: [...BYTES, ...RTP],
  rtspssessions: [...BYTES, ...RTP],
  rtmpconns: BYTES,
  rtmpsconns: BYTES,
  hlsmuxers: BYTES,
  webrtcsessions: [...BYTES, ...RTP],
};

const without = (item: RawItem, names: readonly string[]): RawItem =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));

/** A poll whose items have no deprecated member, and how many were taken away of each list. */
function bared(poll: RawPoll): { bare: RawPoll; taken: Record<string, number> } {
  const taken: Record<string, number> = {};
  const lists = LIST_NAMES.map((list) => {
    const outcome = poll[list];
    if (outcome.kind !== 'items') return [list, outcome] as const;
    const before = outcome.items as readonly RawItem[];
    const after = before.map((item) => without(item, DEPRECATED[list] ?? []));
    const count = (all: readonly RawItem[]) => all.reduce((sum, item) => sum + Object.keys(item).length, 0);
    taken[list] = count(before) - count(after);
    return [list, { ...outcome, items: after }] as const;
  });
  return { bare: Object.fromEntries(lists) as RawPoll, taken };
}

function constructedPoll(phase: 'empty' | 't0' | 't1'): RawPoll {
  const bodies = LIST_NAMES.map((list) => {
    const file = `${routeOf(list, 'new').replace('/', '_')}.${phase}.json`;
    return [list, items(...itemsOf(constructedBody(file)))] as const;
  });
  return pollOf(Object.fromEntries(bodies));
}

describe.each([
  ['1.17.0, recorded', (phase: 'empty' | 't0' | 't1') => recordedPoll('1.17.0', phase)],
  ['1.18.0, recorded', (phase: 'empty' | 't0' | 't1') => recordedPoll('1.18.0', phase)],
  ['1.20.1, recorded', (phase: 'empty' | 't0' | 't1') => recordedPoll('1.20.1', phase)],
  ['1.21.0, constructed', constructedPoll],
] as const)('MediaMTX %s', (_version, pollAt) => {
  test.each(['empty', 't0', 't1'] as const)('is read alike without any deprecated member (%s)', (phase) => {
    const { bare, taken } = bared(pollAt(phase));
    expect(taken['paths']).toBeGreaterThan(40);
    if (phase !== 'empty') {
      for (const list of ['rtspsessions', 'rtmpconns', 'webrtcsessions'])
        expect(taken[list]).toBeGreaterThan(0);
    }
    expect(normalise(bare, 'full')).toStrictEqual(normalise(pollAt(phase), 'full'));
  });
});

test('1.20.1’s states, recorded apart, are read alike: an always-available path has its filler only', () => {
  const [paths] = [items(...itemsOf(recordedBody('1.20.1', 'extra/states_paths.json')))];
  const poll = pollOf({ paths });
  expect(normalise(bared(poll).bare, 'full')).toStrictEqual(normalise(poll, 'full'));
});

test('a path list as a later MediaMTX might send it, without deprecated members', () => {
  const path = onlyPath({
    name: 'cam',
    confName: 'all_others',
    source: { type: 'rtmpConn', id: '11111111-1111-4111-8111-111111111111' },
    available: true,
    availableTime: '2026-11-28T15:00:00Z',
    online: true,
    onlineTime: '2026-11-28T15:00:00Z',
    tracks2: [{ codec: 'H264', codecProps: { width: 1280, height: 720, profile: 'High', level: '3.1' } }],
    readers: [],
    inboundBytes: 123_456,
    outboundBytes: 0,
    inboundFramesInError: 0,
  });
  expect(path).toStrictEqual({
    name: 'cam',
    confName: 'all_others',
    sourceType: 'rtmpConn',
    sourceId: '11111111-1111-4111-8111-111111111111',
    ready: true,
    online: true,
    readyAtMs: Date.UTC(2026, 10, 28, 15),
    tracks: [
      {
        codec: 'H264',
        width: 1280,
        height: 720,
        profile: 'High',
        level: '3.1',
        sampleRate: null,
        channels: null,
      },
    ],
    inboundBytes: 123_456,
    outboundBytes: 0,
    framesInError: 0,
    readerTypes: [],
  });
});

test.each([
  [{ available: true }, true],
  [{ available: false }, false],
  [{ ready: false, available: true }, false],
  [{ ready: true, available: false }, true],
  [{ ready: 'true' }, false],
  [{ ready: 'true', available: true }, true],
  [{ ready: null, available: true }, true],
  [{}, false],
])('%j is ready: %j', (fields, ready) => {
  expect(onlyPath(fields).ready).toBe(ready);
});
