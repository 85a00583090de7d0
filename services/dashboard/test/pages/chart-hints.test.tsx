/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { reason, srt } from '../support/connections.ts';
import { host, hostsMessage } from '../support/hosts.ts';
import { openPage, textOf } from '../support/page.tsx';
import { connectionsMessage, lastLive, missing, snapshot, stream } from '../support/records.ts';

const QUERY = '?stream=main/cam';

describe('what is said is known', () => {
  test('what is set isn’t called enough beside packets lost for good', () => {
    const { root, deliver } = openPage(QUERY);
    deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
    const loss = reason({ code: 'unrecovered-loss', measured: 0.6 });
    const sender = srt({ role: 'publish', health: 'warning', reasons: [loss] }, { latencyMs: 800 });
    deliver(({ onConnections }) => onConnections?.(connectionsMessage([sender])));
    const advice = textOf(root, '[aria-label="SRT latency"]');
    expect(advice).toContain('the link says otherwise: 0.6 % lost for good.');
    expect(advice).not.toContain('enough');
  });

  test.each([
    ['srtConn', 'No RTT is known of this stream right now.', 'No loss is known of this stream'],
    ['rtmpConn', 'Publishers over RTMP report no RTT', 'Publishers over RTMP report no loss'],
    ['rtspSession', 'Publishers over RTSP report no RTT', 'No loss is known of this stream'],
  ])(
    'a %s without numbers has none for its own reason, also while its server is down',
    (sourceType, rtt, loss) => {
      const { root, deliver } = openPage(QUERY);
      const source = { status: 'down', error: 'x', version: null } as const;
      const record = stream({
        state: 'unknown',
        health: 'unknown',
        sourceType,
        rttMs: null,
        linkLossPercent: null,
      });
      deliver(({ onStreams }) => onStreams?.(snapshot([record], { source })));
      expect(textOf(root, '.charts')).toContain(rtt);
      expect(textOf(root, '.charts')).toContain(loss);
      // What the protocol hasn't got takes no room; what may come yet does.
      for (const [name, said] of [
        ['Round-trip time', rtt],
        ['Loss', loss],
      ] as const) {
        const chart = root.querySelector(`figure[aria-label^="${name}"]`);
        expect(chart === null).toBe(said.includes('report no'));
      }
    },
  );

  test('nobody is said to watch or publish nothing while the server can’t be read', () => {
    const { root, deliver } = openPage(QUERY);
    const source = { status: 'down', error: 'x', version: null } as const;
    const record = missing({ state: 'unknown', health: 'unknown', last: null });
    deliver(({ onStreams }) => onStreams?.(snapshot([record], { source })));
    deliver(({ onConnections }) => onConnections?.(connectionsMessage([])));
    expect(textOf(root, '.part-publisher')).toContain('Who publishes it isn’t known');
    expect(root.textContent).toContain('Who watches isn’t known');
    expect(root.textContent).not.toMatch(/Nobody|Nothing is published/);
  });

  test('a host at its limits stands beside no “no trouble found”', () => {
    const { root, deliver } = openPage(QUERY);
    deliver(({ onStreams, onHosts }) => {
      onHosts?.(hostsMessage(host({ cpu: { ...host().cpu, percent: 100 } })));
      onStreams?.(snapshot([stream({ last: lastLive() })]));
    });
    // The stream is well, as the head of its page says, too.
    expect(textOf(root, '.cause')).toBe('No trouble found in the stream, but its host is at its limits');
    expect(textOf(root, '.evidence')).toContain('CPU is 100 % busy');
    // What is live isn't told as having been.
    expect(textOf(root, '.verdict')).not.toContain('Was live');
  });
});
