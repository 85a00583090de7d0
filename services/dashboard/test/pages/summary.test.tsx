/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { reason } from '../support/connections.ts';
import { host, hostsMessage } from '../support/hosts.ts';
import { snapshot, stream } from '../support/records.ts';
import { openPage, spoken, textOf } from '../support/page.tsx';

const OPEN = { state: 'open', transport: 'websocket' } as const;

describe('the truth, above everything', () => {
  test('old data says when it was last seen, and accuses nobody', () => {
    const { root, deliver, stale, age, look } = openPage('', { ageMs: 16_000 });
    stale.add('main');
    deliver(({ onState, onStreams }) => {
      onState?.(OPEN);
      onStreams?.(snapshot([stream({ health: 'critical' })]));
    });
    expect(textOf(root, '.stale .col-health')).toBe('last seen 16 s ago');
    expect(textOf(root, '.truth-unknown h1')).toBe(
      'The monitor has had no data for 16 s; streams may be fine.',
    );
    expect(root.querySelector('.server-chip .mark-unknown')).not.toBeNull();
    age.ms = 31_000;
    look();
    expect(textOf(root, '.truth-warning h1')).toBe('Warning: The monitor has had no data for 31 s');
    age.ms = 75_000;
    look();
    expect(textOf(root, '.truth-critical h1')).toBe(
      'Critical: No data from main for 1 min 15 s: it may be its host, its collector or Redis',
    );
  });

  test('the icon has how many need attention, and never 0 while nobody knows', () => {
    const { badges, deliver } = openPage();
    const show = (health: 'critical' | 'ok'): void => {
      deliver(({ onState, onStreams }) => {
        onState?.(OPEN);
        onStreams?.(snapshot([stream({ health }), stream({ name: 'other', health })]));
      });
    };
    show('critical');
    show('ok');
    deliver(({ onState }) => onState?.({ state: 'waiting', retryInMs: 4_000, code: 'lost', reason: '' }));
    expect(badges).toStrictEqual([null, 2, 0, null]);
  });

  test('a machine that is silent with its server is named', () => {
    const { root, deliver, stale } = openPage('', { ageMs: 60_000 });
    stale.add('main').add('box');
    deliver(({ onState, onStreams, onHosts }) => {
      onState?.(OPEN);
      onHosts?.(hostsMessage());
      onStreams?.(snapshot([stream()]));
    });
    expect(textOf(root, 'h1')).toBe(
      'Critical: No data from main for 1 min, nor from its host box: it may be that host, its network or Redis',
    );
  });

  test('of several servers the silent one is named', () => {
    const { root, deliver, stale } = openPage('', { ageMs: 16_000 });
    stale.add('b');
    deliver(({ onState, onStreams }) => {
      onState?.(OPEN);
      onStreams?.(snapshot([stream()]));
      onStreams?.(snapshot([stream({ server: 'b' })], { server: 'b' }));
    });
    expect(textOf(root, 'h1')).toBe('The monitor has had no data from b for 16 s; streams may be fine.');
  });

  test('what is unknown stands beside no green “All well”', async () => {
    for (const [query, sentence] of [
      ['', 'No trouble known, but 2 streams are unknown'],
      ['?lang=de', 'Keine Störung bekannt, aber 2 Streams sind unbekannt'],
    ] as const) {
      const page = openPage(query);
      const { root, deliver } = page;
      await spoken(page);
      const streams = ['a', 'b', 'c'].map((name) =>
        stream({ name, health: name === 'c' ? 'ok' : 'unknown' }),
      );
      deliver(({ onState, onStreams }) => {
        onState?.(OPEN);
        onStreams?.(snapshot(streams));
      });
      expect(textOf(root, '.truth-unknown h1')).toBe(sentence);
    }
  });

  test('a list that can’t be read is said, and makes worse trouble no smaller', () => {
    const { root, deliver } = openPage();
    const lists = { missing: ['srtconns'] };
    deliver(({ onState, onStreams }) => {
      onState?.(OPEN);
      onStreams?.(snapshot([stream()], lists));
    });
    expect(textOf(root, '.truth-warning h1')).toBe('Warning: Server main can’t be read fully: srtconns');
    expect(textOf(root, '.server-chip')).toBe('Warning: maincan’t read srtconns');
    expect(root.querySelector('.server-chip .mark-ok')).toBeNull();
    const ill = stream({ health: 'critical', reasons: [reason({ severity: 'critical' })] });
    deliver(({ onStreams }) => onStreams?.(snapshot([ill], { ...lists, seq: 2 })));
    expect(textOf(root, '.truth-critical h1')).toBe('Critical: 1 stream needs attention');
    expect(textOf(root, '.truth-detail')).toContain('srtconns');
  });

  test('a host at its limits is part of the sentence', () => {
    const { root, deliver } = openPage();
    const busy = host({ host: 'main', cpu: { ...host().cpu, percent: 100 } });
    deliver(({ onState, onStreams, onHosts }) => {
      onState?.(OPEN);
      onStreams?.(snapshot([stream()]));
      onHosts?.(hostsMessage(busy));
    });
    expect(textOf(root, '.truth-warning h1')).toBe('Warning: Host main: CPU at 100 %');
    deliver(({ onStreams }) =>
      onStreams?.(snapshot([stream({ health: 'critical' })], { seq: 2, missing: ['info'] })),
    );
    expect(textOf(root, 'h1')).toBe('Critical: 1 stream needs attention');
    expect(textOf(root, '.truth-detail')).toMatch(/cam.*info.*Host main: CPU at 100 %/);
  });

  test('a server that is down is named by the sentence, however busy its host', () => {
    const { root, deliver } = openPage();
    const source = { status: 'down', error: 'x', version: null } as const;
    deliver(({ onState, onStreams, onHosts }) => {
      onState?.(OPEN);
      onStreams?.(snapshot([], { source }));
      onHosts?.(hostsMessage(host({ memory: { ...host().memory, usedPercent: 96 } })));
    });
    expect(textOf(root, 'h1')).toBe('Critical: Server main is not reachable');
    expect(textOf(root, '.truth-detail')).toContain('Host box: memory 96 % full');
    expect(textOf(root, '.truth-detail')).not.toContain('Server main');
  });

  test('without any age nothing is made up', () => {
    const { root, deliver } = openPage('', { ageMs: null });
    deliver(({ onStreams, onState }) => {
      onStreams?.(snapshot([stream()]));
      onState?.({ state: 'waiting', retryInMs: 4_000, code: 'unreachable', reason: '' });
    });
    expect(textOf(root, 'h1')).toBe('Unknown: no update so far');
  });
});
