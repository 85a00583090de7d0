import { expect, test } from '@jest/globals';
import { mediaOf } from '../../src/derive/tracks.ts';
import { derive, NO_MEMORY } from '../../src/derive/index.ts';
import { SETTINGS, START_MS, track, momentAt } from './facts.ts';
import { recordedObservation } from './recorded.ts';

const video = { codec: 'H264', width: null, height: null, profile: null, level: null };
const audio = { codec: 'Opus', sampleRate: null, channels: null };

test('no tracks, nothing', () => {
  expect(mediaOf([])).toStrictEqual({ video: null, audio: null, others: [] });
});

test('the first video and the first audio track with what is known of them, in any order', () => {
  expect(
    mediaOf([
      track('Opus', { sampleRate: 48_000, channels: 2 }),
      track('H265', { width: 1920, height: 1080, profile: 'Main', level: '4.1' }),
    ]),
  ).toStrictEqual({
    video: { codec: 'H265', width: 1920, height: 1080, profile: 'Main', level: '4.1' },
    audio: { codec: 'Opus', sampleRate: 48_000, channels: 2 },
    others: [],
  });
});

test('further tracks of the same kind and unknown ones are others, in their order', () => {
  expect(
    mediaOf(['KLV', 'H264', 'Opus', 'H264', 'G711', 'teleport'].map((codec) => track(codec))),
  ).toStrictEqual({
    video,
    audio,
    others: ['KLV', 'H264', 'G711', 'teleport'],
  });
});

test.each([
  [['H264'], { video, audio: null, others: [] }],
  [['Opus'], { video: null, audio, others: [] }],
  [['teleport'], { video: null, audio: null, others: ['teleport'] }],
])('only %p', (codecs, expected) => {
  expect(mediaOf(codecs.map((codec) => track(codec)))).toStrictEqual(expected);
});

test.each([
  ['video', ['AV1', 'VP9', 'VP8', 'H265', 'H264', 'MPEG-4 Video', 'MPEG-1/2 Video', 'M-JPEG']],
  ['audio', ['Opus', 'Vorbis', 'MPEG-4 Audio', 'MPEG-4 Audio LATM', 'MPEG-1/2 Audio', 'AC-3']],
  ['audio', ['Speex', 'G726', 'G722', 'G711', 'LPCM']],
] as const)('as MediaMTX calls codecs of %s: %p', (kind, codecs) => {
  for (const codec of codecs) expect(mediaOf([track(codec)])[kind]?.codec).toBe(codec);
});

const camOne = (version: '1.13.0' | '1.20.1') => {
  const { snapshot } = derive(NO_MEMORY, recordedObservation(version, 't0'), SETTINGS, momentAt(START_MS));
  return snapshot.streams.find(({ name }) => name === 'cam/one');
};

test('as recorded: codecs alone before 1.17, all from then on', () => {
  const tracks = ['H264', 'MPEG-4 Audio'];
  expect(camOne('1.13.0')).toMatchObject({
    tracks,
    media: { video, audio: { codec: 'MPEG-4 Audio', sampleRate: null, channels: null }, others: [] },
  });
  expect(camOne('1.20.1')).toMatchObject({
    tracks,
    media: {
      video: { codec: 'H264', width: 160, height: 90, profile: 'Baseline', level: '1.1' },
      audio: { codec: 'MPEG-4 Audio', sampleRate: 44_100, channels: 1 },
      others: [],
    },
  });
});
