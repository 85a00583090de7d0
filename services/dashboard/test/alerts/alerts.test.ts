import { describe, expect, test } from '@jest/globals';
import { signal } from '@preact/signals';
import { alertWords } from '../../src/alerts/alert-words.ts';
import { createAlerts } from '../../src/alerts/alerts.ts';
import { createPreferences } from '../../src/data/preferences.ts';
import { createFormat } from '../../src/i18n/format.ts';
import { TEXTS } from '../../src/i18n/language.ts';
import type { Listed } from '../../src/model/listed.ts';
import type { ServerTrouble } from '../../src/model/truth.ts';
import { reason } from '../support/connections.ts';
import { listed } from '../support/records.ts';

const well = listed({ name: 'cam' });
const ill = listed({ name: 'cam', health: 'warning', reasons: [reason()] });
const unknown = listed({ name: 'cam' }, { health: 'unknown' });

function start({ isAllowed = true } = {}) {
  const told: string[] = [];
  let beeps = 0;
  const list = signal<readonly Listed[]>([well]);
  const servers = signal<readonly ServerTrouble[]>([]);
  const isCurrent = signal(true);
  const kept = new Map<string, string>();
  const alerts = createAlerts({
    preferences: createPreferences(() => ({
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => void kept.set(name, value),
      removeItem: (name) => void kept.delete(name),
    })),
    list,
    servers,
    isCurrent,
    words: (news) => alertWords(news, TEXTS.en, createFormat('en')),
    allowNotifications: () => Promise.resolve(isAllowed),
    notify: (title, body) => void told.push(`${title}: ${body}`),
    beep: () => {
      beeps += 1;
    },
  });
  return { alerts, told, beeps: () => beeps, list, servers, isCurrent, kept };
}

describe('alerts', () => {
  test('nobody is told who hasn’t asked for it', () => {
    const { list, told, beeps } = start();
    list.value = [ill];
    expect([told, beeps()]).toEqual([[], 0]);
  });

  test('tell once of a stream that gets into trouble, and again after it was well', async () => {
    const { alerts, list, told } = start();
    await alerts.chooseNotification(true);
    list.value = [ill];
    list.value = [{ ...ill }];
    expect(told).toEqual(['1 stream needs attention: cam: 2.0 % lost on the link']);
    list.value = [well];
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
    const { alerts, servers, told } = start();
    await alerts.chooseNotification(true);
    servers.value = [{ server: 'main', problem: 'down' }];
    expect(told).toEqual(['1 server needs attention: main is not reachable']);
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
    const allowed = start();
    await allowed.alerts.chooseNotification(true);
    allowed.alerts.chooseSound(true);
    expect(Object.fromEntries(allowed.kept)).toEqual({
      'mediamtx-monitor.notify': 'on',
      'mediamtx-monitor.sound': 'on',
    });
    const refused = start({ isAllowed: false });
    await refused.alerts.chooseNotification(true);
    expect(refused.alerts.notification.value).toBe('blocked');
    expect(refused.kept.size).toBe(0);
  });
});

test('of much that happens at once the first lines are told', () => {
  const streams = Array.from({ length: 9 }, (_, index) =>
    listed({ name: `cam${index}`, health: 'critical' }),
  );
  const [title, body] = alertWords({ streams, servers: [] }, TEXTS.de, createFormat('de'));
  expect(title).toBe('9 Streams brauchen Aufmerksamkeit');
  expect(body.split('\n')).toEqual(['cam0', 'cam1', 'cam2', 'cam3', '5 weitere']);
});
