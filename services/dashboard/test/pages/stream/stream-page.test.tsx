/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { StreamsMessage, StreamState } from '@mediamtx-monitor/types';
import { openPage, textOf } from '../../support/page.tsx';
import { reason, slow, srt } from '../../support/connections.ts';
import { host, hostsMessage } from '../../support/hosts.ts';
import {
  connectionsMessage,
  lastLive,
  missing,
  serversMessage,
  snapshot,
  stream,
} from '../../support/records.ts';

const QUERY = '?stream=main/cam';

describe('a stream’s page', () => {
  test('tells what it knows before connections have come', () => {
    const { root, deliver } = openPage(QUERY);
    deliver(({ onStreams }) =>
      onStreams?.(snapshot([stream({ health: 'warning', reasons: [reason()] }), stream({ name: 'other' })])),
    );
    expect(textOf(root, 'h2')).toContain('cam');
    expect(textOf(root, '.cause')).toBe('Warning: 2.0 % lost on the link');
    expect(textOf(root, '.verdict-facts')).toContain('Cause' + 'Upstream of the server: the publisher');
    expect(textOf(root, '.connections')).toContain('Waiting for connections');
  });

  test('names the publisher and every viewer, with what their protocols tell', () => {
    const { root, deliver } = openPage(QUERY);
    deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
    const sender = srt({ id: 'p', role: 'publish', remoteAddr: '192.0.2.7:1' }, { rttP95Ms: 60 });
    deliver(({ onConnections }) => onConnections?.(connectionsMessage([sender, slow('v')])));
    const [publisher, viewers] = [...root.querySelectorAll('.connections')].map(
      ({ textContent }) => textContent,
    );
    expect(publisher).toContain('192.0.2.7:1');
    expect(publisher).toContain('better 240 ms');
    expect(viewers).toContain('Too slow: 3.00/s discarded');
    expect(textOf(root, '[aria-label="SRT latency"]')).toContain('p95 of RTT 60 ms × 4 = 240 ms,');
    expect(textOf(root, '.verdict-facts')).toContain('Its only viewer');
  });

  test('the latency worth setting adds up; what is set isn’t called enough when it isn’t known', () => {
    const { root, deliver } = openPage(QUERY);
    deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
    const sender = srt({ role: 'publish' }, { rttP95Ms: 33.33, linkLossPercent: 3.2, latencyMs: null });
    deliver(({ onConnections }) => onConnections?.(connectionsMessage([sender])));
    const advice = textOf(root, '[aria-label="SRT latency"]');
    expect(advice).toContain('33.4 ms × 5 = 167 ms, rounded up to the next 10 ms');
    expect(advice).toContain('What is set isn’t known.');
    expect(advice).not.toContain('enough');
  });

  test.each(['__proto__', 'constructor', 'asleep'])('shows the state %j as it is spelt', (state) => {
    const { root, deliver } = openPage(QUERY);
    const odd = { state: state as StreamState, pull: { onDemand: true, state, error: null } };
    deliver(({ onStreams }) => onStreams?.(snapshot([stream(odd)])));
    deliver(({ onConnections }) => onConnections?.(connectionsMessage([])));
    expect(textOf(root, '.state')).toBe(state);
    expect(textOf(root, '[aria-labelledby=publisher-title]')).toContain(state);
    expect(textOf(root, '.part-source')).toContain(state);
  });

  test('a host that has fallen silent is blamed for nothing', () => {
    const { root, deliver, stale } = openPage(QUERY);
    const busy = host({ cpu: { ...host().cpu, percent: 97 } });
    deliver(({ onStreams, onHosts }) => {
      onHosts?.(hostsMessage(busy));
      onStreams?.(snapshot([stream()]));
    });
    expect(textOf(root, '.evidence')).toContain('The host’s CPU is 97 % busy.');
    stale.add(busy.host);
    deliver(({ onStreams }) => onStreams?.(snapshot([stream()], { seq: 2 })));
    expect(textOf(root, '.evidence')).not.toContain('CPU');
  });

  test('is as red as everything else when its server can’t be read', () => {
    const { root, deliver } = openPage(QUERY);
    const source = { status: 'timeout', error: 'x', version: null } as const;
    deliver(({ onStreams }) => onStreams?.(snapshot([stream({ health: 'unknown' })], { source })));
    expect(textOf(root, '.cause')).toBe('Critical: MediaMTX does not answer in time');
    expect(textOf(root, '.verdict-facts')).toContain('The server or its network');
    expect(root.querySelector('.cause .mark-critical')).not.toBeNull();
  });

  test('says that no data came any more before it went', () => {
    const { root, deliver } = openPage(QUERY);
    const last = lastLive({ wasStalled: true });
    const reasons = [reason({ code: 'off-air', severity: 'critical' })];
    deliver(({ onStreams }) => onStreams?.(snapshot([missing({ health: 'critical', reasons, last })])));
    expect(textOf(root, '.evidence')).toContain('No data came any more before it went.');
  });

  test.each(['missing', 'unknown'] as const)('no bytes are told of a stream that is %s', (state) => {
    const { root, deliver } = openPage(QUERY);
    const gone = { bytesReceived: 0, bytesSent: 0, state };
    deliver(({ onStreams }) => onStreams?.(snapshot([missing(gone)])));
    expect(textOf(root, '[aria-labelledby=media-title]')).not.toContain('0 B');
    deliver(({ onStreams }) => onStreams?.(snapshot([stream({ ...gone, state: 'live' })], { seq: 2 })));
    expect(textOf(root, '[aria-labelledby=media-title]')).toContain('Received0 B');
  });

  test('says who isn’t known rather than that nobody watches', () => {
    const { root, deliver } = openPage(QUERY);
    deliver(({ onStreams }) => onStreams?.(snapshot([stream({ readers: 5 })])));
    deliver(({ onConnections }) => onConnections?.(connectionsMessage([])));
    expect(textOf(root, '.evidence')).toContain('Of 5 viewers nothing is known.');
    deliver(({ onConnections }) => onConnections?.({ ...connectionsMessage([], 2), missing: ['srtconns'] }));
    expect(textOf(root, '.evidence')).toContain('Not all connections could be read');
    expect(root.textContent).not.toContain('Nobody is watching');
  });

  test('says when the stream isn’t there, and shows it when it comes back', () => {
    const { root, deliver } = openPage(QUERY);
    expect(textOf(root, '.nothing')).toContain('Waiting for data');
    // The head of its server says nothing of it.
    deliver(({ onServers }) => onServers?.(serversMessage(snapshot([stream({ name: 'other' })]))));
    expect(textOf(root, '.nothing')).toContain('Waiting for data');
    deliver(({ onStreams }) => onStreams?.(snapshot([stream({ name: 'other' })])));
    expect(textOf(root, '.nothing')).toContain('isn’t there');
    deliver(({ onStreams }) => onStreams?.(snapshot([stream()], { seq: 2 })));
    expect(root.querySelector('.nothing')).toBeNull();
  });

  test('doesn’t wait for ever for a server that isn’t there', () => {
    const { root, deliver, wait, do: change, dashboard } = openPage();
    deliver(({ onState, onStreams }) => {
      onState?.({ state: 'open', transport: 'websocket' });
      onStreams?.(snapshot([stream()]));
    });
    change(() => {
      dashboard.openLink('?stream=nowhere/cam');
    });
    expect(textOf(root, '.nothing')).toContain('Waiting for data');
    wait(5_000);
    expect(textOf(root, '.nothing')).toContain('isn’t there');
  });

  test('paused charts stay as they were, in another language too, and belong to their stream', async () => {
    const { root, deliver, do: change, dashboard } = openPage(QUERY);
    const message = (seq: number, inboundMbps: number): StreamsMessage =>
      snapshot([stream({ inboundMbps }), stream({ name: 'other', inboundMbps: 50 + seq })], {
        seq,
        publishedAt: new Date(seq * 2_000).toISOString(),
      });
    const button = (): string => textOf(root, '.charts button');
    const legend = (): string => textOf(root, '.chart .u-series:nth-child(2) .u-value');
    const inbound = (): string | undefined =>
      root.querySelector('.chart')?.getAttribute('aria-label')?.replace(/, .*/, '');
    deliver(({ onStreams }) => onStreams?.(message(1, 4)));
    // What draws them is loaded when they are wanted.
    await eventually(() => {
      expect([inbound(), legend()]).toStrictEqual(['Rates in Mbit/s: In 4.00', '4.00']);
    });
    change(() => root.querySelector<HTMLButtonElement>('.charts button')?.click());
    deliver(({ onStreams }) => onStreams?.(message(2, 9)));
    expect([inbound(), button()]).toStrictEqual(['Rates in Mbit/s: In 4.00', 'Resume']);
    change(() => {
      dashboard.chooseLanguage('de');
    });
    await eventually(() => {
      expect([inbound(), legend()]).toStrictEqual(['Bitrate in Mbit/s: Eingang 4,00', '4,00']);
    });
    change(() => {
      dashboard.openLink('?stream=main/other&lang=en');
    });
    await eventually(() => {
      expect([inbound(), legend(), button()]).toStrictEqual(['Rates in Mbit/s: In 52.0', '52.0', 'Pause']);
    });
  });

  test('says when connections aren’t told any more, and blames nobody then', () => {
    const { root, deliver } = openPage(QUERY);
    deliver(({ onState, onStreams }) => {
      onState?.({ state: 'open', transport: 'websocket' });
      onStreams?.(snapshot([stream()]));
    });
    // The page's sockets share the test's listeners; the one of connections was the last.
    deliver(({ onConnections }) => onConnections?.(connectionsMessage([slow('v')])));
    expect(textOf(root, '.cause')).toContain('viewer');
    deliver(({ onState }) =>
      onState?.({ state: 'waiting', retryInMs: 1_000, code: 'too-many-requests', reason: '' }),
    );
    expect(textOf(root, '.connections-lost')).toContain('No data about connections.');
    expect(textOf(root, '.connections-lost')).toContain('last seen 1.2 s ago');
    expect(root.querySelector('.connection-cards.stale')).not.toBeNull();
    expect(textOf(root, '.evidence')).toContain('Connections aren’t known yet.');
    deliver(({ onState, onConnections }) => {
      onState?.({ state: 'open', transport: 'websocket' });
      onConnections?.(connectionsMessage([slow('v')], 2));
    });
    expect(root.querySelector('.connections-lost, .connection-cards.stale')).toBeNull();
    expect(textOf(root, '.cause')).toContain('viewer');
  });

  test('of a server that isn’t there waits until all others were told of, then says so and leads back', () => {
    const page = openPage();
    page.deliver(({ onState, onStreams }) => {
      onState?.({ state: 'open', transport: 'websocket' });
      onStreams?.(snapshot([stream()]));
    });
    page.do(() => {
      page.dashboard.openLink('?stream=gone/cam');
    });
    expect(textOf(page.root, '.nothing')).toContain('Waiting for data of this stream …');
    page.wait(5_000);
    expect(textOf(page.root, '.nothing')).toContain('This stream isn’t there');
    expect(page.root.querySelector('.nothing a')?.getAttribute('href')).toBe('?');
  });

  test('plays nothing by itself', () => {
    const { root, deliver } = openPage(QUERY);
    deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
    expect(root.querySelector('video')?.hidden).toBe(true);
    expect(root.querySelector('video')?.getAttribute('src')).toBeNull();
  });
});
