import { describe, expect, test } from '@jest/globals';
import { createLogRecorder, streamRecord } from '@mediamtx-monitor/testkit';
import {
  appendFailure,
  describeTick,
  savedLine,
  storedLine,
  TickLog,
  type TickReport,
} from '../../src/server/report.ts';

const tick = (streams: number, fields: Partial<TickReport> = {}): TickReport => ({
  server: 'main',
  snapshot: {
    streams: Array.from({ length: streams }, () => streamRecord()),
    connections: [],
    collectedAtMs: 0,
    simulated: false,
    source: { status: 'up', error: null, version: null },
    missing: [],
    reasons: [],
    attention: null,
    totals: { streams, readers: 0, inboundMbps: 0, outboundMbps: 0, states: null, healths: null },
    failed: new Set(),
    startedAtMs: null,
  },
  redis: 'published',
  messageBytes: { streams: 1_000, connections: 1_000 },
  streamsBytes: 600,
  publishMs: 1,
  file: 'written',
  ...fields,
});
const failing = (error: string): TickReport => {
  const well = tick(1);
  return { ...well, snapshot: { ...well.snapshot, source: { status: 'down', error, version: null } } };
};

function report(...ticks: TickReport[]) {
  const recorder = createLogRecorder();
  const log = new TickLog(recorder.logger, '/tmp/x.json');
  for (const one of ticks) log.add(one);
  return recorder;
}

test('counts in words', () => {
  expect(storedLine(1)).toBe('✅ 1 stream stored in Redis');
  expect(storedLine(0)).toBe('✅ 0 streams stored in Redis');
  expect(savedLine('/tmp/mediamtx_streams.json')).toBe('💾 JSON file saved: /tmp/mediamtx_streams.json');
});

test('tells the count when it changes, else only for debugging', () => {
  const recorder = report(tick(1), tick(1), tick(2));
  expect(recorder.messages('info')).toStrictEqual([
    storedLine(1),
    savedLine('/tmp/x.json'),
    storedLine(2),
    savedLine('/tmp/x.json'),
  ]);
  expect(recorder.messages('debug')).toHaveLength(2);
});

test.each([
  [tick(2), '2 streams'],
  [failing('refused'), 'refused'],
  [failing('off. Put into mediamtx.yml:\napi: yes'), 'off. Put into mediamtx.yml:'],
  [tick(1, { redis: 'late' }), '1 stream; not stored: Redis got the tick too late and left it out'],
])('a tick is one line for the operator', (report, line) => {
  expect(describeTick(report)).toBe(line);
});

describe('trouble is told once, and its end', () => {
  test('with MediaMTX', () => {
    const recorder = report(tick(1), failing('refused'), failing('refused'), failing('refused'), tick(1));
    expect(recorder.messages('warn')).toStrictEqual(['refused']);
    expect(recorder.messages('info').at(-1)).toBe('MediaMTX answers again');
  });

  test('with MediaMTX, with the setting that names it', () => {
    const told: unknown[] = [];
    const { logger } = createLogRecorder();
    const warn = (message: string, fields: unknown): void => void told.push([message, fields]);
    new TickLog({ ...logger, warn }, '').add(failing('refused'));
    expect(told).toStrictEqual([['refused', { setting: 'MEDIAMTX_API_URL', status: 'down', missing: [] }]]);
  });

  test('with Redis', () => {
    const away = tick(1, { redis: new Error('it is not connected') });
    const recorder = report(away, away, tick(1));
    expect(recorder.messages('warn')).toStrictEqual([
      'not stored: Redis did not take the tick: it is not connected',
    ]);
    expect(recorder.messages('info')).toContain('snapshots are stored in Redis again');
    expect(recorder.messages('info')).toContain(storedLine(1));
  });

  test('with Redis, and not what it repeats of a password', () => {
    const said = "ERR unknown command 'auth', with args beginning with: 'collector' 'geheim' ";
    const recorder = report(tick(1, { redis: new Error(said) }));
    expect(recorder.messages('warn')).toStrictEqual([
      "not stored: Redis did not take the tick: ERR unknown command 'auth', with args (removed)",
    ]);
  });

  test('with another collector', () => {
    const recorder = report(tick(1, { redis: 'superseded' }), tick(1, { redis: 'superseded' }));
    expect(recorder.messages('warn')).toHaveLength(1);
    expect(recorder.messages('warn')[0]).toMatch(/another collector has taken over this server/);
  });

  test('with the file', () => {
    const broken = tick(1, { file: new Error('no such folder') });
    expect(report(broken, broken).messages('error')).toStrictEqual(['no such folder']);
  });
});

describe('a message above 8 MB', () => {
  const large = (streams: number, connections = 1_000) => tick(1, { messageBytes: { streams, connections } });

  test('is told with its size and what to do, once until it was smaller', () => {
    const warnings = report(large(8_000_000), large(9_140_000), large(10_000_000)).messages('warn');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/all streams is 9\.1 MB.*client-output-buffer-limit pubsub 256mb 128mb 60/);
    expect(report(large(9e6), large(7e6), large(9e6)).messages('warn')).toHaveLength(2);
  });

  test('is told of each topic', () => {
    const warnings = report(large(9e6), large(9e6, 12e6)).messages('warn');
    expect(warnings.map((line) => /all (\w+) is/.exec(line)?.[1])).toStrictEqual(['streams', 'connections']);
  });

  test('is not told anew after a tick that didn’t get to Redis', () => {
    const away = tick(1, { redis: new Error('away'), messageBytes: null });
    const warnings = report(large(9e6), away, large(9e6)).messages('warn');
    expect(warnings.filter((line) => line.includes('MB'))).toHaveLength(1);
  });
});

test('simulated numbers are called so', () => {
  const simulated = tick(1);
  const recorder = report({ ...simulated, snapshot: { ...simulated.snapshot, simulated: true } });
  expect(recorder.messages('warn').join()).toContain('simulated');
});

describe('why events aren’t stored', () => {
  test.each([
    ["OOM command not allowed when used memory > 'maxmemory'.", 'it is full: give it more memory'],
    ["READONLY You can't write against a read only replica.", 'it is a replica, which only reads'],
    ['MISCONF Errors writing to the AOF file: No space left on device', 'it can’t write to its disk'],
    ["NOPERM this user has no permissions to run the 'xadd' command", 'the rights of that user'],
    ['NOAUTH Authentication required.', 'user and password of REDIS_DURABLE_URL'],
    ['LOADING Redis is loading the dataset in memory', 'it still reads its file'],
  ])('%s', (said, advice) => {
    const told = appendFailure(new Error(said));
    expect(told).toContain(advice);
    expect(told).toContain(`(${said})`);
  });

  test('anything else is told as it is', () => {
    expect(appendFailure(new Error('Command timed out'))).toBe('Command timed out');
  });
});
