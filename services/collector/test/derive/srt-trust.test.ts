import { describe, expect, test } from '@jest/globals';
import { restoreMemory } from '../../src/derive/index.ts';
import type { Observation } from '../../src/facts.ts';
import { pathFact, srtConnection, START_MS, type TickFacts, ticker, momentAt } from './facts.ts';

/** How the question for the version went: answered, failed, or unknown to an older server. */
type Info = 'read' | 'failed' | 'off';

const withInfo =
  (info: Info) =>
  (made: Observation): Observation => ({
    ...made,
    version: info === 'read' ? 'v1.20.1' : null,
    missing: info === 'failed' ? [...made.missing, 'info'] : made.missing,
  });

/** A publisher that loses 90 of 1,000 packets a tick, and has them all sent again. */
const losing = (at: number, info: Info): TickFacts => ({
  paths: [pathFact({ inboundBytes: at * 1_000 })],
  connections: [
    srtConnection({ uniquePackets: at * 1_000, lostPackets: at * 90, retransmittedPackets: at * 90 }),
  ],
  but: withInfo(info),
});

const DOWN: TickFacts = {
  paths: null,
  but: (made) => ({
    ...withInfo('failed')(made),
    protocols: made.protocols.map(({ protocol }) => ({ protocol, connections: { kind: 'failed' } })),
  }),
};

/** The publisher's and its stream's health after each tick. */
function healthsOf(infos: readonly Info[], run = ticker(), from = 0) {
  return infos.map((info, index) => {
    const { streams, connections } = run.tick(losing(from + index, info));
    expect(streams[0]?.health).toBe(connections[0]?.health);
    return connections[0]?.health;
  });
}
const times = (count: number, info: Info): Info[] => Array.from({ length: count }, () => info);

describe('SRT losses are judged', () => {
  test('where MediaMTX tells its version, from the fourth tick on', () => {
    expect(healthsOf(times(4, 'read'))).toStrictEqual(['ok', 'ok', 'ok', 'critical']);
  });

  test('while the question for it fails, where it was told before', () => {
    expect(healthsOf(['read', ...times(9, 'failed')])).toStrictEqual([
      ...['ok', 'ok', 'ok'],
      ...times(7, 'failed').map(() => 'critical'),
    ]);
  });

  test('after all of the server was down, the question for it failing still', () => {
    const run = ticker();
    run.tick(losing(0, 'read'));
    run.tick(DOWN);
    run.tick(DOWN);
    expect(healthsOf(times(4, 'failed'), run, 1)).toStrictEqual(['ok', 'ok', 'critical', 'critical']);
  });

  test('though the snapshot says the version as it was told this time: not at all', () => {
    const run = ticker();
    expect(run.tick(losing(0, 'read'))).toMatchObject({ source: { version: 'v1.20.1' }, missing: [] });
    expect(run.tick(losing(1, 'failed'))).toMatchObject({ source: { version: null }, missing: ['info'] });
  });
});

describe('SRT losses are no reason', () => {
  const ok = (count: number) => Array.from({ length: count }, () => 'ok');

  test('of a server that doesn’t know the question', () => {
    expect(healthsOf(times(8, 'off'))).toStrictEqual(ok(8));
  });

  test('of a server that was never heard to tell its version', () => {
    expect(healthsOf(times(8, 'failed'))).toStrictEqual(ok(8));
    expect(healthsOf(['off', ...times(7, 'failed')])).toStrictEqual(ok(8));
  });

  test('of an older server in place of one that told it, also when the question fails later', () => {
    expect(healthsOf(['read', ...times(7, 'off')])).toStrictEqual(ok(8));
    expect(healthsOf(['read', 'off', ...times(6, 'failed')])).toStrictEqual(ok(8));
  });

  test('any more, five ticks after an older server came in place of one that told it', () => {
    expect(healthsOf([...times(4, 'read'), ...times(5, 'off')])).toStrictEqual([
      ...ok(3),
      ...['critical', 'critical', 'critical', 'critical', 'critical'],
      'ok',
    ]);
  });

  test('after a collector restart, until the version is told again', () => {
    const first = ticker();
    const published = first.tick(losing(0, 'read'));
    const run = ticker({}, restoreMemory(published, momentAt(START_MS + 2_000)), START_MS + 2_000);
    expect(healthsOf(times(6, 'failed'), run, 1)).toStrictEqual(ok(6));
    expect(run.memory().version).toBeNull();
    expect(healthsOf(['read', 'failed', 'failed'], run, 7)).toStrictEqual(['ok', 'ok', 'critical']);
  });
});

test('they are shown all the same', () => {
  const run = ticker();
  run.tick(losing(0, 'failed'));
  expect(run.tick(losing(1, 'failed'))).toMatchObject({
    streams: [{ linkLossPercent: 9, unrecoveredPercent: 0, health: 'ok' }],
    connections: [{ srt: { linkLossPercent: 9, unrecoveredPercent: 0 }, health: 'ok' }],
  });
});
