import { describe, expect, test } from '@jest/globals';
import type { PathDetails, PathFact, StaticSourceFact } from '../../src/facts.ts';
import {
  isPulled,
  nextPull,
  onDemandOf,
  pullOf,
  sourceOnDemand,
  sourceProtocolOf,
} from '../../src/derive/pull.ts';
import { createStreamSettings } from '../../src/stream-settings.ts';
import { DEFAULT_THRESHOLDS } from '../../src/derive/index.ts';
import { parseMonitorFile } from '../../src/monitor-file.ts';
import { isoAfter, nextCollector, pathFact, srtConnection, START_MS, ticker } from './facts.ts';

const PULLED: Partial<PathFact> = { confName: 'cam', sourceType: 'rtspSource', sourceId: null };
/** A camera that MediaMTX 1.16 and later can't reach. */
const DOWN: Partial<PathFact> = { ...PULLED, ready: false, readyAtMs: null, tracks: [], inboundBytes: 0 };

const said = (state: string, error: string | null): StaticSourceFact => ({ state, error, link: null });
const answers = (fact: StaticSourceFact, receivedAtMs: number): Partial<PathDetails> => ({
  sources: new Map([['cam', { fact, receivedAtMs }]]),
});
const configured = (sourceOnDemand: boolean): Partial<PathDetails> => ({
  configurations: new Map([['cam', { sourceOnDemand, runOnDemand: false }]]),
});

describe('a stream that is pulled all the time', () => {
  test.each(['rtspSource', 'RTSPSource', 'webRTCSource', 'rpiCameraSource', 'teleportSource'])(
    'is expected by nature: %s',
    (sourceType) => {
      expect(ticker().path({ ...PULLED, sourceType })).toMatchObject({
        expectedBy: 'pull',
        pull: { onDemand: null, state: null, error: null },
      });
    },
  );

  test.each(['srtConn', 'redirect', null])('a stream of %s isn’t', (sourceType) => {
    expect(ticker().path({ sourceType })).toMatchObject({ expectedBy: null, pull: null });
  });

  test('that never was live is critical from 30 s on, until it is', () => {
    const { path } = ticker();
    expect(path(DOWN, 30_000)).toMatchObject({ state: 'waiting', health: 'ok' });
    expect(path(DOWN)).toMatchObject({ health: 'ok' });
    expect(path(DOWN, 86_400_000)).toMatchObject({
      health: 'critical',
      reasons: [
        { code: 'source-down', severity: 'critical', measured: null, limit: null, since: isoAfter(0) },
      ],
    });
    expect(path(DOWN).health).toBe('critical');
    expect(path({ ...PULLED, readyAtMs: START_MS })).toMatchObject({ health: 'ok', reasons: [] });
  });

  test('that was live is off air at once, and down for good', () => {
    const { path } = ticker();
    path(PULLED);
    const codes = (afterMs: number) => path(DOWN, afterMs).reasons.map(({ code }) => code);
    expect(codes(30_000)).toStrictEqual(['off-air']);
    expect(codes(2_000)).toStrictEqual(['off-air']);
    expect(codes(660_000)).toStrictEqual(['source-down']);
    expect(codes(2_000)).toStrictEqual(['source-down']);
  });

  test('counts filler as not live, too', () => {
    const { path } = ticker();
    path({ ...PULLED, online: false }, 32_000);
    expect(path({ ...PULLED, online: false })).toMatchObject({
      state: 'standby',
      reasons: [{ code: 'source-down' }],
    });
  });

  test('is left alone outside hours of its own', () => {
    const file = parseMonitorFile('expected: [{match: cam, days: sun, timeZone: UTC}]', 'x');
    const { path } = ticker(createStreamSettings(DEFAULT_THRESHOLDS, file, 'main'));
    path(DOWN, 60_000);
    expect(path(DOWN)).toMatchObject({ health: 'ok', expectedBy: null });
  });

  test('is told with MediaMTX’s own text, which it shows for seconds at a time', () => {
    const { tick } = ticker();
    const paths = [pathFact(DOWN)];
    tick({ paths, details: answers(said('error', 'connection refused'), 0) }, 32_000);
    const [down] = tick({ paths, details: answers(said('running', null), 29_000) }).streams;
    expect(down).toMatchObject({
      pull: { state: 'running', error: 'connection refused' },
      reasons: [{ code: 'source-down', detail: 'connection refused' }],
    });
    const [later] = tick({ paths, details: answers(said('running', null), 31_000) }).streams;
    expect(later).toMatchObject({ pull: { state: 'running', error: null } });
    expect(later?.reasons[0]).not.toHaveProperty('detail');
  });
});

describe('a stream that is pulled on demand', () => {
  test('may wait for ever; what went wrong stands in its record', () => {
    const { tick } = ticker();
    const details = { ...configured(true), ...answers(said('error', 'bad status code: 404'), 0) };
    tick({ paths: [pathFact({ ...PULLED, readerTypes: ['rtspsession'] })], details }, 60_000);
    expect(tick({ paths: [pathFact(DOWN)], details }).streams[0]).toMatchObject({
      state: 'waiting',
      health: 'ok',
      reasons: [],
      expectedBy: null,
      pull: { onDemand: true, state: 'error', error: 'bad status code: 404' },
    });
  });

  test('is every one of an entry for many paths, also before that is known', () => {
    const { path } = ticker();
    const asked = { ...DOWN, confName: '~^(.+)$' };
    path(asked, 60_000);
    expect(path(asked)).toMatchObject({ health: 'ok', expectedBy: null, pull: { onDemand: true } });
    expect(sourceOnDemand('~^a', { sourceOnDemand: false, runOnDemand: false })).toBe(false);
    expect(['all', 'all_others', 'cam', null].map((name) => sourceOnDemand(name, undefined))).toStrictEqual([
      true,
      true,
      null,
      null,
    ]);
  });

  test('ends its reason as soon as that is known', () => {
    const { tick } = ticker();
    const paths = [pathFact(DOWN)];
    tick({ paths }, 60_000);
    expect(tick({ paths }).streams[0]?.health).toBe('critical');
    expect(tick({ paths, details: configured(true) }).streams[0]?.health).toBe('ok');
  });
});

describe('what is remembered of a static source', () => {
  const at = (fact: StaticSourceFact, receivedAtMs: number) => ({ fact, receivedAtMs });
  const answered = (fact: StaticSourceFact, receivedAtMs = 0) =>
    nextPull(null, at(fact, receivedAtMs), null, false, receivedAtMs);
  const UNKNOWN = { onDemand: null, state: null, error: null };

  test('is nothing before the first answer', () => {
    const memory = nextPull(null, undefined, null, false, 0);
    expect(pullOf(memory, 0)).toStrictEqual(UNKNOWN);
    expect(nextPull(memory, undefined, null, false, 1e9)).toBe(memory);
  });

  test('is whether it is on demand, also when that isn’t told any more', () => {
    const memory = nextPull(null, undefined, true, false, 0);
    expect(pullOf(nextPull(memory, undefined, null, false, 1e9), 1e9)).toStrictEqual({
      ...UNKNOWN,
      onDemand: true,
    });
    expect(nextPull(memory, undefined, false, false, 2_000).onDemand).toBe(false);
    expect(nextPull(memory, at(said('idle', null), 2_000), null, false, 2_000).onDemand).toBe(true);
  });

  test('is its state for a minute, and its error for three', () => {
    const memory = answered(said('error', 'EOF'));
    const later = nextPull(memory, undefined, null, false, 60_000);
    expect(later).toBe(memory);
    expect(pullOf(later, 60_000)).toStrictEqual({ onDemand: null, state: 'error', error: 'EOF' });
    expect(pullOf(later, 60_001)).toStrictEqual({ onDemand: null, state: null, error: 'EOF' });
    expect(pullOf(nextPull(memory, undefined, null, false, 180_001), 180_001)).toStrictEqual(UNKNOWN);
  });

  test('is no error once it is live, whatever was answered', () => {
    const memory = answered(said('error', 'EOF'));
    expect(nextPull(memory, undefined, null, true, 2_000).error).toBeNull();
    expect(nextPull(memory, at(said('error', 'EOF'), 2_000), null, true, 2_000).error).toBeNull();
  });

  test('is an error for 30 s in which MediaMTX says nothing of it, and none once it is connected', () => {
    const memory = answered(said('error', 'EOF'), 1e6);
    const quiet = (fact: StaticSourceFact, afterMs: number) =>
      nextPull(memory, at(fact, 1e6 + afterMs), null, false, 1e6 + afterMs);
    expect(quiet(said('running', null), 30_000)).toStrictEqual({
      onDemand: null,
      state: 'running',
      answeredAtMs: 1_030_000,
      error: 'EOF',
      errorAtMs: 1e6,
    });
    expect(quiet(said('running', null), 30_001).error).toBeNull();
    expect(quiet({ ...said('running', null), link: srtConnection() }, 2_000).error).toBeNull();
    const never = answered(said('running', null), 1e6);
    expect(never).toMatchObject({ error: null, errorAtMs: 1e6 });
  });

  test('is whether it is on demand, and nothing else, three minutes after the last answer', () => {
    const nothing = { state: null, answeredAtMs: 0, error: null, errorAtMs: 0 };
    const memory = answered(said('error', 'EOF'), 1e6);
    expect(nextPull(memory, undefined, null, false, 1_180_000)).toBe(memory);
    for (const onDemand of [null, false, true]) {
      expect(nextPull(memory, undefined, onDemand, false, 1_180_001)).toStrictEqual({ ...nothing, onDemand });
      expect(nextPull(null, undefined, onDemand, false, 0)).toStrictEqual({ ...nothing, onDemand });
    }
  });

  test('is its newest error', () => {
    const memory = answered(said('error', 'EOF'));
    expect(nextPull(memory, at(said('error', 'refused'), 5_000), null, false, 5_000)).toStrictEqual({
      onDemand: null,
      state: 'error',
      answeredAtMs: 5_000,
      error: 'refused',
      errorAtMs: 5_000,
    });
  });
});

describe('while more of MediaMTX’s configuration is known in each tick', () => {
  const CAMERAS = 4;
  const cameras = Array.from({ length: CAMERAS }, (_, index) =>
    pathFact({ ...DOWN, name: `cam ${String(index)}`, confName: `cam ${String(index)}` }),
  );
  /** So many of them are known to be on demand. */
  const known = (count: number): Partial<PathDetails> => ({
    configurations: new Map(
      cameras.slice(0, count).map(({ name }) => [name, { sourceOnDemand: true, runOnDemand: false }]),
    ),
  });

  test('a pull of which it isn’t known whether it is on demand isn’t down yet', () => {
    const { tick } = ticker();
    const criticals = [0, 1, 2, 3, 4, 4].map(
      (count) => tick({ paths: cameras, details: known(count) }, 32_000).totals.healths?.critical,
    );
    expect(criticals).toStrictEqual([0, 0, 0, 0, 0, 0]);
  });

  test('one of which it is known that it is pulled all the time is down', () => {
    const { tick } = ticker();
    const always = pathFact({ ...DOWN, confName: 'cam' });
    const details = (count: number) => ({
      configurations: new Map([
        ...(known(count).configurations ?? []),
        ['cam', { sourceOnDemand: false, runOnDemand: false }] as const,
      ]),
    });
    const healths = [0, 1, 2].map(
      (count) => tick({ paths: [...cameras, always], details: details(count) }, 32_000).streams[0]?.health,
    );
    expect(healths).toStrictEqual(['ok', 'critical', 'critical']);
  });

  test('it is once nothing is added, and stays so', () => {
    const { tick } = ticker();
    const criticals = [0, 1, 2, 2, 3].map(
      (count) => tick({ paths: cameras, details: known(count) }, 32_000).totals.healths?.critical,
    );
    expect(criticals).toStrictEqual([0, 0, 0, 2, 1]);
  });

  test('the next collector asks anew, and calls none down meanwhile', () => {
    const first = ticker();
    const published = first.tick({ paths: cameras, details: known(1) });
    const { tick } = nextCollector(START_MS + 60_000, published);
    const criticals = [1, 1].map(
      (count) => tick({ paths: cameras, details: known(count) }).totals.healths?.critical,
    );
    expect(criticals).toStrictEqual([0, 3]);
  });

  test('the next collector knows what the one before did', () => {
    const first = ticker();
    const published = first.tick({ paths: cameras, details: known(CAMERAS) });
    const { tick } = nextCollector(START_MS + 60_000, published);
    expect(
      tick({ paths: cameras }).streams.map(({ health, pull }) => [health, pull?.onDemand]),
    ).toStrictEqual(Array.from({ length: CAMERAS }, () => ['ok', true]));
  });
});

test('the protocol of a source is told by its type, in any case', () => {
  const types = ['rtspSource', 'SRTSource', 'webRTCSource', 'hlsSource', 'srtConn', 'rpiCameraSource', null];
  expect(types.map(sourceProtocolOf)).toStrictEqual(['rtsp', 'srt', 'webrtc', 'hls', 'srt', null, null]);
  expect(isPulled({ sourceType: 'sourceConn' })).toBe(false);
});

describe('a stream comes on demand', () => {
  const pull = { onDemand: true, state: null, error: null };
  const entry = (sourceOnDemand: boolean, runOnDemand: boolean) => ({ sourceOnDemand, runOnDemand });
  const before = (confName: string | null) => ({ confName, onDemand: false });

  test.each([
    ['as configured', entry(true, false), { ...pull, onDemand: false }, before('cam'), true],
    ['as configured', entry(false, true), null, before('cam'), true],
    ['as configured', entry(false, false), pull, before('cam'), false],
    ['as its source', undefined, pull, before('cam'), true],
    ['as it was', undefined, null, before('cam'), false],
    ['as it was, before a start', undefined, null, before(null), false],
    ['or nobody knows: of another entry', undefined, null, before('other'), null],
    ['or nobody knows', undefined, null, undefined, null],
  ] as const)('%s', (_what, configuration, ofPull, was, onDemand) => {
    expect(onDemandOf('cam', configuration, ofPull, was)).toBe(onDemand);
  });
});
