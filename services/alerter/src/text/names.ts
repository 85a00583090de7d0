/** Control characters, what changes the direction of text, what can't be seen, halves of characters. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;
/** So many marks may be piled up on a letter. */
const PILED_MARKS = /(\p{M}{2})\p{M}+/gu;
const MAX_NAME_LENGTH = 100;
const MAX_DETAIL_LENGTH = 200;
const CUT = '…';

/** A name that anybody may have chosen, as it may stand in a text: without what hides or turns it, and cut in its middle. */
export function shownName(name: string): string {
  const characters = Array.from(seen(name));
  if (characters.length <= MAX_NAME_LENGTH) return characters.length === 0 ? '?' : characters.join('');
  const kept = MAX_NAME_LENGTH - CUT.length;
  const tail = Math.floor(kept / 2);
  return `${characters.slice(0, kept - tail).join('')}${CUT}${characters.slice(-tail).join('')}`;
}

/** What others say of something, in one line, cut at its end. */
export function shownDetail(detail: string): string {
  const characters = Array.from(seen(detail.replaceAll(/\s+/g, ' ')).trim());
  if (characters.length <= MAX_DETAIL_LENGTH) return characters.join('');
  return `${characters.slice(0, MAX_DETAIL_LENGTH - CUT.length).join('')}${CUT}`;
}

function seen(text: string): string {
  return text.replaceAll(HIDDEN, '').replaceAll(PILED_MARKS, '$1');
}
