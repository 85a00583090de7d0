import { describe, expect, test } from '@jest/globals';
import { HEALTHS, type Reason, REASON_CODES, SOURCE_STATUSES, STREAM_STATES } from '@mediamtx-monitor/types';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SORT_KEYS } from '../../src/data/view.ts';
import { createFormat } from '../../src/i18n/format.ts';
import { LANGUAGE_CODES } from '../../src/i18n/languages.ts';
import { reasonText } from '../../src/i18n/reason-text.ts';
import { mediaText } from '../../src/i18n/stream-text.ts';
import { stream } from '../support/records.ts';
import { TEXTS } from '../support/texts.ts';

const reason = (given: Partial<Reason>): Reason => ({
  code: 'link-loss',
  severity: 'warning',
  measured: 3.21,
  limit: 1,
  since: '2026-01-01T00:00:00.000Z',
  ...given,
});

describe.each(LANGUAGE_CODES)('%s', (language) => {
  const texts = TEXTS[language];
  const format = createFormat(language);

  test('has a word for all there is', () => {
    for (const state of STREAM_STATES) expect(texts.states[state]).not.toBe('');
    for (const health of HEALTHS) expect(texts.healths[health]).not.toBe('');
    for (const key of SORT_KEYS) expect(texts.columns[key]).not.toBe('');
    for (const status of SOURCE_STATUSES) {
      if (status !== 'up') expect(texts.serverProblems[status]).not.toBe('');
    }
  });

  test.each(REASON_CODES)('says what %s means, also without numbers', (code) => {
    for (const measured of [3.21, null]) {
      const text = reasonText(reason({ code, measured, limit: measured }), texts, format);
      expect(text).not.toMatch(/undefined|null|NaN|\{/);
      expect(text.length).toBeGreaterThan(5);
    }
  });
});

test('numbers in words are written as the language does', () => {
  expect(reasonText(reason({}), TEXTS.en, createFormat('en'))).toBe('3.2 % lost on the link');
  expect(reasonText(reason({}), TEXTS.de, createFormat('de'))).toBe('3,2 % Paketverlust');
});

test('German has one word for what a stream does', () => {
  const folder = join(import.meta.dirname, '../../src/i18n/de');
  const files = readdirSync(folder);
  expect(files.length).toBeGreaterThan(5);
  // As they are written, since most texts are functions.
  for (const name of files) expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/zust[aä]nd(?!ig)/i);
  expect([TEXTS.de.columns.state, TEXTS.de.filter.state]).toStrictEqual(['Status', 'Status']);
});

test('a reason of a newer collector is shown by its code', () => {
  const newer = { ...reason({}), code: 'too-green' } as unknown as Reason;
  expect(reasonText(newer, TEXTS.en, createFormat('en'))).toBe('too-green');
});

describe('media in short', () => {
  test('with its size, where that is known', () => {
    expect(mediaText(stream())).toBe('H264 1920×1080');
    const video = { codec: 'VP8', width: null, height: null, profile: null, level: null };
    const audio = { codec: 'Opus', sampleRate: 48_000, channels: 2 };
    expect(mediaText(stream({ media: { video, audio, others: ['KLV'] } }))).toBe('VP8 · Opus · KLV');
  });

  test('codecs go by the name that people know', () => {
    const audio = { codec: 'MPEG-4 Audio', sampleRate: 48_000, channels: 2 };
    expect(mediaText(stream({ media: { video: null, audio, others: [] } }))).toBe('AAC');
  });

  test('of tracks alone', () => {
    const media = { video: null, audio: null, others: [] };
    expect(mediaText(stream({ media, tracks: ['H265', 'Opus'] }))).toBe('H265 · Opus');
    expect(mediaText(stream({ media, tracks: [] }))).toBe('');
    expect(mediaText(stream({ media, tracks: ['constructor'] }))).toBe('constructor');
  });
});
