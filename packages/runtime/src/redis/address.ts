import { domainToASCII } from 'node:url';

/** Where something listens. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** Where a Redis is, and as whom to come: what stands in a REDIS_URL, decoded. */
export interface RedisAddress {
  /** `null` for a unix socket. */
  readonly host: string | null;
  readonly port: number;
  /** Further nodes of a cluster, any of which knows the others. */
  readonly others: readonly HostPort[];
  /** Path of a unix socket, or `null`. */
  readonly socket: string | null;
  readonly username: string | null;
  readonly password: string | null;
  readonly database: number;
  /** 4 or 6: only addresses of that kind; 0 = any. */
  readonly family: number;
  readonly tls: boolean;
}

/** An address of Redis that can't be read; the message says why and shows nothing of it. */
export class RedisAddressError extends Error {
  readonly code = 'redis-address';
}

const DEFAULT_PORT = 6379;
const ENCODE = 'in user and password, signs like @ : / ? # % are percent-encoded (@ is %40, % is %25)';
const NAMES = ['db', 'family', 'username', 'password'];
const HIERARCHY = /^(redis|rediss|unix):\/\/(.*)$/is;

/**
 * Reads `redis://user:password@host:6379/0`, `rediss://…` (TLS) or `unix:///path/of/socket?db=0`; there may be several
 * hosts, with commas in between. What has no effect is refused, since whoever wrote it means something by it.
 * @throws {RedisAddressError} for anything else
 */
export function parseRedisUrl(text: string): RedisAddress {
  const [, scheme = '', rest = ''] = HIERARCHY.exec(text) ?? [];
  if (scheme === '') throw new RedisAddressError('it begins with none of redis://, rediss:// and unix://');
  if (/\s/.test(rest)) throw new RedisAddressError(`it has white space in it; ${ENCODE}`);
  const isSocket = scheme.toLowerCase() === 'unix';
  const [, userInfo = '', place = '', search = ''] = /^(?:(.*)@)?([^?]*)\??(.*)$/s.exec(rest) ?? [];
  // A slash, question mark or number sign before the last @ ends the address for all who read it otherwise.
  if (/[/?#]/.test(userInfo) || rest.includes('#')) throw new RedisAddressError(ENCODE);
  const options = readOptions(search);
  const login = readLogin(userInfo, options);
  const where = isSocket ? readSocket(place, options) : readHost(place, options);
  return { ...where, ...login, tls: scheme.toLowerCase() === 'rediss' };
}

type UrlOptions = ReadonlyMap<string, string>;

function readOptions(search: string): UrlOptions {
  const options = new Map<string, string>();
  for (const pair of search.split('&').filter((each) => each !== '')) {
    const [name = '', ...value] = pair.split('=');
    if (!NAMES.includes(name))
      throw new RedisAddressError(`its query may have ${NAMES.join(', ')} and nothing else`);
    if (options.has(name)) throw new RedisAddressError(`its query has ${name} twice`);
    options.set(name, decoded(value.join('=')));
  }
  return options;
}

function readLogin(userInfo: string, options: UrlOptions): Pick<RedisAddress, 'username' | 'password'> {
  const colon = userInfo.indexOf(':');
  const [user, pass] = colon < 0 ? [userInfo, ''] : [userInfo.slice(0, colon), userInfo.slice(colon + 1)];
  if (userInfo !== '' && (options.has('username') || options.has('password'))) {
    throw new RedisAddressError('user and password stand both before the host and in its query');
  }
  const username = userInfo === '' ? (options.get('username') ?? '') : decoded(user);
  const password = userInfo === '' ? (options.get('password') ?? '') : decoded(pass);
  if (password === '' && username !== '') {
    throw new RedisAddressError(
      'it has a user and no password; a password alone stands behind a colon, as in :password@host',
    );
  }
  return { username: username === '' ? null : username, password: password === '' ? null : password };
}

type Where = Omit<RedisAddress, 'username' | 'password' | 'tls'>;

function readSocket(place: string, options: UrlOptions): Where {
  if (!place.startsWith('/'))
    throw new RedisAddressError(
      'the path of a unix socket begins with a slash, as in unix:///run/redis.sock',
    );
  if (options.has('family')) throw new RedisAddressError('a unix socket has no family');
  const database = databaseOf(options.get('db') ?? '0');
  return { host: null, port: 0, others: [], socket: decoded(place), database, family: 0 };
}

function readHost(place: string, options: UrlOptions): Where {
  const [, authority = '', path = ''] = /^([^/]*)(\/.*)?$/s.exec(place) ?? [];
  const texts = authority.split(',');
  const [first, ...others] = texts.flatMap((text) => readHostPort(text, DEFAULT_PORT) ?? []);
  if (first === undefined || others.length + 1 < texts.length) {
    throw new RedisAddressError(`it names no host and port, as in host:6379 or [::1]:6379; ${ENCODE}`);
  }
  const inPath = path.replace(/^\//, '');
  if (inPath !== '' && options.has('db'))
    throw new RedisAddressError('its database stands both in its path and in its query');
  const family = options.get('family') ?? '0';
  if (!/^[046]$/.test(family)) throw new RedisAddressError('its family is neither 4 nor 6');
  const database = databaseOf(inPath === '' ? (options.get('db') ?? '0') : inPath);
  return { ...first, others, socket: null, database, family: Number(family) };
}

/** The host as it is written in a `redis://` address, where no port is: what Sentinels may know a master by. */
export function masterIn(url: string): string | null {
  const [, master] = /^rediss?:\/\/(?:.*@)?([^,:[\]/?]+)(?:[/?].*)?$/is.exec(url.trim()) ?? [];
  return master === undefined ? null : decoded(master);
}

/** Reads `host`, `host:6379` or `[::1]:6379`; `null` for anything else. */
export function readHostPort(text: string, defaultPort: number): HostPort | null {
  const [, bracketed, plain = '', port] =
    /^(?:\[([\da-f:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = bracketed ?? domainToASCII(decoded(plain));
  const number = port === undefined ? defaultPort : Number(port);
  return host === '' || number < 1 || number > 65_535 ? null : { host, port: number };
}

function databaseOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RedisAddressError('its database is no whole number from 0 on');
  return Number(text);
}

/** Percent-decoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RedisAddressError(`a % in it is followed by no two hexadecimal digits; ${ENCODE}`);
  }
}

/** Where it is, for people, without user and password. */
export function redisPlace({ host, port, others, socket }: RedisAddress): string {
  if (socket !== null) return socket;
  return placesOf([{ host: host ?? '', port }, ...others]);
}

/** Where several listen, for people. */
export function placesOf(places: readonly HostPort[]): string {
  return places
    .map(({ host, port }) => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`))
    .join(', ');
}
