/** On every answer: no guessing of types, and nothing for pages of other sites that ask without CORS. */
export const SAFE_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;
