import { describe, expect, test } from '@jest/globals';
import { advanceAlerts, MAX_ALERTS } from '../../src/alerts/index.ts';
import { LONG_NAME_LENGTH, MAX_LONG_NAMES_LENGTH } from '../../src/alerts/room.ts';
import type { AlertObservation, IllSubject, StoredAlert } from '../../src/model.ts';
import {
  heldReason,
  illSubject,
  observationOf,
  serverOf,
  streamOf,
  WARNING,
} from '../support/alert-world.ts';

const RULES = { firesAtMs: ({ wrongAtMs }: StoredAlert) => wrongAtMs + 30_000, newId: () => 'id' };

function streams(count: number, name: string, ...reasons: Parameters<typeof illSubject>[1][]): IllSubject[] {
  return Array.from({ length: count }, (_each, index) =>
    illSubject(streamOf(`${name}-${index}`), ...reasons),
  );
}

const at = (atMs: number) => ({ atMs, wallMs: 1_700_000_000_000 + atMs });
const advance = (alerts: ReadonlyMap<string, StoredAlert>, seen: AlertObservation, atMs: number) =>
  advanceAlerts(alerts, seen, at(atMs), RULES);

/** How many alerts there are of streams whose names begin so. */
function counted(alerts: ReadonlyMap<string, StoredAlert>, name: string): number {
  return [...alerts.keys()].filter((key) => key.startsWith(`stream:main:${name}`)).length;
}

/** Somebody is told of it, or is to be. */
function mark(alerts: Map<string, StoredAlert>, name: string, state: 'due' | 'firing'): void {
  const key = `stream:main:${name}`;
  const alert = alerts.get(key);
  if (alert === undefined) throw new Error('it has no alert');
  alerts.set(key, { ...alert, notified: { phone: { state, severity: 'critical', atMs: 0, at: '' } } });
}

/** Those of these streams that have an alert. */
function among(alerts: ReadonlyMap<string, StoredAlert>, ...names: readonly string[]): string[] {
  return names.filter((name) => alerts.has(`stream:main:${name}`));
}

describe('where there is more trouble than room for alerts', () => {
  test('so many are kept, and it is told how many are not, each time', () => {
    const seen = observationOf(streams(MAX_ALERTS + 7, 'cam'));
    const first = advance(new Map(), seen, 0);
    expect([first.alerts.size, first.droppedCount]).toStrictEqual([MAX_ALERTS, 7]);
    const second = advance(first.alerts, seen, 1_000);
    expect(second.alerts).toBe(first.alerts);
    expect(second.droppedCount).toBe(7);
  });

  test('the worst are kept, and all of servers', () => {
    const seen = observationOf([
      ...streams(MAX_ALERTS, 'warned', WARNING),
      ...streams(10, 'worse'),
      illSubject(serverOf('warned'), WARNING),
      illSubject(serverOf('worse')),
    ]);
    const { alerts, droppedCount } = advance(new Map(), seen, 0);
    expect([alerts.has('server:warned'), alerts.has('server:worse'), counted(alerts, 'worse')]).toStrictEqual(
      [...[true, true, 10]],
    );
    expect(droppedCount).toBe(10);
  });

  test('servers and hosts always find room', () => {
    const fired = streams(MAX_ALERTS, 'fires', { ...WARNING, heldMs: 60_000 });
    const { alerts } = advance(new Map(), observationOf(fired), 0);
    const next = advance(alerts, observationOf([...fired, illSubject(serverOf(), WARNING)]), 1_000);
    expect([next.alerts.has('server:main'), next.alerts.size, next.droppedCount]).toStrictEqual([
      ...[true, MAX_ALERTS + 1, 0],
    ]);
  });

  test('what is only pending makes room for what is worse, and for nothing else', () => {
    const warned = streams(MAX_ALERTS, 'warned', WARNING);
    const { alerts } = advance(new Map(), observationOf(warned), 0);
    const same = advance(alerts, observationOf([...warned, illSubject(streamOf('new'), WARNING)]), 1_000);
    expect([same.alerts.has('stream:main:new'), same.droppedCount]).toStrictEqual([false, 1]);
    const worse = advance(alerts, observationOf([...warned, illSubject(streamOf('new'))]), 1_000);
    expect([worse.alerts.has('stream:main:new'), worse.alerts.size, worse.droppedCount]).toStrictEqual([
      ...[true, MAX_ALERTS, 1],
    ]);
  });

  test('what nothing is known of any more and nobody was told of does, too', () => {
    const { alerts } = advance(new Map(), observationOf(streams(MAX_ALERTS, 'lost')), 0);
    const isSeen = () => false;
    const lost = advance(alerts, { ill: new Map(), isSeen, labelsOf: () => null }, 1_000).alerts;
    const next = advance(lost, { ...observationOf([illSubject(streamOf('new'))]), isSeen }, 2_000);
    expect([next.alerts.has('stream:main:new'), next.alerts.size]).toStrictEqual([true, MAX_ALERTS]);
  });

  test('warnings of which nobody is told make room for what is critical, though they fire', () => {
    const warned = streams(MAX_ALERTS, 'warned', { ...WARNING, heldMs: 60_000 });
    const alerts = new Map(advance(new Map(), observationOf(warned), 0).alerts);
    mark(alerts, 'warned-0', 'due');
    const next = advance(alerts, observationOf([...warned, illSubject(streamOf('new'))]), 1_000);
    expect([next.alerts.size, next.droppedCount]).toStrictEqual([MAX_ALERTS, 1]);
    expect(among(next.alerts, 'new', 'warned-0', 'warned-1')).toStrictEqual(['new', 'warned-0']);
  });

  test('warnings of which somebody is told do after these, and nothing that is critical', () => {
    const [warned, worse] = [
      streams(2, 'warned', { ...WARNING, heldMs: 60_000 }),
      streams(MAX_ALERTS - 2, 'worse'),
    ];
    const alerts = new Map(advance(new Map(), observationOf([...warned, ...worse]), 0).alerts);
    mark(alerts, 'warned-0', 'firing');
    const fresh = streams(3, 'new');
    const next = advance(alerts, observationOf([...warned, ...worse, ...fresh]), 1_000);
    expect(among(next.alerts, 'new-0', 'new-1', 'new-2', 'warned-0')).toStrictEqual(['new-0', 'new-1']);
    expect([counted(next.alerts, 'worse'), next.droppedCount]).toStrictEqual([MAX_ALERTS - 2, 3]);
  });

  test('one target that is told of nothing keeps no room: what is over makes it, and is counted', () => {
    const held = heldReason({ heldMs: 60_000 });
    const junk = streams(MAX_ALERTS, 'junk', held);
    let alerts = new Map(advance(new Map(), observationOf(junk), 0).alerts);
    for (const { subject } of junk) mark(alerts, subject.kind === 'stream' ? subject.stream : '', 'firing');
    for (const second of [1, 21]) alerts = new Map(advance(alerts, observationOf([]), second * 1_000).alerts);
    expect([...alerts.values()].every(({ state }) => state === 'resolved')).toBe(true);
    const fresh = [illSubject(streamOf('new')), illSubject(streamOf('warned'), WARNING)];
    const next = advance(alerts, observationOf(fresh), 22_000);
    expect(among(next.alerts, 'new', 'warned', 'junk-0', 'junk-2')).toStrictEqual([
      'new',
      'warned',
      'junk-2',
    ]);
    expect([next.alerts.size, next.droppedCount]).toStrictEqual([MAX_ALERTS, 2]);
    expect(advance(next.alerts, observationOf(fresh), 23_000).droppedCount).toBe(0);
  });

  test('long names take no more than their own room, which they share alike', () => {
    const long = (count: number, name: string, ...reasons: Parameters<typeof illSubject>[1][]) =>
      streams(count, name.padEnd(8_000, 'x'), ...reasons);
    const isLong = (key: string): boolean => key.length > LONG_NAME_LENGTH;
    const warned = long(1_500, 'warned', WARNING);
    const first = advance(new Map(), observationOf([...warned, illSubject(streamOf('short'))]), 0);
    const fitting = [...first.alerts.keys()].filter(isLong);
    expect(fitting.join('').length).toBeLessThan(MAX_LONG_NAMES_LENGTH + fitting.length * 20);
    expect([first.alerts.has('stream:main:short'), fitting.length]).toStrictEqual([true, 131]);
    expect(first.droppedCount).toBe(1_369);
    const next = advance(first.alerts, observationOf([...warned, ...long(7, 'worse')]), 1_000);
    expect([counted(next.alerts, 'worse'), [...next.alerts.keys()].filter(isLong).length]).toStrictEqual([
      7, 131,
    ]);
    const endless = illSubject(streamOf('x'.repeat(MAX_LONG_NAMES_LENGTH + 1)));
    const same = advance(next.alerts, observationOf([...warned, ...long(7, 'worse'), endless]), 2_000);
    expect(same.alerts).toBe(next.alerts);
  });

  test('what was resolved makes room, the oldest first, unless somebody isn’t told of it yet', () => {
    const held = heldReason({ heldMs: 60_000 });
    const [early, untold] = [illSubject(streamOf('early'), held), illSubject(streamOf('untold'), held)];
    const late = streams(MAX_ALERTS - 2, 'late', held);
    const first = advance(new Map(), observationOf([untold, early, ...late]), 0).alerts;
    const marked = new Map(first);
    mark(marked, 'untold', 'firing');
    let alerts: ReadonlyMap<string, StoredAlert> = marked;
    for (const second of [1, 21, 22, 42]) {
      alerts = advance(alerts, observationOf(second < 22 ? late : []), second * 1_000).alerts;
    }
    expect(new Set([...alerts.values()].map(({ state }) => state))).toStrictEqual(new Set(['resolved']));
    const next = advance(alerts, observationOf([illSubject(streamOf('new'), WARNING)]), 51_000);
    expect([next.alerts.size, next.droppedCount]).toStrictEqual([MAX_ALERTS, 0]);
    expect(among(next.alerts, 'new', 'untold', 'early')).toStrictEqual(['new', 'untold']);
  });
});
