import { describe, expect, test } from '@jest/globals';
import { advanceAlerts, MAX_ALERTS } from '../../src/alerts/index.ts';
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
    const lost = advance(alerts, { ill: new Map(), isSeen }, 1_000).alerts;
    const next = advance(lost, { ...observationOf([illSubject(streamOf('new'))]), isSeen }, 2_000);
    expect([next.alerts.has('stream:main:new'), next.alerts.size]).toStrictEqual([true, MAX_ALERTS]);
  });

  test('what is pending again makes room for nothing: it fired before', () => {
    const warned = streams(MAX_ALERTS, 'warned', WARNING);
    const alerts = new Map(advance(new Map(), observationOf(warned), 0).alerts);
    const first = alerts.get('stream:main:warned-0');
    if (first === undefined) throw new Error('it has no alert');
    alerts.set('stream:main:warned-0', { ...first, firedAt: '2026-01-01T00:00:00.000Z' });
    const next = advance(alerts, observationOf([...warned, illSubject(streamOf('new'))]), 1_000).alerts;
    const names = ['new', 'warned-0', 'warned-1'].filter((name) => next.has(`stream:main:${name}`));
    expect(names).toStrictEqual(['new', 'warned-0']);
  });

  test('what fires makes room for nothing', () => {
    const warned = streams(MAX_ALERTS, 'warned', { ...WARNING, heldMs: 60_000 });
    const { alerts } = advance(new Map(), observationOf(warned), 0);
    const next = advance(alerts, observationOf([...warned, illSubject(streamOf('new'))]), 1_000);
    expect([next.alerts, next.droppedCount]).toStrictEqual([alerts, 1]);
  });

  test('what was resolved makes room, the oldest first, unless somebody isn’t told of it yet', () => {
    const held = heldReason({ heldMs: 60_000 });
    const [early, untold] = [illSubject(streamOf('early'), held), illSubject(streamOf('untold'), held)];
    const late = streams(MAX_ALERTS - 2, 'late', held);
    const first = advance(new Map(), observationOf([untold, early, ...late]), 0).alerts;
    const marked = new Map(first);
    const told = first.get('stream:main:untold');
    if (told === undefined) throw new Error('it has no alert');
    marked.set('stream:main:untold', {
      ...told,
      notified: { phone: { state: 'firing', severity: 'critical', atMs: 0, at: '' } },
    });
    let alerts: ReadonlyMap<string, StoredAlert> = marked;
    for (const second of [1, 21, 22, 42]) {
      alerts = advance(alerts, observationOf(second < 22 ? late : []), second * 1_000).alerts;
    }
    expect(new Set([...alerts.values()].map(({ state }) => state))).toStrictEqual(new Set(['resolved']));
    const next = advance(alerts, observationOf([illSubject(streamOf('new'), WARNING)]), 51_000);
    expect([next.alerts.size, next.droppedCount]).toStrictEqual([MAX_ALERTS, 0]);
    const names = ['new', 'untold', 'early'].filter((name) => next.alerts.has(`stream:main:${name}`));
    expect(names).toStrictEqual(['new', 'untold']);
  });
});
