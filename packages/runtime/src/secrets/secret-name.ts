/** Words of a name, as in `srtReadPassphrase`, `X-Api-Key` and `HLS_KEY2`. */
const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g;

/** Wherever one of these stands in a name, its value is a secret. */
const ANYWHERE: ReadonlySet<string> = new Set([
  ...['password', 'passwd', 'passphrase', 'passcode', 'passwort', 'pwd', 'secret', 'token', 'psk'],
  ...['credential', 'cred', 'authorization', 'authorisation', 'authenticate', 'bearer', 'cookie', 'oauth'],
  ...['jwt', 'jws', 'jwe', 'signature', 'hmac', 'otp', 'totp'],
]);
/** These only where the name ends with them: a `keyFrame`, a `passThrough` and an `authMethod` are none. */
const AT_END: ReadonlySet<string> = new Set(['key', 'pass', 'pw', 'auth', 'sig', 'pin']);
/** What may still follow. */
const FORM: ReadonlySet<string> = new Set([
  ...[
    'value',
    'data',
    'text',
    'string',
    'hex',
    'base',
    'raw',
    'plain',
    'hash',
    'header',
    'phrase',
    'pem',
    'der',
    'content',
    'material',
    'word',
    'code',
  ],
]);
/** Without capitals or hyphens, words grow together. */
const GROWN =
  /(?:password|passwd|passphrase|passcode|secret|token|credential|cookie|signature|pwd|sess(?:ion)?id)$|^(?:api|access|account|aes|app|auth|cipher|client|crypto?|decrypt(?:ion)?|enc|encrypt(?:ion)?|hls|host|license|master|private|publish|read|rtmp|rtsp|secret|server|service|session|shared|sign(?:ing)?|srt|ssh|ssl|storage|stream|tls|user|web|whep|whip)key(?:pem)?$|^(?:admin|api|auth|basic|client|db|hls|login|my|proxy|publish|read|redis|root|rtmp|rtsp|srt|user|web)pass$|^(?:api|basic|http|proxy|redis|rtsp|srt|user)auth$/;

/** Whether what bears this name is a secret, or most likely is: `query` carries what clients typed. */
export function isSecretName(name: string): boolean {
  const words = (name.match(WORD) ?? []).map((word) => word.toLowerCase());
  if (words.length === 1 && words[0] === 'query') return true;
  const letters = words.filter((word) => !/^\d/.test(word));
  if (letters.some((word) => isOneOf(ANYWHERE, word) || GROWN.test(word) || GROWN.test(singular(word))))
    return true;
  if (letters.some((word, index) => singular(word) === 'id' && isSession(letters[index - 1]))) return true;
  const last = letters.findLastIndex((word) => !FORM.has(word));
  const word = letters[last];
  return word !== undefined && isOneOf(AT_END, word) && letters[last - 1] !== 'public';
}

/** An id of a session is what proves who asks, in cookies and queries. */
function isSession(word: string | undefined): boolean {
  return word === 'session' || word === 'sess';
}

/** Whether it is the name of several. */
export function isPlural(name: string): boolean {
  return /[^s]s$/i.test(name);
}

function isOneOf(set: ReadonlySet<string>, word: string): boolean {
  return set.has(word) || set.has(singular(word));
}

function singular(word: string): string {
  return word.endsWith('s') ? word.slice(0, -1) : word;
}
