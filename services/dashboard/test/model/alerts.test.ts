import { describe, expect, test } from '@jest/globals';
import type { Reason } from '@mediamtx-monitor/types';
import { type PageAlert, newAlerts, NOTHING_SEEN, type FleetState } from '../../src/model/alerts.ts';
import type { FleetReason } from '../../src/model/fleet-reasons.ts';
import { type ListedStream, needsAttention } from '../../src/model/streams.ts';
import { reason } from '../support/connections.ts';
import { listed } from '../support/records.ts';

const offAir = reason({ code: 'off-air' });
const flapping = reason({ code: 'flapping', measured: 4 });
const loss = reason();
const critical = (one: Reason): Reason => ({ ...one, severity: 'critical' });

/** The stream with these reasons. */
function having(...reasons: readonly Reason[]): ListedStream {
  const isCritical = reasons.some(({ severity }) => severity === 'critical');
  return listed({ health: reasons.length === 0 ? 'ok' : isCritical ? 'critical' : 'warning', reasons });
}

const well = having();
const unknown = listed({}, { health: 'unknown', reasons: [], stale: true });

/** A fleet whose streams are given as they are listed. */
type Given = Partial<FleetState> & { readonly list?: readonly ListedStream[] };

function fleetState({ list = [well], ...given }: Given = {}): FleetState {
  return {
    serverIds: ['main'],
    hostIds: ['box'],
    ill: list.filter(needsAttention),
    unknown: list.flatMap(({ key, health }) => (health === 'unknown' ? [key] : [])),
    unknownServers: new Set(),
    reasons: [],
    silentServers: [],
    silentHosts: [],
    ...given,
  };
}

const nameOf = (alert: PageAlert): string => `${alert.code} ${alert.severity}`.trim();

/** What is told of pictures that follow each other, each so many seconds after the page was opened. */
function alertsOf(...pictures: readonly (readonly [second: number, given: Given])[]): string[][] {
  let { memory } = newAlerts(NOTHING_SEEN, fleetState(), 0);
  return pictures.map(([second, given]) => {
    const found = newAlerts(memory, fleetState(given), second * 1000);
    ({ memory } = found);
    return found.alerts.map(nameOf);
  });
}

describe('what someone is told of a stream', () => {
  test('a killed publisher, once for as long as it lasts', () => {
    const gone = { list: [having(offAir)] };
    expect(alertsOf([2, gone], [4, gone], [600, gone])).toStrictEqual([['off-air warning'], [], []]);
  });

  test('a publisher that comes and goes, once, whatever that is called', () => {
    const steps = Array.from({ length: 8 }, (_, index): [number, Given] => {
      const second = index * 10;
      if (index % 2 === 1) return [second, { list: [index > 4 ? having(flapping) : well] }];
      return [second, { list: [index > 4 ? having(offAir, flapping) : having(offAir)] }];
    });
    expect(alertsOf(...steps).flat()).toStrictEqual(['off-air warning']);
  });

  test('again after it was well for a minute, not before', () => {
    const gone = { list: [having(offAir)] };
    const back = { list: [well] };
    expect(alertsOf([0, gone], [10, back], [69, gone], [80, back], [141, gone])).toStrictEqual([
      ['off-air warning'],
      [],
      [],
      [],
      ['off-air warning'],
    ]);
  });

  test('that it is gone, also of one that was never quite well', () => {
    const gone = { list: [having(loss, offAir)] };
    const back = { list: [having(loss)] };
    expect(alertsOf([0, back], [10, gone], [20, back], [500, gone])).toStrictEqual([
      ['link-loss warning'],
      ['off-air warning'],
      [],
      ['off-air warning'],
    ]);
  });

  test.each([
    ['an unplugged camera that the server fetches', ['off-air', 'source-down', 'not-live']],
    ['an encoder that freezes and is dropped then', ['stalled', 'off-air', 'not-live']],
    ['one that comes and goes, and stays away', ['flapping', 'off-air', 'not-live']],
  ] as const)('%s is one story, told again only when it gets graver', (_, codes) => {
    const severities = ['warning', 'critical'] as const;
    const steps = severities.flatMap((severity, half) =>
      codes.map((code, index): [number, Given] => {
        const seconds = (half * codes.length + index) * 30;
        // What began before goes on, as the record has it.
        const reasons = codes.slice(0, index + 1).map((each) => reason({ code: each, severity }));
        return [seconds, { list: [having(...(index % 2 === 0 ? [reason({ code, severity })] : reasons))] }];
      }),
    );
    const all = alertsOf(...steps, [600, { list: [well] }], [660, { list: [having(offAir)] }]);
    expect(all.flat()).toStrictEqual([`${codes[0]} warning`, `${codes[0]} critical`, 'off-air warning']);
  });

  test('the gravest of a story that begins with several', () => {
    expect(alertsOf([0, { list: [having(offAir, critical(flapping))] }])).toStrictEqual([
      ['flapping critical'],
    ]);
    expect(alertsOf([0, { list: [having(flapping, offAir)] }])).toStrictEqual([['off-air warning']]);
  });

  test('when it gets critical, once; when it eases, nothing', () => {
    const mild = { list: [having(loss)] };
    const bad = { list: [having(critical(loss))] };
    expect(alertsOf([0, mild], [2, bad], [4, mild], [6, bad])).toStrictEqual([
      ['link-loss warning'],
      ['link-loss critical'],
      [],
      [],
    ]);
  });

  test('another reason that begins, the worst first', () => {
    const lossy = reason({ code: 'rtp-loss' });
    const both = { list: [having(loss, lossy, critical(reason({ code: 'stalled' })), flapping)] };
    expect(alertsOf([0, { list: [having(loss)] }], [2, both])).toStrictEqual([
      ['link-loss warning'],
      ['stalled critical', 'rtp-loss warning'],
    ]);
  });

  test('nothing of what nobody knows, and that is no minute of being well', () => {
    const gone = { list: [having(offAir)] };
    const nothing = { list: [unknown], silentServers: ['main'] };
    expect(
      alertsOf([0, gone], [10, { list: [well] }], [20, nothing], [200, nothing], [210, gone]),
    ).toStrictEqual([['off-air warning'], [], [], [], []]);
  });

  test('a record that goes with its reason counts as well', () => {
    const gone = { list: [having(offAir)] };
    expect(alertsOf([0, gone], [10, { list: [] }], [80, gone])).toStrictEqual([
      ['off-air warning'],
      [],
      ['off-air warning'],
    ]);
  });

  test('trouble that nobody gives a reason for', () => {
    expect(alertsOf([0, { list: [listed({ health: 'critical' })] }])).toStrictEqual([['critical']]);
  });
});

describe('what someone is told of servers and hosts', () => {
  const silent = (severity: 'warning' | 'critical'): FleetReason => ({
    code: 'no-data',
    server: 'main',
    host: null,
    severity,
  });
  const load = (percent: number, severity: 'warning' | 'critical'): FleetReason => ({
    code: 'host-load',
    host: 'box',
    severity,
    loads: [
      { kind: 'cpu', mount: null, percent, limitPercent: 75, severity },
      { kind: 'disk', mount: '/', percent: 90, limitPercent: 85, severity: 'warning' },
    ],
  });

  test('that nothing is heard, once it is an alarm', () => {
    const list = [unknown];
    expect(
      alertsOf([0, { list, reasons: [silent('warning')] }], [30, { list, reasons: [silent('critical')] }]),
    ).toStrictEqual([[], ['no-data critical']]);
  });

  test('each share of a host on its own, and when it gets critical', () => {
    expect(
      alertsOf(
        [0, { reasons: [load(80, 'warning')] }],
        [5, { reasons: [load(99, 'critical')] }],
        [10, { silentHosts: ['box'] }],
        [200, { reasons: [load(99, 'critical')] }],
      ),
    ).toStrictEqual([['cpu warning', 'disk / warning'], ['cpu critical'], [], []]);
  });

  test('of what is equally bad, servers and streams before hosts; what is worse before both', () => {
    const list = [having(loss)];
    const unread: FleetReason = { code: 'list-missing', server: 'main', lists: [], severity: 'warning' };
    expect(alertsOf([0, { list, reasons: [unread, load(80, 'warning')] }])).toStrictEqual([
      ['list-missing warning', 'link-loss warning', 'cpu warning', 'disk / warning'],
    ]);
    expect(alertsOf([0, { list, reasons: [load(99, 'critical'), unread] }])[0]?.[0]).toBe('cpu critical');
  });

  test('nothing of what a server or host brings with it, all of what happens to it later', () => {
    const ill = listed({ server: 'new', health: 'warning', reasons: [loss] });
    const later = listed({ server: 'new', health: 'warning', reasons: [loss, offAir] });
    const places = { serverIds: ['main', 'new'], hostIds: ['box', 'other'] };
    const other: FleetReason = { ...load(99, 'critical'), host: 'other' } as FleetReason;
    expect(
      alertsOf(
        [0, { ...places, list: [ill], reasons: [other] }],
        [2, { ...places, list: [later], reasons: [other] }],
      ),
    ).toStrictEqual([[], ['off-air warning']]);
  });
});

test('nothing is remembered of what was over for a minute', () => {
  let { memory } = newAlerts(NOTHING_SEEN, fleetState(), 0);
  for (let second = 0; second < 1_000; second += 1) {
    const list = [listed({ name: `cam${second}`, health: 'warning', reasons: [offAir] })];
    ({ memory } = newAlerts(memory, fleetState({ list }), second * 1000));
  }
  expect(memory.episodes.size).toBeLessThanOrEqual(61);
});
