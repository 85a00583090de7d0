/** @jest-environment jsdom */
import { expect, test } from '@jest/globals';
import type { Reason } from '@mediamtx-monitor/types';
import { openPage, textOf } from '../support/page.tsx';
import { snapshot, stream } from '../support/records.ts';

const LOSS: Reason = {
  code: 'link-loss',
  severity: 'critical',
  measured: 6,
  limit: 5,
  since: '2026-01-01T00:00:00.000Z',
};

test('a card tells state, reasons, media, the link, viewers by protocol and rates with their unit', () => {
  const { root, deliver } = openPage('?view=cards');
  const ill = stream({
    health: 'critical',
    reasons: [LOSS, { ...LOSS, code: 'unrecovered-loss', measured: 1 }],
    rttMs: 12,
    linkLossPercent: 6,
    readers: 4,
    readersByProtocol: { hls: 1, webrtc: 3 },
  });
  deliver(({ onStreams }) => onStreams?.(snapshot([ill])));
  expect(textOf(root, '.stream-card-name .visually-hidden')).toBe('Critical:');
  expect(textOf(root, '.stream-card-health')).toBe('Live 6.0 % lost on the link +1');
  expect(textOf(root, '.stream-card-facts')).toBe('H264 1920×1080 RTT 12 ms · Loss 6.0 % 3 WebRTC, 1 HLS');
  expect(textOf(root, '.stream-card-numbers')).toBe('In4.00 Mbit/sOut4.00 Mbit/sViewers4');
});

test('what a card doesn’t know it leaves out or says to be unknown', () => {
  const { root, deliver } = openPage('?view=cards');
  const idle = stream({
    state: 'idle',
    media: { video: null, audio: null, others: [] },
    tracks: [],
    inboundMbps: null,
    rttMs: null,
    linkLossPercent: null,
    readers: 0,
    readersByProtocol: {},
  });
  deliver(({ onStreams }) => onStreams?.(snapshot([idle])));
  expect(textOf(root, '.stream-card-health')).toBe('Idle At rest');
  expect(textOf(root, '.stream-card-facts')).toBe('');
  expect(textOf(root, '.stream-card-numbers div')).toBe('In–unknown');
});
