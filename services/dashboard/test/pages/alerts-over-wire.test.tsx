/** @jest-environment jsdom */
import { expect, test } from '@jest/globals';
import { alertRecord } from '@mediamtx-monitor/testkit';
import type {
  Alert,
  AlertsMessage,
  MessageHead,
  StatusMessage,
  StreamRecord,
  StreamsMessage,
} from '@mediamtx-monitor/types';
import { reason } from '../support/connections.ts';
import { host, hostsMessage } from '../support/hosts.ts';
import { openPage, textOf } from '../support/page.tsx';
import { missing, snapshot, stream } from '../support/records.ts';
import { toldOf } from '../support/told.ts';
import { createWire } from '../support/wire.ts';

const WELL = [stream()];
const ILL = [stream({ health: 'critical' })];

function message(
  seq: number,
  streams: readonly StreamRecord[],
  given: Partial<MessageHead> = {},
): StreamsMessage {
  return snapshot(streams, { seq, ...given });
}

function status(server: string, ageMs: number): StatusMessage {
  return { type: 'status', server, ageMs, stale: ageMs > 6_000 };
}

/** A page that was asked to notify, with a connection just opened. */
async function start() {
  const wire = createWire();
  const page = openPage('', {
    connect: wire.connect,
    timers: wire.timers,
    monotonicMs: wire.timers.monotonicMs,
  });
  await page.dashboard.notifier.chooseNotification(true);
  await wire.open();
  return {
    ...page,
    ...wire,
    send: (...messages: readonly object[]) => {
      page.do(() => {
        wire.send(...messages);
      });
    },
    /** A tick each 2 s. */
    ticks: (count: number, message: (seq: number) => object, firstSeq: number) => {
      for (let index = 0; index < count; index += 1) {
        page.do(() => {
          wire.send(message(firstSeq + index));
        });
        page.wait(2_000);
      }
    },
    summary: () => textOf(page.root, 'h1'),
  };
}

test('what is ill when the page is opened is no news, on no server; what gets ill later is', async () => {
  const { send, ticks, notifications } = await start();
  const other = [stream({ server: 'other', name: 'x', health: 'warning' })];
  send(message(1, ILL), status('main', 100));
  send(message(1, other, { server: 'other' }), status('other', 9_000));
  ticks(4, (seq) => message(seq, ILL), 2);
  expect(notifications).toStrictEqual([]);
  send(message(9, [...ILL, stream({ name: 'next', health: 'warning' })]));
  expect(notifications).toStrictEqual([['1 stream needs attention', 'main / next']]);
});

test('a server that comes later brings no news with it', async () => {
  const { send, ticks, notifications } = await start();
  ticks(4, (seq) => message(seq, WELL), 1);
  send(message(1, [stream({ server: 'late', health: 'critical' })], { server: 'late' }));
  expect(notifications).toStrictEqual([]);
});

test('after an outage nothing is said of servers that go on, and the truth doesn’t flash', async () => {
  const page = await start();
  const { send, ticks, notifications, summary } = page;
  send(message(1, WELL), status('main', 100));
  ticks(4, (seq) => message(seq, WELL), 2);
  expect(summary()).toBe('All well');
  page.do(page.cut);
  page.wait(20_000);
  await page.open();
  page.wait(1_000);
  expect(summary()).toMatch(/^Unknown/);
  send(message(30, WELL), status('main', 100));
  expect(summary()).toBe('All well');
  ticks(4, (seq) => message(seq, WELL), 31);
  expect([summary(), notifications]).toStrictEqual(['All well', []]);
});

test('a server that fell silent during an outage is told once it has been silent for a minute, once', async () => {
  const page = await start();
  const { send, ticks, notifications, summary } = page;
  // The API goes on to say that there is nothing new.
  let silentMs = 20_000;
  const pass = (ms: number): void => {
    for (let passed = 0; passed < ms; passed += 2_000) {
      page.wait(2_000);
      silentMs += 2_000;
      send(status('main', silentMs));
      page.look();
    }
  };
  ticks(4, (seq) => message(seq, WELL), 1);
  page.do(page.cut);
  page.wait(20_000);
  await page.open();
  send(message(4, WELL), status('main', 20_000));
  expect(notifications).toStrictEqual([]);
  pass(6_000);
  expect(summary()).toBe('The monitor has had no data for 26 s; streams may be fine.');
  pass(24_000);
  expect(summary()).toBe('Warning: The monitor has had no data for 50 s');
  expect(notifications).toStrictEqual([]);
  pass(10_000);
  expect(summary()).toBe('Critical: No data from main for 1 min: it may be its host, its collector or Redis');
  pass(60_000);
  expect(notifications).toStrictEqual([
    [
      '1 server or host needs attention',
      'No data from main for 1 min: it may be its host, its collector or Redis',
    ],
  ]);
});

test('a server that can’t be read is not silent; one that is switched off then is', async () => {
  const page = await start();
  const { send, ticks, summary, root } = page;
  // Its data is 90 s old, and its collector goes on to say why.
  const down: Partial<MessageHead> = {
    source: { status: 'down', error: 'refused', version: null },
    collectedAt: '2026-01-01T00:00:00.000Z',
    publishedAt: '2026-01-01T00:01:30.000Z',
  };
  ticks(4, (seq) => message(seq, [], down), 1);
  let silentMs = 2_000;
  const silentFor = (ms: number): readonly string[] => {
    for (; silentMs < ms; silentMs += 2_000) {
      page.wait(2_000);
      send(status('main', 92_000 + silentMs));
      page.look();
    }
    return [summary(), textOf(root, '.truth-detail')];
  };
  const unreachable = 'Critical: Server main is not reachable';
  expect(silentFor(2_000)).toStrictEqual([unreachable, '']);
  expect(silentFor(20_000)).toStrictEqual([
    unreachable,
    'The monitor has had no data for 20 s; streams may be fine.',
  ]);
  expect(silentFor(60_000)).toStrictEqual([
    'Critical: No data from main for 1 min: it may be its host, its collector or Redis',
    unreachable,
  ]);
  expect(textOf(root, '.server-chip')).not.toContain('reachable');
});

test('what gets ill during an outage is told', async () => {
  const page = await start();
  const { send, ticks, notifications } = page;
  ticks(4, (seq) => message(seq, WELL), 1);
  page.do(page.cut);
  page.wait(10_000);
  await page.open();
  send(message(9, ILL), status('main', 100));
  page.wait(5_000);
  expect(notifications).toStrictEqual([['1 stream needs attention', 'cam']]);
});

test('the loss of the monitor is told after 30 s, once', async () => {
  const page = await start();
  page.ticks(4, (seq) => message(seq, WELL), 1);
  page.do(page.cut);
  page.wait(29_000);
  expect(page.notifications).toStrictEqual([]);
  page.wait(1_000);
  page.wait(60_000);
  expect(page.notifications).toStrictEqual([
    ['The monitor can’t be reached', 'How the streams are is unknown until it is back.'],
  ]);
});

test('a server that is gone is no trouble and no part of the fleet any more', async () => {
  const { send, ticks, summary, notifications } = await start();
  send(message(1, WELL), status('main', 100), message(1, WELL, { server: 'old' }), status('old', 50_000_000));
  ticks(4, (seq) => message(seq, WELL), 2);
  expect(summary()).toContain('old');
  send({ type: 'status', server: 'old', ageMs: 86_400_001, stale: true, gone: true });
  ticks(1, (seq) => message(seq, WELL), 6);
  expect(summary()).not.toContain('old');
  expect(notifications).toStrictEqual([]);
});

test('a flapping publisher is told once, a killed one too', async () => {
  const { send, ticks, notifications, wait } = await start();
  ticks(4, (seq) => message(seq, WELL), 1);
  const offAir = [missing({ health: 'warning', reasons: [reason({ code: 'off-air' })] })];
  for (let seq = 10; seq < 50; seq += 1) {
    send(message(seq, seq % 10 < 5 ? offAir : WELL));
    wait(2_000);
  }
  const notified = [['1 stream needs attention', 'cam: Off air']];
  expect(notifications).toStrictEqual(notified);
  ticks(40, (seq) => message(seq, WELL), 50);
  ticks(3, (seq) => message(seq, offAir), 90);
  expect(notifications).toStrictEqual([...notified, ...notified]);
});

test('a machine at its limits is told with its figure', async () => {
  const { send, ticks, notifications } = await start();
  send(message(1, WELL), status('main', 100), hostsMessage(host()));
  ticks(4, (seq) => message(seq, WELL), 2);
  send(hostsMessage(host({ cpu: { ...host().cpu, percent: 100 } }), { seq: 2 }));
  expect(notifications).toStrictEqual([['1 server or host needs attention', 'Host box: CPU at 100 %']]);
});

/** A message of the alerter. */
const told = (seq: number, alerts: readonly Alert[]): AlertsMessage => toldOf(alerts, { seq });
const atWork = (ageMs = 0): StatusMessage => ({
  ...{ type: 'status', topic: 'alerts', ageMs, stale: ageMs > 15_000 },
});

test('where an alerter is at work, what it says is told, and nothing else', async () => {
  const { send, ticks, notifications } = await start();
  send(message(1, WELL), status('main', 100), told(1, []), atWork());
  ticks(4, (seq) => message(seq, WELL), 2);
  ticks(3, (seq) => message(seq, ILL), 6);
  expect(notifications).toStrictEqual([]);
  send(
    told(2, [
      alertRecord({ subject: { kind: 'stream', server: 'main', stream: 'cam' } }),
      alertRecord({ id: 'a2', silencedBy: 's1' }),
    ]),
  );
  expect(notifications).toStrictEqual([['1 stream needs attention', 'cam: Off air']]);
  send(told(3, [alertRecord({ subject: { kind: 'stream', server: 'main', stream: 'cam' } })]));
  expect(notifications).toHaveLength(1);
  const [off] = alertRecord().reasons;
  if (off === undefined) throw new Error('it has a reason');
  send(
    told(4, [
      alertRecord({
        ...{ id: 'a3', subject: { kind: 'host', host: 'box' } },
        reasons: [{ ...off, code: 'cpu-high', measured: 100, limit: 95 }],
      }),
      alertRecord({
        ...{ id: 'a4', subject: { kind: 'server', server: 'main' }, severity: 'warning' },
        reasons: [{ ...off, code: 'server-unreachable' }],
      }),
    ]),
  );
  expect(notifications[1]?.[0]).toBe('2 servers or hosts need attention');
  expect(notifications[1]?.[1]).toMatch(/^Host box: .*100.*\nServer main: /);
});

test('once the alerter isn’t running any more, the page sees for itself', async () => {
  const { send, ticks, notifications } = await start();
  send(message(1, WELL), status('main', 100), told(1, []), atWork());
  ticks(4, (seq) => message(seq, WELL), 2);
  send(atWork(16_000));
  send(message(9, ILL));
  expect(notifications).toStrictEqual([['1 stream needs attention', 'cam']]);
});

test('what the alerter has told is told no second time when it goes', async () => {
  const { send, ticks, notifications } = await start();
  send(message(1, WELL), status('main', 100));
  ticks(4, (seq) => message(seq, WELL), 2);
  send(told(1, []), atWork());
  ticks(3, (seq) => message(seq, ILL), 6);
  send(told(2, [alertRecord({ subject: { kind: 'stream', server: 'main', stream: 'cam' } })]));
  expect(notifications).toHaveLength(1);
  send(atWork(16_000));
  ticks(3, (seq) => message(seq, ILL), 9);
  expect(notifications).toHaveLength(1);
});
