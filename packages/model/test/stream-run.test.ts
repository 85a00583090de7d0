import { describe, expect, test } from '@jest/globals';
import type { StoredEvent } from '@mediamtx-monitor/types';
import { AvailabilityFold, joinRuns, type RunKind, type RunPiece } from '../src/index.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-29T00:00:00Z');

/** Pieces that end at these hours. */
function piecesOf(...parts: readonly (readonly [kind: RunKind, toHour: number])[]): RunPiece[] {
  return parts.map(([kind, toHour], index) => ({
    kind,
    fromMs: (parts[index - 1]?.[1] ?? 0) * HOUR,
    toMs: toHour * HOUR,
  }));
}

describe('several streams that stand for one thing', () => {
  const join = (...runs: readonly (readonly RunPiece[])[]) => joinRuns(runs, 0, 10 * HOUR);

  test('are up while any of them is', () => {
    expect(
      join(piecesOf(['up', 4], ['down', 10]), piecesOf(['down', 3], ['up', 6], ['down', 10])),
    ).toStrictEqual(piecesOf(['up', 6], ['down', 10]));
  });

  test('and are down only where none may have been up', () => {
    expect(join(piecesOf(['down', 10]), piecesOf(['unknown', 2], ['down', 10]))).toStrictEqual(
      piecesOf(['unknown', 2], ['down', 10]),
    );
    expect(join(piecesOf(['unscheduled', 10]), piecesOf(['down', 2], ['unscheduled', 10]))).toStrictEqual(
      piecesOf(['down', 2], ['unscheduled', 10]),
    );
  });

  test('and nothing is known where there are none', () => {
    expect(join()).toStrictEqual(piecesOf(['unknown', 10]));
  });
});

describe('what a stream did, moment by moment', () => {
  const base = { server: 'main', severity: 'info', since: null, unseenSince: null, cause: null } as const;
  const at = (hour: number): string => new Date(START + hour * HOUR).toISOString();
  const stream = (expected: boolean | null) =>
    ({ ...base, stream: 'cam', sourceType: 'srtConn', expected }) as const;
  const runsOf = (events: readonly StoredEvent[]) => {
    const fold = new AvailabilityFold({ fromMs: START, toMs: START + 24 * HOUR });
    for (const event of events) fold.add(event);
    const observedUntilMs = new Map([['main', START + 20 * HOUR]]);
    const [run] = fold.runs({ streams: [], observedUntilMs, keptSinceMs: -Infinity });
    return run?.pieces.map(({ kind, fromMs, toMs }) => [
      kind,
      (fromMs - START) / HOUR,
      (toMs - START) / HOUR,
    ]);
  };

  test('is up, down or unknown', () => {
    expect(
      runsOf([
        { ...stream(false), type: 'stream.online', at: at(2) },
        { ...stream(false), type: 'stream.offline', at: at(5), state: 'idle', liveSince: at(2) },
        { ...stream(false), type: 'stream.online', at: at(6) },
        { ...base, type: 'server.unreachable', at: at(8), status: 'down' },
        { ...base, type: 'server.reachable', at: at(9), unreachableMs: HOUR },
      ]),
    ).toStrictEqual([
      ['unknown', 0, 2],
      ['up', 2, 5],
      ['down', 5, 6],
      ['up', 6, 8],
      ['unseen', 8, 9],
      ['up', 9, 20],
      ['unseen', 20, 24],
    ]);
  });

  test('and not down while it wasn’t expected, if it ever was', () => {
    expect(
      runsOf([
        { ...stream(true), type: 'stream.online', at: at(1) },
        { ...stream(true), type: 'stream.offline', at: at(5), state: 'idle', liveSince: at(1) },
        { ...stream(false), type: 'stream.online', at: at(6) },
        { ...stream(false), type: 'stream.offline', at: at(7), state: 'idle', liveSince: at(6) },
      ]),
    ).toStrictEqual([
      ['unknown', 0, 1],
      ['up', 1, 5],
      ['down', 5, 6],
      ['up', 6, 7],
      ['unscheduled', 7, 20],
      ['unknown', 20, 24],
    ]);
  });
});
