/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { reason, srt } from '../../support/connections.ts';
import { openPage, textOf } from '../../support/page.tsx';
import { connectionsMessage, missing, snapshot, stream } from '../../support/records.ts';

const QUERY = '?stream=main/cam';

describe('the page of a stream that isn’t live', () => {
  const T10 = '2026-01-01T00:10:00.000Z';
  const offAir = missing({ health: 'warning', reasons: [reason({ code: 'off-air' })] });

  test('keeps its charts, publisher and media', () => {
    const { root, deliver } = openPage(QUERY);
    deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
    deliver(({ onStreams }) => onStreams?.(snapshot([offAir], { seq: 2, publishedAt: T10 })));
    deliver(({ onConnections }) => onConnections?.(connectionsMessage([])));
    expect(textOf(root, '.stream-head')).toContain('Warning · Missing');
    expect(textOf(root, '.stream-head')).toContain('last live 5 min ago');
    expect(textOf(root, '.cause')).toBe('Warning: Off air');
    expect(textOf(root, '.verdict-facts')).toMatch(
      /^Since.*Was live for1 h.*CauseUpstream of the server: the publisher.*Affected3 viewers, who were watching.*byann, 192\.0\.2\.7:1 · SRT · OBS/,
    );
    expect(root.querySelectorAll('.chart').length).toBeGreaterThan(2);
    expect(textOf(root, '.charts-head')).toContain('Seen by this page since');
    expect(textOf(root, '.part-publisher')).toContain('Last: ann, 192.0.2.7:1');
    expect(textOf(root, '[aria-labelledby=media-title]')).toContain(
      'when it was last live:VideoH264, 1920 × 1080',
    );
    expect(textOf(root, '.charts')).not.toContain('Only publishers');
  });

  test('names the publisher that this page saw, where the collector keeps none', () => {
    const { root, deliver } = openPage(QUERY);
    deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
    const sender = srt({ id: 'p', role: 'publish', remoteAddr: '192.0.2.9:1' });
    deliver(({ onConnections }) => onConnections?.(connectionsMessage([sender])));
    deliver(({ onStreams, onConnections }) => {
      onStreams?.(snapshot([missing({ state: 'idle', last: null })], { seq: 2 }));
      onConnections?.(connectionsMessage([], 2));
    });
    expect(textOf(root, '.verdict-facts')).toContain('Last published by192.0.2.9:1 · SRT');
    expect(textOf(root, '.part-publisher')).toContain('Last: 192.0.2.9:1');
  });

  test('is at rest when nothing says that it should be live, and never “no trouble found”', () => {
    const { root, deliver } = openPage(QUERY);
    deliver(({ onStreams }) => onStreams?.(snapshot([missing({ state: 'idle' })])));
    expect(textOf(root, '.cause')).toContain('At rest');
    expect(root.querySelector('.cause .mark-rest')).not.toBeNull();
    // The server is well, and nothing else is called so.
    expect(
      [...root.querySelectorAll('.mark-ok')].map((mark) => mark.closest('.part')?.className),
    ).toStrictEqual(['part part-server part-ok']);
    expect(textOf(root, '.stream-head')).not.toContain('OK');
  });

  test('keeps for a while what this page saw of one that isn’t listed any more', () => {
    const { root, deliver } = openPage(QUERY);
    deliver(({ onStreams }) => onStreams?.(snapshot([stream(), stream({ name: 'other' })])));
    deliver(({ onStreams }) =>
      onStreams?.(snapshot([stream({ name: 'other' })], { seq: 2, publishedAt: T10 })),
    );
    expect(textOf(root, '.cause')).toContain('doesn’t list this stream any more');
    expect(textOf(root, '.verdict-facts')).toMatch(/^Ended.*, 10 min ago/);
    expect(textOf(root, '[aria-labelledby=media-title]')).toContain('when it was last live:VideoH264');
    expect(textOf(root, '.part-publisher')).toContain('nobody publishes');
    expect(root.querySelectorAll('.chart').length).toBeGreaterThan(2);
    expect(root.textContent).not.toContain('isn’t there');
  });
});
