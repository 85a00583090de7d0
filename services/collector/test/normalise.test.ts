import { describe, expect, test } from '@jest/globals';
import { RECORDED_VERSIONS } from '@mediamtx-monitor/testkit';
import { PROTOCOLS } from '@mediamtx-monitor/types';
import { type Observation } from '../src/facts.ts';
import {
  FAILED,
  items,
  normalise,
  LEADING_LISTS,
  OFF,
  pollOf,
  RECEIVED_AT_MS,
  recordedPoll,
} from './support/polls.ts';
import { LIST_NAMES, type ListName, type ListOutcome } from '../src/protocols/index.ts';

const VERSIONS_TOLD = { '1.17.0': 'v1.17.0', '1.18.0': 'v1.18.0', '1.20.1': 'v1.20.1' };

/** The protocols whose connections are not known, as the lists they come from failed. */
const failedProtocols = ({ protocols }: Observation): string[] =>
  protocols.filter(({ connections }) => connections.kind === 'failed').map(({ protocol }) => protocol);

describe.each(RECORDED_VERSIONS)('MediaMTX %s, recorded', (version) => {
  test.each(['empty', 't0', 't1'] as const)('is understood as a whole (%s)', (phase) => {
    const observation = normalise(recordedPoll(version, phase), 'full');
    expect(observation).toMatchObject({ status: 'up', error: null, missing: [], simulated: false });
    expect(observation.paths).toMatchObject({ receivedAtMs: RECEIVED_AT_MS });
    expect(observation.protocols.map(({ protocol }) => protocol)).toStrictEqual(PROTOCOLS);
    expect(failedProtocols(observation)).toStrictEqual([]);
    expect(observation.version).toBe(new Map(Object.entries(VERSIONS_TOLD)).get(version) ?? null);
  });
});

test.each([
  ['2026-11-22T13:31:02.063618164Z', Date.UTC(2026, 10, 22, 13, 31, 2, 63)],
  ['soon', null],
  [undefined, null],
])('when MediaMTX was started: %s', (started, startedAtMs) => {
  const info = items({ version: 'v1.20.1', started });
  expect(normalise({ ...recordedPoll('1.20.1'), info }, 'full').startedAtMs).toBe(startedAtMs);
  expect(normalise({ ...recordedPoll('1.20.1'), info: FAILED }, 'full').startedAtMs).toBeNull();
});

describe('one list failing, each in turn', () => {
  const well = recordedPoll('1.20.1');
  const before = normalise(well, 'full');
  const depending: Partial<Record<ListName, string>> = {
    srtconns: 'srt',
    rtspsessions: 'rtsp',
    rtspssessions: 'rtsps',
    rtmpconns: 'rtmp',
    rtmpsconns: 'rtmps',
    hlssessions: 'hls',
    webrtcsessions: 'webrtc',
    moqsessions: 'moq',
  };

  test.each(LIST_NAMES)('%s: only it is missing, and only what depends on it is unknown', (list) => {
    const observation = normalise({ ...well, [list]: FAILED }, 'full');
    expect(observation.missing).toStrictEqual([list]);
    expect(observation.error).toBe('no answer');
    expect(observation.status).toBe(list === 'paths' ? 'timeout' : 'up');
    expect(observation.paths).toStrictEqual(list === 'paths' ? null : before.paths);
    expect(observation.version).toBe(list === 'info' ? null : 'v1.20.1');
    const lost = depending[list];
    expect(failedProtocols(observation)).toStrictEqual(lost === undefined ? [] : [lost]);
    // RTSP's sessions stay, but for the tunnel, which their connections tell.
    const untouched = before.protocols.filter(
      ({ protocol }) => protocol !== lost && list !== `${protocol}conns`,
    );
    expect(observation.protocols).toStrictEqual(expect.arrayContaining([...untouched]));
  });

  test('two failing: both are missing, the first error is told', () => {
    const sourceError = { code: 'connection-cut', values: { url: 'http://media' } } as const;
    const other: ListOutcome = { kind: 'failed', status: 'down', error: 'refused', sourceError };
    const observation = normalise({ ...well, rtmpconns: other, webrtcsessions: FAILED }, 'full');
    expect(observation.missing).toStrictEqual(['rtmpconns', 'webrtcsessions']);
    expect(observation.error).toBe('refused');
    expect(observation.sourceError).toStrictEqual(sourceError);
    expect(failedProtocols(observation)).toStrictEqual(['rtmp', 'webrtc']);
  });

  test('all failing: nothing is known, and nothing is thrown', () => {
    const all = Object.fromEntries(LIST_NAMES.map((list) => [list, FAILED]));
    const observation = normalise(pollOf(all), 'full');
    expect(observation).toMatchObject({ status: 'timeout', paths: null, version: null, simulated: false });
    expect(observation.missing).toStrictEqual(LIST_NAMES);
    expect(failedProtocols(observation)).toStrictEqual(PROTOCOLS);
  });
});

describe('an item without identity makes its list invalid as a whole', () => {
  const nameless = [null, 7, 'text', [], {}, { id: null }, { id: '' }, { id: 4 }, { name: 'cam' }];

  test.each(LEADING_LISTS)('%s', (list) => {
    for (const item of nameless) {
      const observation = normalise(pollOf({ [list]: items({ id: 'a' }, item) }), 'full');
      expect(observation).toMatchObject({ status: 'up', missing: [list] });
      expect(observation.error).toBe(`MediaMTX sent a wrong answer for ${list}: item 1 has no name or id.`);
      expect(failedProtocols(observation)).toHaveLength(1);
    }
  });

  test('paths', () => {
    for (const item of [null, 7, 'text', [], {}, { name: null }, { name: '' }, { name: 4 }]) {
      const observation = normalise(pollOf({ paths: items({ name: 'a' }, item) }), 'full');
      expect(observation).toMatchObject({ status: 'invalid', paths: null, missing: ['paths'] });
      expect(observation.error).toBe('MediaMTX sent a wrong answer for paths: item 1 has no name or id.');
    }
  });

  test('hlsmuxers, where there are no sessions', () => {
    const observation = normalise(pollOf({ hlsmuxers: items({ path: 'a' }, { path: '' }) }), 'full');
    expect(observation.missing).toStrictEqual(['hlsmuxers']);
    expect(failedProtocols(observation)).toStrictEqual(['hls']);
  });

  test('info', () => {
    const observation = normalise(pollOf({ info: items([]) }), 'full');
    expect(observation).toMatchObject({
      status: 'up',
      version: null,
      missing: ['info'],
      error: 'MediaMTX sent a wrong answer for info: item 0 has no name or id.',
    });
  });

  test('only the tunnels of RTSP’s connections do without', () => {
    const odd = items(null, 7, [], {}, { session: 4, tunnel: 'http' }, { session: 'a', tunnel: null });
    const observation = normalise(pollOf({ rtspconns: odd, rtspsessions: items({ id: 'a' }) }), 'full');
    expect(observation).toMatchObject({ missing: [], error: null });
  });
});

test('lists that are off are not missing', () => {
  const observation = normalise(pollOf({}), 'full');
  expect(observation).toMatchObject({ status: 'up', error: null, missing: [], version: null });
  expect(observation.protocols.every(({ connections }) => connections.kind === 'off')).toBe(true);
});

test('every list tells when it was received', () => {
  const late: ListOutcome = { kind: 'items', items: [], receivedAtMs: 1_234, simulated: false };
  const observation = normalise(pollOf({ srtconns: late, hlssessions: OFF }), 'full');
  expect(observation.paths).toStrictEqual({ kind: 'facts', facts: [], receivedAtMs: RECEIVED_AT_MS });
  expect(observation.protocols[0]).toStrictEqual({
    protocol: 'srt',
    connections: { kind: 'facts', facts: [], receivedAtMs: 1_234 },
  });
});

test.each(LIST_NAMES)('a simulated %s makes the whole simulated', (list) => {
  const simulated: ListOutcome = { kind: 'items', items: [], receivedAtMs: 0, simulated: true };
  expect(normalise(pollOf({ [list]: simulated }), 'full').simulated).toBe(true);
});

test.each([
  [{ version: 'v1.20.1', started: '2026-11-22T13:32:12Z' }, 'v1.20.1'],
  [{ version: 'v1.20.1\n' }, 'v1.20.1'],
  [{ version: 'v9.9.9-rc.1', build: { of: 'tomorrow' } }, 'v9.9.9-rc.1'],
  [{}, null],
  [{ version: null }, null],
  [{ version: 1.2 }, null],
  [{ version: '' }, null],
  [{ version: ' \n' }, null],
  [{ version: 'v'.repeat(201) }, 'v'.repeat(200)],
])('of the info %j the version is %j', (info, version) => {
  expect(normalise(pollOf({ info: items(info) }), 'full').version).toBe(version);
});

test('an item without an id is told of by the name that the list was asked for by', () => {
  const srtconns = { ...items({ id: '' }), route: 'srt/conns' };
  expect(normalise(pollOf({ srtconns }), 'full')).toMatchObject({
    missing: ['srtconns'],
    error: 'MediaMTX sent a wrong answer for srt/conns: item 0 has no name or id.',
  });
});
