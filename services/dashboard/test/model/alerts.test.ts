import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { Reason } from '@mediamtx-monitor/types';
import { batch, computed, signal } from '@preact/signals';
import { alertWords } from '../../src/i18n/fleet-words.ts';
import { createAlerts } from '../../src/model/alerts.ts';
import { createPreferences } from '../../src/data/storage.ts';
import { createFormat } from '../../src/i18n/format.ts';
import { TEXTS } from '../../src/i18n/language.ts';
import type { Alarm, Picture } from '../../src/model/alarms.ts';
import type { Telling } from '../../src/i18n/fleet-words.ts';
import type { FleetTrouble } from '../../src/model/fleet-trouble.ts';
import type { Listed } from '../../src/model/streams.ts';
import type { Language } from '../../src/data/view.ts';
import { reason } from '../support/connections.ts';
import { listed } from '../support/records.ts';
import { testTimers } from '../support/timers.ts';

const well = listed({ name: 'cam' });
const ill = listed({ name: 'cam', health: 'warning', reasons: [reason()] });
const unknown = listed({ name: 'cam' }, { health: 'unknown' });

function telling(language: Language, hasManyServers = false): Telling {
  return { texts: TEXTS[language], format: createFormat(language), hasManyServers, ageOf: () => '1 min' };
}

function start({ isAllowed = true, isHeard = true, kept = new Map<string, string>() } = {}) {
  const told: string[] = [];
  let beeps = 0;
  const may = { notify: isAllowed };
  const timers = testTimers();
  const serverIds = signal<readonly string[]>(['main']);
  const list = signal<readonly Listed[]>([well]);
  const troubles = signal<readonly FleetTrouble[]>([]);
  const hostIds = ['box'];
  const picture = computed((): Picture => ({
    serverIds: serverIds.value,
    hostIds,
    list: list.value,
    troubles: troubles.value,
    silentServers: [],
    silentHosts: [],
  }));
  const isCurrent = signal(true);
  const isConnected = signal(true);
  const alerts = createAlerts({
    preferences: createPreferences(() => ({
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => void kept.set(name, value),
      removeItem: (name) => void kept.delete(name),
    })),
    after: timers.after,
    monotonicMs: timers.monotonicMs,
    picture,
    isCurrent,
    isConnected,
    words: {
      trouble: (news) => alertWords(news, telling('en')),
      lost: () => ['lost', 'the monitor'],
    },
    mayNotify: () => may.notify,
    allowNotifications: () => Promise.resolve(may.notify),
    notify: (title, body) => {
      if (may.notify) told.push(`${title}: ${body}`);
      return may.notify;
    },
    beep: () => {
      beeps += 1;
      return Promise.resolve(isHeard);
    },
  });
  const { pass } = timers;
  return { alerts, told, beeps: () => beeps, serverIds, list, troubles, isCurrent, isConnected, may, pass };
}

describe('alerts', () => {
  test('nobody is told who hasn’t asked for it', () => {
    const { list, told, beeps } = start();
    list.value = [ill];
    expect([told, beeps()]).toEqual([[], 0]);
  });

  test('tell once of a stream that gets into trouble, and again after it was well for a minute', async () => {
    const { alerts, list, told, pass } = start();
    await alerts.chooseNotification(true);
    list.value = [ill];
    list.value = [{ ...ill }];
    expect(told).toEqual(['1 stream needs attention: cam: 2.0 % lost on the link']);
    list.value = [well];
    pass(59_000);
    list.value = [ill];
    expect(told).toHaveLength(1);
    list.value = [well];
    pass(60_000);
    list.value = [ill];
    expect(told).toHaveLength(2);
  });

  test('what was unknown for a while is no news', async () => {
    const { alerts, list, told } = start();
    await alerts.chooseNotification(true);
    list.value = [ill];
    list.value = [unknown];
    list.value = [ill];
    expect(told).toHaveLength(1);
  });

  test('tell of servers', async () => {
    const { alerts, troubles, told } = start();
    await alerts.chooseNotification(true);
    troubles.value = [{ code: 'server-unreachable', server: 'main', problem: 'down', severity: 'critical' }];
    expect(told).toEqual(['1 server or host needs attention: Server main is not reachable']);
  });

  test('say nothing while what is shown is old', async () => {
    const { alerts, list, isCurrent, told } = start();
    await alerts.chooseNotification(true);
    isCurrent.value = false;
    list.value = [ill];
    expect(told).toEqual([]);
    isCurrent.value = true;
    expect(told).toHaveLength(1);
  });

  test('sound, also once as a trial', () => {
    const { alerts, list, beeps } = start();
    alerts.chooseSound(true);
    list.value = [ill];
    expect(beeps()).toBe(2);
    alerts.chooseSound(false);
    list.value = [well];
    list.value = [ill];
    expect(beeps()).toBe(2);
  });

  test('are kept, unless the browser doesn’t allow them', async () => {
    const kept = new Map<string, string>();
    const allowed = start({ kept });
    await allowed.alerts.chooseNotification(true);
    allowed.alerts.chooseSound(true);
    expect(Object.fromEntries(kept)).toEqual({
      'mediamtx-monitor.notify': 'on',
      'mediamtx-monitor.sound': 'on',
    });
    const nothing = new Map<string, string>();
    const refused = start({ isAllowed: false, kept: nothing });
    await refused.alerts.chooseNotification(true);
    expect(refused.alerts.notification.value).toBe('blocked');
    expect(nothing.size).toBe(0);
  });

  test('say so when the browser doesn’t allow them any more', async () => {
    const kept = new Map([['mediamtx-monitor.notify', 'on']]);
    expect(start({ kept }).alerts.notification.value).toBe('on');
    expect(start({ kept, isAllowed: false }).alerts.notification.value).toBe('blocked');
    const { alerts, may, list } = start();
    await alerts.chooseNotification(true);
    may.notify = false;
    list.value = [ill];
    expect(alerts.notification.value).toBe('blocked');
  });

  test('say so when the browser keeps a tone back', async () => {
    const { alerts } = start({ isHeard: false });
    alerts.chooseSound(true);
    await eventually(() => {
      expect(alerts.sound.value).toBe('blocked');
    });
    alerts.chooseSound(false);
    expect(alerts.sound.value).toBe('off');
  });

  test('what a server brings with it is no news, what happens to it later is', async () => {
    const { alerts, serverIds, list, troubles, told } = start();
    await alerts.chooseNotification(true);
    const bad = listed({ server: 'new', name: 'bad', health: 'critical' });
    batch(() => {
      serverIds.value = ['main', 'new'];
      list.value = [well, bad];
      troubles.value = [{ code: 'no-data', server: 'new', host: null, severity: 'critical' }];
    });
    expect(told).toEqual([]);
    list.value = [well, bad, listed({ server: 'new', name: 'cam', health: 'warning' })];
    expect(told).toEqual(['1 stream needs attention: cam']);
    troubles.value = [{ code: 'server-unreachable', server: 'main', problem: 'down', severity: 'critical' }];
    expect(told).toHaveLength(2);
  });

  test('tell once of the loss of the monitor itself, when it lasts', async () => {
    const { alerts, isConnected, told, pass } = start();
    await alerts.chooseNotification(true);
    isConnected.value = false;
    pass(29_000);
    isConnected.value = true;
    isConnected.value = false;
    pass(29_000);
    expect(told).toEqual([]);
    pass(1_000);
    pass(100_000);
    expect(told).toEqual(['lost: the monitor']);
  });
});

describe('the words of a notification', () => {
  const ofStream = (name: string, why?: Reason, label = name): Alarm => ({
    kind: 'stream',
    subject: `stream main/${name}`,
    code: 'off-air',
    severity: 'warning',
    listed: { ...listed({ name, health: 'warning' }), label },
    reason: why,
  });
  const trouble: FleetTrouble = {
    code: 'host-load',
    host: 'box',
    severity: 'critical',
    loads: [{ kind: 'cpu', mount: null, percent: 100, limitPercent: 90, severity: 'critical' }],
  };
  const busy: Alarm = { kind: 'fleet', subject: 'host box', code: 'cpu', severity: 'critical', trouble };

  test('of much that happens at once the first lines are told', () => {
    const news = Array.from({ length: 9 }, (_, index) => ofStream(`cam${index}`));
    const [title, body] = alertWords(news, telling('de'));
    expect(title).toBe('9 Streams brauchen Aufmerksamkeit');
    expect(body.split('\n')).toEqual(['cam0', 'cam1', 'cam2', 'cam3', '5 weitere']);
  });

  test('lead with what is worst', () => {
    expect(alertWords([busy, ofStream('cam')], telling('en'))).toEqual([
      '1 server or host needs attention',
      'Host box: CPU at 100 %\ncam',
    ]);
  });

  test('a stream with two reasons is one stream, under the name that the list has of it', () => {
    const news = [reason({ code: 'stalled' }), reason()].map((why) => ofStream('cam', why, 'main / cam'));
    expect(alertWords(news, telling('en', true))).toEqual([
      '1 stream needs attention',
      'main / cam: No data arrives\nmain / cam: 2.0 % lost on the link',
    ]);
  });
});
