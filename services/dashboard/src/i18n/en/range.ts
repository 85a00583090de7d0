/** Texts of the choice between what is now and what was, in English. */
export const enRange = {
  range: {
    label: 'Time range',
    live: 'Live',
    '15m': '15 min',
    '24h': '24 h',
    '7d': '7 days',
    '30d': '30 days',
    history: 'History',
  },
} as const;
