import { describe, expect, test } from '@jest/globals';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { DEFAULT_THRESHOLDS, type Thresholds } from '../../src/derive/index.ts';
import { IDLE, nextCollector, pathFact, START_MS, type TickFacts, ticker } from './facts.ts';

const codesOf = ({ reasons }: StreamRecord) => reasons.map(({ code }) => code);
const within = (limits: Partial<Thresholds>) => ({
  thresholdsOf: () => ({ ...DEFAULT_THRESHOLDS, ...limits }),
});

test('limits of a stall are compared with 1', () => {
  const stalled = (critical: number) => {
    const { path } = ticker(within({ stalled: { warning: null, critical } }));
    for (let times = 0; times < 4; times += 1) path();
    return codesOf(path());
  };
  expect(stalled(0.9)).toStrictEqual(['stalled']);
  expect(stalled(1)).toStrictEqual([]);
});

test('a stall began with the last byte, in the state and in its reason', () => {
  const { path } = ticker();
  const records = Array.from({ length: 6 }, (_each, tick) => path({ inboundBytes: 100 + Math.min(tick, 1) }));
  expect(records.map(({ state }) => state)).toStrictEqual([
    'live',
    'live',
    'live',
    'live',
    'stalled',
    'stalled',
  ]);
  const lastByte = new Date(START_MS + 2_000).toISOString();
  expect(records.slice(4).map(({ since, reasons }) => [since, reasons[0]?.since])).toStrictEqual([
    [lastByte, lastByte],
    [lastByte, lastByte],
  ]);
});

describe('a reason whose measure isn’t known any more', () => {
  test('stands where that is for a while: damaged frames after a start', () => {
    const first = ticker();
    const damaged = (tick: number) => ({ inboundBytes: tick, framesInError: tick * 10 });
    for (let tick = 0; tick < 8; tick += 1) first.path(damaged(tick));
    const published = first.tick({ paths: [pathFact(damaged(8))] });
    const { path } = nextCollector(START_MS + 18_000, published);
    for (let tick = 9; tick < 14; tick += 1) {
      const record = path(damaged(tick));
      expect(record.framesInErrorPerSecond).toBeNull();
      expect(codesOf(record)).toStrictEqual(['frame-errors']);
    }
    expect(path(damaged(14)).framesInErrorPerSecond).toBe(5);
  });

  test.each([
    ['bitrate-low', { warning: 2, critical: null }],
    ['bitrate-high', { warning: 0.5, critical: null }],
  ] as const)('ends where there is nothing to measure: %s of a stream that went', (code, limits) => {
    const { path } = ticker(within({ [code]: limits, 'off-air': { warning: null, critical: null } }));
    for (let tick = 0; tick < 5; tick += 1) path({ inboundBytes: 1 + tick * 250_000 });
    const seen = Array.from({ length: 5 }, () => codesOf(path(IDLE)));
    expect(seen).toStrictEqual([[code], [code], [code], [code], []]);
  });
});

test('what is sent to readers has three decimals', () => {
  const { path } = ticker();
  path({ outboundBytes: 0 });
  expect(path({ outboundBytes: 1_234_567 }).outboundMbps).toBe(4.938);
});

test('a reason of which MediaMTX says nothing has no detail', () => {
  const { path } = ticker();
  path();
  const [reason] = path(IDLE).reasons;
  expect(reason).toMatchObject({ code: 'off-air' });
  expect(reason).not.toHaveProperty('detail');
});

test('a stream that isn’t pulled is off air at once, also while MediaMTX’s configuration is asked for', () => {
  const { tick } = ticker();
  const configurations = new Map([['cam', { sourceOnDemand: false, runOnDemand: false }]]);
  tick({ paths: [pathFact()] });
  const [record] = tick({ paths: [pathFact(IDLE)], details: { configurations } }).streams;
  expect(record && codesOf(record)).toStrictEqual(['off-air']);
});

test('a pull that is live has no error any more', () => {
  const pulled = { sourceType: 'rtspSource', sourceId: null };
  const fact = { state: 'error', error: 'EOF', link: null };
  const details = { sources: new Map([['cam', { fact, receivedAtMs: 0 }]]) };
  const { tick } = ticker();
  const down = tick({ paths: [pathFact({ ...IDLE, ...pulled })], details }).streams[0];
  expect(down?.pull?.error).toBe('EOF');
  const live = tick({ paths: [pathFact(pulled)] }).streams[0];
  expect(live?.pull?.error).toBeNull();
});

describe('what MediaMTX says of a forward that fails', () => {
  const facts = (error: string | null): TickFacts => ({
    paths: [pathFact()],
    details: {
      forwards: new Map([
        [
          'cam',
          {
            receivedAtMs: 0,
            fact: [
              {
                id: 'a',
                position: 1,
                protocol: 'rtmp',
                state: 'error',
                error,
                remoteAddr: null,
                outboundBytes: null,
              },
            ],
          },
        ],
      ]),
    },
  });
  const reasonsOf = (error: string | null) => {
    const { stream } = ticker();
    for (let times = 0; times < 4; times += 1) stream(facts(error));
    return stream(facts(error)).reasons;
  };

  test('stands beside that reason, and beside no other', () => {
    const [stalled, failing] = reasonsOf('EOF');
    expect([stalled?.code, failing?.code]).toStrictEqual(['stalled', 'forward-failing']);
    expect(stalled).not.toHaveProperty('detail');
    expect(failing).toHaveProperty('detail', 'EOF');
  });

  test('isn’t there where it says nothing', () => {
    expect(reasonsOf(null)[1]).not.toHaveProperty('detail');
  });
});
