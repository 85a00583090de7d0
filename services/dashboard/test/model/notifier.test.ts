import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { Reason } from '@mediamtx-monitor/types';
import { batch, computed, effect, signal } from '@preact/signals-core';
import { notificationText } from '../../src/i18n/fleet-text.ts';
import { AlertWatch } from '../../src/model/alert-watch.ts';
import { Notifier } from '../../src/model/notifier.ts';
import { Preferences } from '../../src/data/storage.ts';
import { createFormat } from '../../src/i18n/format.ts';
import type { Language } from '../../src/i18n/languages.ts';
import type { PageAlert, FleetState } from '../../src/model/alerts.ts';
import type { TextContext } from '../../src/i18n/fleet-text.ts';
import type { FleetReason } from '../../src/model/fleet-reasons.ts';
import { type ListedStream, needsAttention } from '../../src/model/streams.ts';
import { TEXTS } from '../support/texts.ts';
import { reason } from '../support/connections.ts';
import { listed } from '../support/records.ts';
import { testTimers } from '../support/timers.ts';

const well = listed({ name: 'cam' });
const ill = listed({ name: 'cam', health: 'warning', reasons: [reason()] });
const unknown = listed({ name: 'cam' }, { health: 'unknown' });

function context(language: Language, hasManyServers = false): TextContext {
  return { texts: TEXTS[language], format: createFormat(language), hasManyServers, ageOf: () => '1 min' };
}

function start({ isAllowed = true, isAudible = true, kept = new Map<string, string>() } = {}) {
  const notified: string[] = [];
  let beeps = 0;
  const may = { notify: isAllowed };
  const timers = testTimers();
  const serverIds = signal<readonly string[]>(['main']);
  const list = signal<readonly ListedStream[]>([well]);
  const reasons = signal<readonly FleetReason[]>([]);
  const hostIds = ['box'];
  const fleetState = computed((): FleetState => ({
    serverIds: serverIds.value,
    hostIds,
    ill: list.value.filter(needsAttention),
    unknown: [],
    unknownServers: new Set(),
    reasons: reasons.value,
    silentServers: [],
    silentHosts: [],
  }));
  const isCurrent = signal(true);
  const isConnected = signal(true);
  const notifier = new Notifier({
    preferences: new Preferences(() => ({
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => void kept.set(name, value),
      removeItem: (name) => void kept.delete(name),
    })),
    after: timers.after,
    isConnected,
    text: {
      alerts: (alerts) => notificationText(alerts, context('en')),
      lost: () => ['lost', 'the monitor'],
    },
    sink: {
      mayNotify: () => may.notify,
      allowNotifications: () => Promise.resolve(may.notify),
      notify: (title, body) => {
        if (may.notify) notified.push(`${title}: ${body}`);
        return may.notify;
      },
      beep: () => {
        beeps += 1;
        return Promise.resolve(isAudible);
      },
    },
  });
  const { found } = new AlertWatch({
    fleetState,
    isCurrent,
    told: signal(null),
    monotonicMs: timers.monotonicMs,
  });
  effect(() => {
    if (found.value.length > 0) notifier.alert(found.value);
  });
  const { pass } = timers;
  return {
    notifier,
    notified,
    beeps: () => beeps,
    serverIds,
    list,
    reasons,
    isCurrent,
    isConnected,
    may,
    pass,
  };
}

describe('alerts', () => {
  test('nobody is told who hasn’t asked for it', () => {
    const { list, notified, beeps } = start();
    list.value = [ill];
    expect([notified, beeps()]).toStrictEqual([[], 0]);
  });

  test('tell once of a stream that gets into trouble, and again after it was well for a minute', async () => {
    const { notifier, list, notified, pass } = start();
    await notifier.chooseNotification(true);
    list.value = [ill];
    list.value = [{ ...ill }];
    expect(notified).toStrictEqual(['1 stream needs attention: cam: 2.0 % lost on the link']);
    list.value = [well];
    pass(59_000);
    list.value = [ill];
    expect(notified).toHaveLength(1);
    list.value = [well];
    pass(60_000);
    list.value = [ill];
    expect(notified).toHaveLength(2);
  });

  test('what was unknown for a while is no news', async () => {
    const { notifier, list, notified } = start();
    await notifier.chooseNotification(true);
    list.value = [ill];
    list.value = [unknown];
    list.value = [ill];
    expect(notified).toHaveLength(1);
  });

  test('tell of servers', async () => {
    const { notifier, reasons, notified } = start();
    await notifier.chooseNotification(true);
    reasons.value = [{ code: 'server-unreachable', server: 'main', problem: 'down', severity: 'critical' }];
    expect(notified).toStrictEqual(['1 server or host needs attention: Server main is not reachable']);
  });

  test('say nothing while what is shown is old', async () => {
    const { notifier, list, isCurrent, notified } = start();
    await notifier.chooseNotification(true);
    isCurrent.value = false;
    list.value = [ill];
    expect(notified).toStrictEqual([]);
    isCurrent.value = true;
    expect(notified).toHaveLength(1);
  });

  test('sound, also once as a trial', () => {
    const { notifier, list, beeps } = start();
    notifier.chooseSound(true);
    list.value = [ill];
    expect(beeps()).toBe(2);
    notifier.chooseSound(false);
    list.value = [well];
    list.value = [ill];
    expect(beeps()).toBe(2);
  });

  test('are kept, unless the browser doesn’t allow them', async () => {
    const kept = new Map<string, string>();
    const allowed = start({ kept });
    await allowed.notifier.chooseNotification(true);
    allowed.notifier.chooseSound(true);
    expect(Object.fromEntries(kept)).toStrictEqual({
      'mediamtx-monitor.notify': 'on',
      'mediamtx-monitor.sound': 'on',
    });
    const nothing = new Map<string, string>();
    const refused = start({ isAllowed: false, kept: nothing });
    await refused.notifier.chooseNotification(true);
    expect(refused.notifier.notification.value).toBe('blocked');
    expect(nothing.size).toBe(0);
  });

  test('say so when the browser doesn’t allow them any more', async () => {
    const kept = new Map([['mediamtx-monitor.notify', 'on']]);
    expect(start({ kept }).notifier.notification.value).toBe('on');
    expect(start({ kept, isAllowed: false }).notifier.notification.value).toBe('blocked');
    const { notifier, may, list } = start();
    await notifier.chooseNotification(true);
    may.notify = false;
    list.value = [ill];
    expect(notifier.notification.value).toBe('blocked');
  });

  test('say so when the browser keeps a tone back', async () => {
    const { notifier } = start({ isAudible: false });
    notifier.chooseSound(true);
    await eventually(() => {
      expect(notifier.sound.value).toBe('blocked');
    });
    notifier.chooseSound(false);
    expect(notifier.sound.value).toBe('off');
  });

  test('what a server brings with it is no news, what happens to it later is', async () => {
    const { notifier, serverIds, list, reasons, notified } = start();
    await notifier.chooseNotification(true);
    const bad = listed({ server: 'new', name: 'bad', health: 'critical' });
    batch(() => {
      serverIds.value = ['main', 'new'];
      list.value = [well, bad];
      reasons.value = [{ code: 'no-data', server: 'new', host: null, severity: 'critical' }];
    });
    expect(notified).toStrictEqual([]);
    list.value = [well, bad, listed({ server: 'new', name: 'cam', health: 'warning' })];
    expect(notified).toStrictEqual(['1 stream needs attention: cam']);
    reasons.value = [{ code: 'server-unreachable', server: 'main', problem: 'down', severity: 'critical' }];
    expect(notified).toHaveLength(2);
  });

  test('tell once of the loss of the monitor itself, when it lasts', async () => {
    const { notifier, isConnected, notified, pass } = start();
    await notifier.chooseNotification(true);
    isConnected.value = false;
    pass(29_000);
    isConnected.value = true;
    isConnected.value = false;
    pass(29_000);
    expect(notified).toStrictEqual([]);
    pass(1_000);
    pass(100_000);
    expect(notified).toStrictEqual(['lost: the monitor']);
  });
});

describe('the words of a notification', () => {
  const ofStream = (name: string, why?: Reason, label = name): PageAlert => ({
    kind: 'stream',
    subject: `stream main/${name}`,
    code: 'off-air',
    severity: 'warning',
    listed: { ...listed({ name, health: 'warning' }), label },
    reason: why,
  });
  const busyHost: FleetReason = {
    code: 'host-load',
    host: 'box',
    severity: 'critical',
    loads: [{ kind: 'cpu', mount: null, percent: 100, limitPercent: 90, severity: 'critical' }],
  };
  const busy: PageAlert = {
    kind: 'fleet',
    subject: 'host box',
    code: 'cpu',
    severity: 'critical',
    reason: busyHost,
  };

  test('of much that happens at once the first lines are told', () => {
    const fresh = Array.from({ length: 9 }, (_, index) => ofStream(`cam${index}`));
    const [title, body] = notificationText(fresh, context('de'));
    expect(title).toBe('9 Streams gestört');
    expect(body.split('\n')).toStrictEqual(['cam0', 'cam1', 'cam2', 'cam3', '5 weitere']);
  });

  test('lead with what is worst', () => {
    expect(notificationText([busy, ofStream('cam')], context('en'))).toStrictEqual([
      '1 server or host needs attention',
      'Host box: CPU at 100 %\ncam',
    ]);
  });

  test('a stream with two reasons is one stream, under the name that the list has of it', () => {
    const fresh = [reason({ code: 'stalled' }), reason()].map((why) => ofStream('cam', why, 'main / cam'));
    expect(notificationText(fresh, context('en', true))).toStrictEqual([
      '1 stream needs attention',
      'main / cam: No data arrives\nmain / cam: 2.0 % lost on the link',
    ]);
  });
});
