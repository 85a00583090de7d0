import { isSecretName } from './secret-name.ts';
import { REMOVED } from './removed.ts';

/** What may be a name. */
const NAME = /[\w-]+/g;
/** Quotes, in JSON within JSON too. */
const QUOTE = /\\*["'`]/y;
/** What stands between a name and its value. */
const SEPARATOR = /(?:\\*["'`])?\]?\s{0,16}(?:=>|:=|[:=])\s{0,16}/y;
/** The same behind an option of a program, and before what is quoted. */
const GAP = /\s{1,16}/y;
/** A value without quotes. Comma, semicolon and backslash belong to it unless something else begins there. */
const BARE = /(?:[^\s&;,"'<>|\\`]|[;,](?!$|[\s"'{[\\]|[\w-]{1,64}[=:])|\\(?!["'`]|u00))+/y;
const LINE = /[^\r\n]+/y;
/** An element of XML: its name, its attributes, its text. */
const ELEMENT = /<((?:[\w-]{1,64}:)?)([\w-]{1,64})((?:\s[^<>]{0,256})?)>([^<>]+)(?=<\/)/g;
/** Headers whose value is all of the line. */
const HEADER =
  /^(?:authori[sz]ation|proxy-authorization|cookie|set-cookie|www-authenticate|proxy-authenticate)$/i;
/** What says nothing, or nothing any more. */
const HARMLESS = /^(?:|(?:null|true|false|undefined)[\])}]*|(?:[\w-]+ )?\(removed\))$/i;

/** A part of a text. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Takes away the values of secret names, as in `password: x`, `hlsKey="x"`, `{"token":"x"}`, `-passphrase x`,
 * `<Password>x</Password>` and `Cookie: a=b; c=d`. Takes time in proportion to the text's length, whatever it is.
 */
export function maskPairs(text: string): string {
  return maskNamed(
    text.replace(ELEMENT, (all, space: string, name: string, attributes: string) =>
      isSecretName(name) ? `<${space}${name}${attributes}>${REMOVED}` : all,
    ),
  );
}

function maskNamed(text: string): string {
  let masked = '';
  let done = 0;
  NAME.lastIndex = 0;
  for (let found = NAME.exec(text); found !== null; found = NAME.exec(text)) {
    const [name] = found;
    const value = isSecretName(name) ? valueBehind(text, name, NAME.lastIndex) : null;
    if (value === null) continue;
    // Looked at once, whatever it is: so the time stays in proportion.
    NAME.lastIndex = value.end;
    if (HARMLESS.test(text.slice(value.start, value.end))) continue;
    masked += text.slice(done, value.start) + REMOVED;
    done = value.end;
  }
  return masked + text.slice(done);
}

/** Where the value of a name is that ends at `at`; `null` where it has none. */
function valueBehind(text: string, name: string, at: number): Span | null {
  const start = startOfValue(text, name, at);
  if (start === null) return null;
  const quote = matchAt(QUOTE, text, start);
  if (quote === '') return { start, end: start + lengthOfPlain(text, name, start) };
  const inside = start + quote.length;
  return { start: inside, end: endOfQuoted(text, inside, quote) };
}

function startOfValue(text: string, name: string, at: number): number | null {
  const separator = matchAt(SEPARATOR, text, at);
  if (separator !== '') return at + separator.length;
  const start = at + matchAt(GAP, text, at).length;
  const isValue = start > at && (name.startsWith('-') || matchAt(QUOTE, text, start) !== '');
  return isValue ? start : null;
}

/** The end of what began behind `quote`: the next one with as many backslashes, or all of the text. */
function endOfQuoted(text: string, start: number, quote: string): number {
  const mark = quote.slice(-1);
  for (let end = text.indexOf(mark, start); end >= 0; end = text.indexOf(mark, end + 1)) {
    let backslashes = 0;
    while (end - backslashes > start && text[end - backslashes - 1] === '\\') backslashes += 1;
    if (backslashes === quote.length - 1) return end - backslashes;
  }
  return text.length;
}

function lengthOfPlain(text: string, name: string, start: number): number {
  if (HEADER.test(name)) return matchAt(LINE, text, start).length;
  const closing = { '[': ']', '{': '}' }[text[start] ?? ''];
  if (closing === undefined) return matchAt(BARE, text, start).length;
  return endOfBracket(text, start, closing) - start;
}

/** Behind the bracket that closes the one at `start`, or the end of the text. */
function endOfBracket(text: string, start: number, closing: string): number {
  const opening = text[start];
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === opening) depth += 1;
    else if (text[at] === closing) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

/** What the sticky pattern matches at this place; '' for nothing. */
function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
