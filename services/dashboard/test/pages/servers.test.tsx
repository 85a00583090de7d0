/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { FULL_DISK } from '@mediamtx-monitor/testkit';
import { host, hostsMessage } from '../support/hosts.ts';
import { openPage, textOf } from '../support/page.tsx';
import { snapshot, stream } from '../support/records.ts';

/** 40 ms after a tick of 2 s began. */
const T40 = '2026-01-01T00:00:02.040Z';

describe('the servers’ page', () => {
  test('tells of a server what it says, what failed and what it lacks', () => {
    const { root, deliver } = openPage('?view=servers');
    deliver(({ onStreams }) =>
      onStreams?.(
        snapshot([stream()], {
          source: { status: 'timeout', error: 'No answer within 1500 ms', version: null },
          missing: ['srtconns', 'info'],
        }),
      ),
    );
    deliver(({ onStreams }) =>
      onStreams?.(snapshot([], { server: 'north', missing: ['srtconns', 'info'], publishedAt: T40 })),
    );
    const card = textOf(root, '.card:first-child');
    const north = textOf(root, '.card:last-child');
    expect(card).toContain('MediaMTX does not answer in time');
    expect(card).toContain('No answer within 1500 ms');
    expect(card).toContain('Version–');
    expect(card).not.toContain('srtconns');
    expect(north).toContain('MediaMTX answers');
    expect(north).toContain('srtconns and info');
    expect(north).toContain('v1.20.1');
    expect(north).toContain('Last tick took40 ms');
    expect(textOf(root, '.page-note')).toContain('No host agent');
  });

  test('tells in its language why a server can’t be read', () => {
    const { root, deliver } = openPage('?view=servers&lang=de');
    deliver(({ onStreams }) =>
      onStreams?.(
        snapshot([stream()], {
          source: { status: 'timeout', error: 'MediaMTX did not answer', version: null },
          sourceError: { code: 'timeout', values: { url: 'http://media:9997', timeoutMs: '1500' } },
        }),
      ),
    );
    const card = textOf(root, '.card');
    expect(card).toContain('MediaMTX unter http://media:9997 hat nicht innerhalb von 1500 ms geantwortet.');
    expect(card).not.toContain('did not answer');
  });

  test('tells of a host how busy it is, and what isn’t known of it', () => {
    const { root, deliver } = openPage('?view=servers');
    deliver(({ onHosts }) =>
      onHosts?.(hostsMessage(host({ disks: [FULL_DISK], cpu: { ...host().cpu, percent: null } }))),
    );
    expect(textOf(root, '.card-title')).toBe('Critical: box');
    expect(root.querySelector('.card-title .mark-critical')).not.toBeNull();
    expect(textOf(root, '.meter-critical')).toContain('Disk /');
    expect(textOf(root, '.meter-critical b')).toBe('Critical: 96 %');
    expect(textOf(root, '.meter-critical')).toContain('96.0 GB of 100 GB');
    expect(textOf(root, '.meter-unknown')).toContain('–');
    expect(textOf(root, '.facts')).toContain('10.0 · 20.0 Mbit/s');
  });

  test('doesn’t say that a server answers of which nothing is heard, nor that it doesn’t', () => {
    const { root, deliver, stale, age, look } = openPage('?view=servers', { ageMs: 16_000 });
    stale.add('main');
    deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
    expect(textOf(root, '.card p')).toBe('The monitor has had no data for 16 s; streams may be fine.');
    age.ms = 60_000;
    look();
    expect(textOf(root, '.card p')).toBe('No news of main for 1 min: its machine, its collector or Redis');
    expect(textOf(root, '.card')).not.toContain('MediaMTX answers');
  });

  test('says of a server that could not be read and fell silent what it last was, until that is a minute old', () => {
    const { root, deliver, stale, age, look } = openPage('?view=servers', { ageMs: 16_000 });
    const said = () => [...root.querySelectorAll('.card > p')].slice(0, 2).map((each) => each.textContent);
    stale.add('main');
    const source = { status: 'down', error: 'refused', version: null } as const;
    deliver(({ onStreams }) => onStreams?.(snapshot([], { source })));
    const down = 'MediaMTX is not reachable';
    expect(said()).toStrictEqual([down, 'The monitor has had no data for 16 s; streams may be fine.']);
    age.ms = 60_000;
    look();
    expect(said()).toStrictEqual(['No news of main for 1 min: its machine, its collector or Redis', down]);
  });

  test('greys out a host that fell silent', () => {
    const { root, deliver, stale } = openPage('?view=servers');
    stale.add('box');
    deliver(({ onHosts }) => onHosts?.(hostsMessage()));
    expect(textOf(root, '.stale')).toContain('last seen 2.5 s ago');
  });
});
