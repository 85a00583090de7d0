import { REMOVED } from './removed.ts';

/** Texts without blanks and quotes: all of an address is one of them. */
const CHUNK = /[^\s"'<>`]+/g;
/** MediaMTX's way to say in SRT's stream id who wants what: `publish:path:user:pass`. */
const PLAIN_STREAM_ID = /(?<!\w)(?:publish|read):[^:]*:(?=.)/i;
/** The way of SRT's access control: `#!::m=publish,r=path,u=user,s=pass`. */
const STREAM_ID = '#!::';
/** Those of its keys that are no secrets: mode, resource, host, type. */
const STREAM_ID_KEY = /^[mrht]=/;
/** Their path ends with a key for the stream. */
const STREAM_KEY_SCHEME = /(?:^|[^a-z])rtmp[a-z]?:$/i;
/** A part of a path that nobody would choose as a name. */
const LIKE_A_KEY = /^(?=\D*\d)(?=[^a-z]*[a-z])[\w-]{20,}$/i;

/**
 * Takes what may be secret out of the addresses in a text, whole ones and such without scheme: user and password, query
 * and fragment, keys in paths, who asks in an SRT stream id. Takes time in proportion to the text's length.
 */
export function maskAddresses(text: string): string {
  return text.replace(CHUNK, (chunk) => {
    const slashes = chunk.indexOf('//');
    if (slashes < 0) return withoutQuery(withoutUser(withoutStreamId(chunk)));
    const scheme = chunk.slice(0, slashes);
    return `${scheme}//${maskHierarchy(scheme, chunk.slice(slashes + 2))}`;
  });
}

/** What stands behind the two slashes of an address. */
function maskHierarchy(scheme: string, rest: string): string {
  // All before its last @, since a password needn't be properly encoded.
  const at = rest.lastIndexOf('@');
  const plain = at < 0 ? rest : REMOVED + rest.slice(at);
  const [, address = '', mark = '', hidden = ''] = /^([^?#]*)([?#]?)(.*)$/s.exec(plain) ?? [];
  const slash = address.indexOf('/');
  const authority = slash < 0 ? address : address.slice(0, slash);
  const path = slash < 0 ? '' : address.slice(slash);
  return maskAuthority(authority) + maskPath(scheme, path) + mark + (hidden === '' ? '' : REMOVED);
}

/** Without @, what is behind a colon and no port is of a user whose address was cut. */
function maskAuthority(authority: string): string {
  const [, port = ''] = /:([^:\]]*)$/.exec(authority) ?? [];
  return authority.includes('@') || /^\d*\W*$/.test(port) ? authority : REMOVED;
}

function maskPath(scheme: string, path: string): string {
  if (path.length > 1 && STREAM_KEY_SCHEME.test(scheme)) return `/${REMOVED}`;
  return path
    .split('/')
    .map((part) => (LIKE_A_KEY.test(part) ? REMOVED : part))
    .join('/');
}

/** An address without scheme: `user:pass@host`. A mail address has nothing before its name. */
function withoutUser(chunk: string): string {
  const at = chunk.lastIndexOf('@');
  const colon = chunk.indexOf(':');
  return colon >= 0 && colon < at ? REMOVED + chunk.slice(at) : chunk;
}

/** Path and query: `live/cam?user=joe`. A question mark alone is no query. */
function withoutQuery(chunk: string): string {
  const mark = chunk.indexOf('?');
  const hidden = chunk.slice(mark + 1);
  const isQuery = mark > 0 && hidden !== '' && (hidden.includes('=') || chunk.lastIndexOf('/', mark) >= 0);
  return isQuery ? `${chunk.slice(0, mark + 1)}${REMOVED}` : chunk;
}

function withoutStreamId(chunk: string): string {
  const begin = chunk.indexOf(STREAM_ID);
  if (begin >= 0) {
    const keys = chunk.slice(begin + STREAM_ID.length).split(',');
    const kept = keys.map((key) => (STREAM_ID_KEY.test(key) ? withoutQuery(key) : hideValue(key)));
    return chunk.slice(0, begin) + STREAM_ID + kept.join(',');
  }
  const plain = PLAIN_STREAM_ID.exec(chunk);
  return plain === null ? chunk : chunk.slice(0, plain.index + plain[0].length) + REMOVED;
}

function hideValue(pair: string): string {
  const equals = pair.indexOf('=');
  return equals < 0 ? pair && REMOVED : pair.slice(0, equals + 1) + REMOVED;
}
