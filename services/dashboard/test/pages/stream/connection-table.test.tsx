/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { connectionRecord } from '@mediamtx-monitor/testkit';
import type { ConnectionRecord } from '@mediamtx-monitor/types';
import { reason, srt, webrtc } from '../../support/connections.ts';
import { openPage, textOf } from '../../support/page.tsx';
import { connectionsMessage, snapshot, stream } from '../../support/records.ts';

function opened(...connections: readonly ConnectionRecord[]): HTMLElement {
  const { root, deliver } = openPage('?stream=main/cam');
  const readers = connections.filter(({ role }) => role === 'read').length;
  deliver(({ onStreams }) => onStreams?.(snapshot([stream({ readers })])));
  deliver(({ onConnections }) => onConnections?.(connectionsMessage(connections)));
  return root;
}

const heads = (root: ParentNode, section: string): readonly (string | null)[] =>
  [...root.querySelectorAll(`[aria-labelledby=${section}] thead th`)].map(({ textContent }) => textContent);

test('what no connection tells has no column', () => {
  const rtmp = { framesDiscarded: null };
  const root = opened(
    connectionRecord({ id: 'p', stream: 'cam', role: 'publish', rtmp }),
    srt({ id: 's', role: 'read' }, { framesDiscarded: null }),
    webrtc({ id: 'w' }),
  );
  expect(heads(root, 'publisher-title')).toStrictEqual(['Who', 'Connection', 'Protocol', 'Mbit/s', 'For']);
  expect(heads(root, 'viewers-title').slice(4, 6)).toStrictEqual(['RTT and latency', 'Loss']);
});

test('loss and latency of SRT have their columns before they are measured, so that nothing moves', () => {
  const nothing = {
    rttMs: null,
    rttP95Ms: null,
    latencyMs: null,
    linkLossPercent: null,
    framesDiscarded: null,
  };
  const root = opened(srt({ id: 'p', role: 'publish' }, nothing));
  expect(heads(root, 'publisher-title')).toStrictEqual([
    'Who',
    'Connection',
    'Protocol',
    'Mbit/s',
    'RTT and latency',
    'Loss',
    'For',
  ]);
  expect(root.querySelectorAll('[aria-labelledby=publisher-title] .not-known').length).toBe(2);
});

test('there is no table of viewers where there are none, nor of a publisher', () => {
  const root = opened();
  expect(root.querySelectorAll('.connections')).toHaveLength(0);
  expect(textOf(root, '.part-viewers')).toContain('Nobody is watching.');
});

describe('the bar of a link', () => {
  const widthOf = (root: ParentNode, name: string): string | undefined => {
    const style = root.querySelector<HTMLElement>(`.latency-${name}`)?.style;
    return style && (style.width || style.left);
  };

  test('is as long as what should be set, with the round-trip time against what is', () => {
    const root = opened(
      srt({ id: 'p', role: 'publish' }, { rttMs: 60, rttP95Ms: 60, latencyMs: 120, linkLossPercent: 0 }),
    );
    expect(['set', 'now', 'p95', 'better'].map((name) => widthOf(root, name))).toStrictEqual([
      '50%',
      '25%',
      '25%',
      '100%',
    ]);
    expect(textOf(root, '.latency')).toBe('RTT 60 msp95 60 mslatency 120 msbetter 240 ms');
  });

  test('ends at what is set where that is enough, and is marked where the two come near', () => {
    const near = reason({ code: 'rtt-near-latency', measured: 0.3 });
    const root = opened(
      srt(
        { id: 'p', role: 'publish', reasons: [near], health: 'warning' },
        { rttMs: 30, rttP95Ms: 25, latencyMs: 120 },
      ),
    );
    expect([widthOf(root, 'set'), widthOf(root, 'now'), widthOf(root, 'better')]).toStrictEqual([
      '100%',
      '25%',
      undefined,
    ]);
    expect(root.querySelector('.latency-near')).not.toBeNull();
  });
});
