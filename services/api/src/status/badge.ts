import type { StatusState } from '../http/status-page.ts';
import { escaped } from './html.ts';

/** White text on each is readable (at least 4.5 to 1). */
const COLOURS = {
  up: '#18794e',
  disrupted: '#8f5a00',
  down: '#c4271e',
  maintenance: '#0b5cad',
  unscheduled: '#545e69',
  unknown: '#545e69',
} as const satisfies Record<StatusState, string>;
const TITLE_COLOUR = '#3b424a';
const PADDING_PX = 7;
const HEIGHT_PX = 20;

/** About as wide as a text is in 11 px sans; the picture says so, and browsers fit the text to it. */
function widthPx(text: string): number {
  const each = Array.from(text, (sign) => {
    if (/[il.,:;'|!jt ]/.test(sign)) return 3.9;
    if (/[mwMWQ@%]/.test(sign)) return 9.5;
    if (/[\u1100-\uffef]|\p{Extended_Pictographic}/u.test(sign)) return 11;
    return /\p{Lu}/u.test(sign) ? 7.6 : 6.2;
  });
  return Math.ceil(each.reduce((sum, width) => sum + width, 0));
}

/** A picture (SVG) with a title and a state, for other pages. */
export function badge(title: string, state: StatusState, stateText: string): string {
  const [left, right] = [title, stateText].map((text) => ({ text: escaped(text), width: widthPx(text) }));
  if (left === undefined || right === undefined) return '';
  const split = left.width + 2 * PADDING_PX;
  const whole = split + right.width + 2 * PADDING_PX;
  const label = `${left.text}: ${right.text}`;
  const text = (x: number, { width, text: shown }: typeof left): string =>
    `<text x="${x}" y="14" textLength="${width}" lengthAdjust="spacingAndGlyphs">${shown}</text>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole}" height="${HEIGHT_PX}" role="img" aria-label="${label}">` +
    `<title>${label}</title><clipPath id="r"><rect width="${whole}" height="${HEIGHT_PX}" rx="3"/></clipPath>` +
    `<g clip-path="url(#r)"><rect width="${split}" height="${HEIGHT_PX}" fill="${TITLE_COLOUR}"/>` +
    `<rect x="${split}" width="${whole - split}" height="${HEIGHT_PX}" fill="${COLOURS[state]}"/></g>` +
    '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">' +
    `${text(PADDING_PX, left)}${text(split + PADDING_PX, right)}</g></svg>\n`
  );
}
