import { expect, test } from '@jest/globals';
import { alertRecord } from '@mediamtx-monitor/testkit';
import type { AlertsMessage } from '@mediamtx-monitor/types';
import { signal } from '@preact/signals-core';
import { alertModel } from '../../src/worker/alert-model.ts';
import type { Shown } from '../../src/worker/exchange.ts';
import { sendChanges } from '../../src/worker/mirror.ts';
import { PHONE, toldOf } from '../support/told.ts';

type SentAlerts = Partial<Pick<Shown, 'bell' | 'board' | 'alertTargets' | 'alertSilences'>>;

/** What is sent to a page of what an alerter tells. */
function start() {
  const told = signal<AlertsMessage | null>(null);
  const wanted = { board: signal(false), seenAlert: signal<string | null>(null) };
  const sent: SentAlerts[] = [];
  sendChanges(alertModel({ told, isSettled: signal(true) }, wanted), (changes) => {
    sent.push(changes);
  });
  return { told, wanted, news: () => sent.splice(0) };
}

test('as long as nobody looks at alerts only the bell is sent, and only what is new', () => {
  const { told, news } = start();
  expect(news()[0]?.bell?.alerter).toBe('none');
  told.value = toldOf([alertRecord()], { targets: [PHONE] });
  expect(news().map((changes) => Object.keys(changes))).toStrictEqual([['bell']]);
  told.value = toldOf([alertRecord()], { targets: [PHONE], seq: 2 });
  expect(news()).toStrictEqual([]);
});

test('all of it is sent while somebody does, and goes with the alerter', () => {
  const { told, wanted, news } = start();
  told.value = toldOf([alertRecord()], { targets: [PHONE] });
  news();
  wanted.board.value = true;
  const [opened] = news();
  expect([opened?.board?.firing.count, opened?.alertTargets]).toStrictEqual([1, [PHONE]]);
  told.value = toldOf([alertRecord()], { targets: [{ ...PHONE, testAgeMs: 1 }], seq: 2 });
  expect(news().map((changes) => Object.keys(changes))).toStrictEqual([['alertTargets']]);
  told.value = null;
  const [gone] = news();
  expect([gone?.bell?.alerter, gone?.board, gone?.alertTargets]).toStrictEqual(['none', null, []]);
});
