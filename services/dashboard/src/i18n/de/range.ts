import type { enRange } from '../en/range.ts';
import type { TextsOf } from '../en/index.ts';

/** Texte der Wahl zwischen jetzt und früher, auf Deutsch. */
export const deRange: TextsOf<typeof enRange> = {
  range: {
    label: 'Zeitraum',
    live: 'Live',
    '15m': '15 min',
    '24h': '24 h',
    '7d': '7 Tage',
    '30d': '30 Tage',
    history: 'Verlauf',
  },
};
