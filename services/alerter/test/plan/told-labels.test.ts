import { describe, expect, test } from '@jest/globals';
import type { AlerterState, StoredAlert, ToldLabels } from '../../src/model.ts';
import { dueIn, firingFor, noteTold } from '../../src/plan/index.ts';
import { AlertWorld, streamOf, targetOf } from '../support/alert-world.ts';
import { AT, reason } from '../support/messages.ts';
import { stateOf, storedAlert, storedTarget } from '../support/states.ts';

const am = targetOf({ name: 'am', kind: 'alertmanager' });
const notified = { am: { state: 'firing', severity: 'critical', atMs: 0, at: AT } } as const;
const OFF_AIR: ToldLabels = { id: 'a', code: 'off-air', severity: 'critical' };
const STALLED: ToldLabels = { id: 'a', code: 'stalled', severity: 'warning' };
const firing = storedAlert({ id: 'a', subject: streamOf(), notified });

function stateWith(told: readonly ToldLabels[], alerts: readonly StoredAlert[] = [firing]): AlerterState {
  return stateOf(alerts, [storedTarget({ name: 'am', told }), storedTarget({ told: [] })]);
}

/** The state once a message without news is tried. */
function noted(state: AlerterState, target = am): AlerterState {
  const world = new AlertWorld([target]);
  world.tick([]);
  const due = dueIn(world.state, world.audience, world.moment);
  return noteTold(state, due);
}

const toldIn = ({ targets }: AlerterState) => targets.get('am')?.told;
const view = new AlertWorld().view();

describe('before an Alertmanager is told', () => {
  test('it stands in the state what it will know, beside what it may know already', () => {
    expect(toldIn(noted(stateWith([])))).toStrictEqual([OFF_AIR]);
    expect(toldIn(noted(stateWith([STALLED])))).toStrictEqual([OFF_AIR, STALLED]);
  });

  test('nothing changes where it knows all of it', () => {
    const state = stateWith([STALLED, OFF_AIR]);
    expect(noted(state)).toBe(state);
    const nothing = stateWith([STALLED], []);
    expect(noted(nothing)).toBe(nothing);
  });

  test('what there is no alert of any more is left out with the next change', () => {
    const gone: ToldLabels = { id: 'gone', code: 'off-air', severity: 'critical' };
    expect(toldIn(noted(stateWith([gone])))).toStrictEqual([OFF_AIR]);
  });

  test('what it isn’t told doesn’t count', () => {
    const others = [
      storedAlert({ id: 'due', notified: { am: { ...notified.am, state: 'due' } } }),
      storedAlert({ id: 'over', subject: streamOf('over'), state: 'resolved', notified }),
      storedAlert({ id: 'other', subject: streamOf('other'), notified: {} }),
    ];
    expect(toldIn(noted(stateWith([], others)))).toStrictEqual([]);
  });

  test('there is an end to what is kept of what it may know', () => {
    const told = Array.from({ length: 40_000 }, (_, index) => ({ ...STALLED, code: `code-${index}` }));
    const kept = toldIn(noted(stateWith(told as unknown as readonly ToldLabels[])));
    expect([kept?.length, kept?.[0]]).toStrictEqual([30_000, OFF_AIR]);
  });

  test('of other kinds nothing is kept', () => {
    const state = stateWith([]);
    expect(noted(state, targetOf({ name: 'am' }))).toBe(state);
  });
});

describe('what an Alertmanager may know to fire', () => {
  test('is ended as it was told where it fires by other labels', () => {
    const told = firingFor('am', stateWith([OFF_AIR, STALLED]), view);
    expect(told.firing.map(({ id }) => id)).toStrictEqual(['a']);
    expect(told.ended).toMatchObject([
      { id: 'a', severity: 'warning', reasons: [{ code: 'stalled', severity: 'warning', measured: null }] },
    ]);
  });

  test('has what its reason measured, where that is still known', () => {
    const measured = reason({ code: 'stalled', severity: 'critical', measured: 7 });
    const alert = { ...firing, reasons: [reason(), measured] };
    const [ended] = firingFor('am', stateWith([STALLED], [alert]), view).ended;
    expect(ended?.reasons).toStrictEqual([{ ...measured, severity: 'warning' }]);
  });

  test('is ended, too, where it is over or had no reason', () => {
    const over = { ...firing, state: 'resolved', reasons: [reason({ code: 'not-live' })] } as const;
    const nothing: ToldLabels = { id: 'a', code: null, severity: 'critical' };
    const { ended } = firingFor('am', stateWith([OFF_AIR, nothing], [over]), view);
    expect(ended.map(({ reasons }) => reasons.map(({ code }) => code))).toStrictEqual([['off-air'], []]);
  });

  test('is nothing where it fires as it was told, or there is no alert any more', () => {
    expect(firingFor('am', stateWith([OFF_AIR]), view).ended).toStrictEqual([]);
    expect(firingFor('am', stateWith([OFF_AIR], []), view).ended).toStrictEqual([]);
  });
});
