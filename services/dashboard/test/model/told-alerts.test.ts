import { describe, expect, test } from '@jest/globals';
import { alertRecord } from '@mediamtx-monitor/testkit';
import type { Alert } from '@mediamtx-monitor/types';
import { newlyTold, type ToldAlerts } from '../../src/model/told-alerts.ts';

/** What is told of each message in turn: codes of alerts by subject. */
function toldOf(messages: readonly (readonly Alert[])[]): string[][] {
  let told: ToldAlerts = null;
  return messages.map((published) => {
    const next = newlyTold(told, published);
    ({ told } = next);
    return next.alerts.map(({ subject, code }) => `${subject}: ${code}`);
  });
}

const FIRING = alertRecord();
const OTHER = alertRecord({ id: 'a2', subject: { kind: 'host', host: 'box' }, severity: 'warning' });
const SERVER = alertRecord({ id: 'a3', subject: { kind: 'server', server: 'main' } });
const [CAM, BOX, MAIN] = ['stream main/cam/1: off-air', 'host box: off-air', 'server main: off-air'];

describe('what the alerter says', () => {
  test('is told once, when it begins to fire, the worst first', () => {
    expect(toldOf([[], [OTHER, FIRING, SERVER], [OTHER, FIRING, SERVER]])).toStrictEqual([
      [],
      [CAM, MAIN, BOX],
      [],
    ]);
  });

  test('when the page comes is told by nobody', () => {
    expect(toldOf([[FIRING], [FIRING], [FIRING, OTHER]])).toStrictEqual([[], [], [BOX]]);
  });

  test.each<[string, Partial<Alert>]>([
    ['is pending', { state: 'pending' }],
    ['is resolved', { state: 'resolved' }],
    ['recovers', { state: 'recovering' }],
    ['is muted', { mutedBy: { kind: 'server', server: 'main' } }],
    ['is silenced', { silencedBy: 's1' }],
  ])('isn’t told while it %s, but once it isn’t any more', (_what, changes) => {
    expect(toldOf([[], [{ ...FIRING, ...changes }], [FIRING]])).toStrictEqual([[], [], [CAM]]);
  });

  test('is told no second time while it recovers or is unknown in between, but after it was over', () => {
    const as = (state: Alert['state']) => [{ ...FIRING, state }];
    const messages = [[], [FIRING], as('recovering'), [FIRING], as('unknown'), as('recovering'), [FIRING]];
    expect(toldOf(messages).flat()).toStrictEqual([CAM]);
    expect(toldOf([...messages, as('resolved'), [FIRING]]).flat()).toStrictEqual([CAM, CAM]);
    expect(toldOf([...messages, [], [FIRING]]).flat()).toStrictEqual([CAM, CAM]);
  });
});
