const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** What XML has no place for, and what turns the direction of what follows. */
const UNFIT = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Cs}/gu;

/** A text as it stands in HTML or SVG, also between quotes. */
export function escaped(text: string): string {
  return text.replace(UNFIT, '').replace(/[&<>"']/g, (sign) => ENTITIES.get(sign) ?? '');
}
