/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { reason } from '../support/connections.ts';
import { lastLive, missing, snapshot, stream, totals } from '../support/records.ts';
import { openPage, spoken, textOf } from '../support/page.tsx';

const OPEN = { state: 'open', transport: 'websocket' } as const;

describe('streams that aren’t live', () => {
  const publishedAt = '2026-01-01T00:10:00.000Z';
  const idle = stream({ name: 'idle', state: 'idle', sourceType: null, tracks: [] });
  const resting = [
    idle,
    stream({
      ...idle,
      name: 'waiting',
      state: 'waiting',
      pull: { onDemand: true, state: null, error: null },
    }),
    stream({ ...idle, name: 'standby', state: 'standby' }),
    missing({ name: 'missing', expectedBy: 'configuration' }),
  ];

  test.each([
    ['', '.row', 'All well', '1 live, 4 at rest'],
    ['?view=cards', '.stream-card', 'All well', '1 live, 4 at rest'],
    ['?lang=de', '.row', 'Alles in Ordnung', '1 live, 4 ruhend'],
  ])('at rest: hollow, grey and never OK (%s)', async (query, item, sentence, detail) => {
    const page = openPage(query);
    const { root, deliver } = page;
    await spoken(page);
    deliver(({ onState, onStreams }) => {
      onState?.(OPEN);
      onStreams?.(snapshot([stream({ name: 'live' }), ...resting], { publishedAt }));
    });
    expect([textOf(root, 'h1'), textOf(root, '.truth-detail')]).toStrictEqual([sentence, detail]);
    const items = [...root.querySelectorAll(item)];
    expect(items.length).toBe(5);
    for (const one of items) {
      const isLive = one.getAttribute('data-key') === 'main/live';
      expect(one.querySelector(isLive ? '.mark-ok' : '.mark-rest')).not.toBeNull();
      if (!isLive) expect(one.textContent).not.toContain('OK');
    }
  });

  test('say when they were last live, and what is wrong about it', () => {
    const { root, deliver } = openPage();
    const offAir = missing({ name: 'off', health: 'warning', reasons: [reason({ code: 'off-air' })] });
    deliver(({ onState, onStreams }) => {
      onState?.(OPEN);
      onStreams?.(
        snapshot([offAir, missing({ name: 'over', state: 'idle' })], {
          publishedAt,
          totals: totals({ streams: 1, missing: 1 }),
        }),
      );
    });
    expect(textOf(root, '.truth-warning h1')).toBe('Warning: 1 stream needs attention');
    expect(textOf(root, '[data-key="main/off"] .col-state')).toBe('Missing');
    expect(textOf(root, '[data-key="main/off"] .col-health')).toBe('Off air · last live 5 min ago');
    expect(textOf(root, '[data-key="main/over"] .col-health')).toBe('last live 5 min ago');
    expect(root.querySelector('.row .mark-ok')).toBeNull();
    expect(textOf(root, '.totals')).toContain('of 2, 1 missing');
  });

  test('can be filtered by their state, and the worst reason leads', () => {
    const { root, deliver } = openPage('?state=missing');
    const reasons = [reason(), reason({ code: 'not-live', severity: 'critical', detail: '<b>gone</b>' })];
    deliver(({ onStreams }) =>
      onStreams?.(
        snapshot([stream(), missing({ name: 'off', health: 'critical', reasons, last: lastLive() })]),
      ),
    );
    expect(root.querySelectorAll('.row')).toHaveLength(1);
    expect(textOf(root, '.row .col-health')).toContain('Expected, but not live +1');
    expect(root.querySelector('.reasons')?.getAttribute('title')).toContain(
      'Expected, but not live: <b>gone</b>\n2.0 % lost on the link',
    );
  });

  test('older collectors leave out what is new', () => {
    const { root, deliver } = openPage();
    deliver(({ onState, onStreams }) => {
      onState?.(OPEN);
      onStreams?.(snapshot([idle, stream()]));
    });
    expect(textOf(root, '[data-key="main/idle"] .col-health')).toBe('At rest');
    expect(textOf(root, '.totals')).not.toContain('missing');
  });
});
