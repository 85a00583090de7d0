import { maskAddresses } from './addresses.ts';
import { maskLogins } from './logins.ts';
import { maskPairs } from './pairs.ts';
import { REMOVED } from './removed.ts';

/** A text for people is never as long; what is, is not looked through. */
const MAX_LENGTH = 64 * 1024;
/** So often a text may have been percent-encoded on its way, and what is left may look like something else. */
const MAX_ROUNDS = 4;
const ENCODED = /(?:%[\da-f]{2})+/gi;

/** How a private key begins; a certificate goes the same way. */
const PEM_BEGIN = '-----BEGIN ';
const PEM_END = '-----END';
/** Go quotes an address that it can't read, password included, and pieces of it in the reason behind. */
const UNREADABLE = /\bparse \\*".*/g;
/** Redis repeats what it doesn't know, as an AUTH or HELLO with user and password. */
const UNKNOWN_COMMAND = /\bwith args beginning with: .*/gi;
/** What proves who asks, by the name of its scheme. */
const SCHEME =
  /(?<!\w)(bearer|basic|negotiate|ntlm|hawk)\s{1,16}(?!(?:auth(?:entication|orization)?|tokens?|credentials?|scheme|realm)(?![\w.~+/=-]))(?![^\s"'<>,;]*\(removed\))[^\s"'<>,;]{6,}/gi;
const DIGEST = /(?<!\w)(digest)\s{1,16}(?=\w+=).*/gi;
/** Where a JSON Web Token may be, and how its header begins in base64. */
const DOTTED = /[\w.-]+/g;
const TOKEN_BEGIN = /(?<![A-Za-z\d])eyJ/;

/**
 * A text of others without what is secret in it, or might be: user and password, query and fragment of addresses;
 * values of names that say so (`password: x`, `"hlsKey":"x"`, `sig=x`); what follows `Bearer` and the like, or
 * `-u` and `--user` with a colon in it; JSON Web Tokens and keys in PEM. Also where it is percent-encoded, or JSON within the text. What is harmless stays as it is.
 * Takes time in proportion to the text's length; a text of more than 64 Ki characters is taken away whole.
 */
export function maskSecrets(text: string): string {
  if (text.length > MAX_LENGTH) return REMOVED;
  const masked = untilStable(maskPlain, text);
  const decoded = untilStable(decode, masked);
  if (decoded === masked) return masked;
  const again = untilStable(maskPlain, decoded);
  return again === decoded ? masked : again;
}

function untilStable(step: (text: string) => string, text: string): string {
  let current = text;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = step(current);
    if (next === current) break;
    current = next;
  }
  return current;
}

function maskPlain(text: string): string {
  const rest = maskPem(text)
    .replace(UNREADABLE, `parse ${REMOVED}`)
    .replace(UNKNOWN_COMMAND, `with args ${REMOVED}`)
    .replace(DIGEST, `$1 ${REMOVED}`)
    .replace(SCHEME, `$1 ${REMOVED}`)
    .replace(DOTTED, maskToken);
  // Before the addresses, since a password may have an @.
  return maskPairs(maskAddresses(maskLogins(rest)));
}

function maskPem(text: string): string {
  let masked = '';
  let done = 0;
  for (let begin = text.indexOf(PEM_BEGIN); begin >= 0; begin = text.indexOf(PEM_BEGIN, done)) {
    const end = text.indexOf(PEM_END, begin);
    masked += text.slice(done, begin) + REMOVED;
    if (end < 0) return masked;
    // Its last line: its name, and five hyphens again.
    const last = text.indexOf('-----', end + PEM_END.length);
    done = last < 0 ? text.length : last + '-----'.length;
  }
  return masked + text.slice(done);
}

function maskToken(dotted: string): string {
  const begin = dotted.search(TOKEN_BEGIN);
  return begin < 0 || dotted.indexOf('.', begin) < 0 ? dotted : dotted.slice(0, begin) + REMOVED;
}

/** A percent-encoded text, decoded once; what is no UTF-8 becomes question marks. */
function decode(text: string): string {
  return text.replace(ENCODED, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
}
