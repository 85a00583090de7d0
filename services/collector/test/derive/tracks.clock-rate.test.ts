import { describe, expect, test } from '@jest/globals';
import { streamClockRate } from '../../src/derive/tracks.ts';
import type { TrackFact } from '../../src/facts.ts';
import { pathFact, track } from './facts.ts';

const rate = (...tracks: TrackFact[]) => streamClockRate(pathFact({ tracks }));

test.each([
  'AV1',
  'VP9',
  'VP8',
  'H265',
  'H264',
  'MPEG-4 Video',
  'MPEG-1/2 Video',
  'M-JPEG',
  'MPEG-1/2 Audio',
])('%s runs at 90 kHz', (codec) => {
  expect(rate(track(codec))).toBe(90_000);
});

test('codecs with a clock of their own', () => {
  expect(rate(track('Opus', { sampleRate: 16_000 }))).toBe(48_000);
  // RFC 3551: G.722 samples at 16 kHz and ticks at 8 kHz.
  expect(rate(track('G722', { sampleRate: 16_000 }))).toBe(8_000);
});

test.each(['MPEG-4 Audio', 'AC-3', 'G711', 'LPCM'])('%s ticks with its samples', (codec) => {
  expect(rate(track(codec, { sampleRate: 44_100 }))).toBe(44_100);
  expect(rate(track(codec))).toBeNull();
  expect(rate(track(codec, { sampleRate: 0 }))).toBeNull();
});

test.each(['constructor', '__proto__', 'toString', 'teleport'])('%s has no clock', (codec) => {
  expect(rate(track(codec))).toBeNull();
});

describe('a stream of several tracks', () => {
  test('has a clock where all have the same', () => {
    expect(rate(track('H264'), track('MPEG-1/2 Audio'))).toBe(90_000);
    expect(rate(track('LPCM', { sampleRate: 48_000 }), track('Opus'))).toBe(48_000);
  });

  test('has none where they differ or one isn’t known', () => {
    expect(rate(track('H264'), track('MPEG-4 Audio', { sampleRate: 44_100 }))).toBeNull();
    expect(rate(track('H264'), track('MPEG-4 Audio'))).toBeNull();
    expect(rate(track('H264'), track('teleport'))).toBeNull();
    expect(rate(track('teleport'), track('H264'))).toBeNull();
  });
});

test('no tracks, no path, an unknown codec: no clock', () => {
  expect(rate()).toBeNull();
  expect(streamClockRate(undefined)).toBeNull();
  expect(rate(track('teleport', { sampleRate: 8_000 }))).toBeNull();
});
