/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { reason, srt } from '../../support/connections.ts';
import { openPage, textOf } from '../../support/page.tsx';
import { connectionsMessage, missing, snapshot, stream } from '../../support/records.ts';

const QUERY = '?stream=main/cam';

describe('a stream that is fetched or sent on', () => {
  const nasty = '<img src=x> rtsp://cam/';
  const pull = { onDemand: false, state: 'error', error: nasty };
  const down = reason({ code: 'source-down', severity: 'critical', detail: nasty });

  test('says what MediaMTX says of its source, as text', () => {
    const { root, deliver } = openPage(QUERY);
    const camera = missing({ state: 'waiting', health: 'critical', reasons: [down], pull, last: null });
    deliver(({ onStreams }) => onStreams?.(snapshot([camera])));
    deliver(({ onConnections }) => onConnections?.(connectionsMessage([])));
    expect(textOf(root, '.cause')).toBe('Critical: Source can’t be fetched');
    expect(textOf(root, '.verdict-facts')).toContain('the source, or the link');
    expect(textOf(root, '.evidence')).toContain(`Source can’t be fetched: ${nasty}.`);
    expect(textOf(root, '[aria-labelledby=publisher-title]')).toBe(
      `SourceFetchedall the timeStatefailingMediaMTX says${nasty}`,
    );
    expect([root.querySelector('img'), root.querySelector('[href*=rtsp]')]).toStrictEqual([null, null]);
  });

  test('shows the link of its source as a publisher’s', () => {
    const { root, deliver } = openPage(QUERY);
    deliver(({ onStreams }) => onStreams?.(snapshot([stream({ sourceType: 'srtSource', pull })])));
    const link = srt({ id: 'pull:cam', role: 'publish', remoteAddr: null }, { rttMs: 33 });
    deliver(({ onConnections }) => onConnections?.(connectionsMessage([link])));
    expect(textOf(root, '.connections tbody')).toContain('33 ms');
  });

  test('lists its forwards, with what MediaMTX says of each, as text', async () => {
    const { root, deliver } = openPage(QUERY);
    const forward = {
      position: 1,
      protocol: 'rtmp',
      state: 'forwarding',
      error: null,
      remoteAddr: '192.0.2.3:1935',
      outboundBytes: 5e6,
      outboundMbps: 4.5,
    };
    const failing = {
      ...forward,
      position: 2,
      state: 'error',
      error: nasty,
      remoteAddr: null,
      outboundMbps: null,
    };
    const reasons = [reason({ code: 'forward-failing', measured: 1 })];
    deliver(({ onStreams }) =>
      onStreams?.(snapshot([stream({ health: 'warning', reasons, forwards: [forward, failing] })])),
    );
    const rows = await eventually(() => {
      const all = [...root.querySelectorAll('[aria-labelledby=forwards-title] tbody tr')];
      expect(all).toHaveLength(2);
      return all.map(({ textContent }) => textContent);
    });
    expect(rows[0]).toBe('1RTMP192.0.2.3:1935connecting or sending4.505.00 MB');
    expect(rows[1]).toContain(`failing–unknown5.00 MB${nasty}`);
    expect(textOf(root, '.verdict-facts')).toContain('Forwarding to another server');
    expect(textOf(root, '.part-forwards')).toContain('1 failing');
    expect(root.querySelector('img')).toBeNull();
  });
});
