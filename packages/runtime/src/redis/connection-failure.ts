import { errorText } from '../error-text.ts';
import { systemCode } from '../system-code.ts';
import type { RedisTarget, SentinelTarget } from '../settings/redis-target.ts';
import { placesOf, type RedisAddress, redisPlace } from './address.ts';

/** What Node calls a certificate that no known authority stands for. */
const UNKNOWN_CERTIFICATE = /SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY)/;

/** What ioredis says of an answer that isn't Redis's. */
const UNKNOWN_ANSWER = /^Unknown RESP type/;

/** Whether Redis refused to change to the database that the address names. */
export function isRefusedDatabase(error: Error): boolean {
  const command: unknown = Reflect.get(error, 'command');
  return typeof command === 'object' && command !== null && Reflect.get(command, 'name') === 'select';
}

/** Where a Redis is, for people. */
export function placeOf(address: RedisAddress, sentinel: SentinelTarget | undefined): string {
  if (sentinel === undefined) return redisPlace(address);
  return `master ${sentinel.master} of the Sentinels ${placesOf(sentinel.places)}`;
}

/** What is connected to. */
export interface ConnectedRedis extends Pick<RedisTarget, 'sentinel' | 'isCluster' | 'own'> {
  readonly address: RedisAddress;
  /** Whether it was ever reached. */
  readonly wasThere: boolean;
  /** The setting that names it. */
  readonly setting: string;
}

/** Why a connection failed, with what to do where that is plain; without secrets. */
export function connectionFailure(error: Error, redis: ConnectedRedis): string {
  const { address, setting, sentinel, isCluster } = redis;
  const cause = causeOf(error);
  const said = errorText(cause);
  if (isRefusedDatabase(error)) {
    return `database ${address.database} can't be used (${said}); check the end of ${setting}`;
  }
  const advice =
    (sentinel === undefined ? null : sentinelAdvice(said, sentinel)) ??
    (isCluster === true && /cluster support disabled/i.test(said)
      ? 'it is no cluster; REDIS_CLUSTER is for one'
      : null) ??
    tlsAdvice(systemCode(cause), said, redis) ??
    loginAdvice(said, setting) ??
    socketAdvice(systemCode(cause), redis);
  if (advice !== null) return `${said}: ${advice}`;
  if (UNKNOWN_ANSWER.test(cause.message)) {
    return `what answers at ${redisPlace(address)} isn't Redis; check host and port in ${setting}`;
  }
  return said;
}

/** Of a cluster, what the last node said that was asked. */
function causeOf(error: Error): Error {
  const last: unknown = Reflect.get(error, 'lastNodeError');
  return last instanceof Error ? last : error;
}

function sentinelAdvice(said: string, { master }: SentinelTarget): string | null {
  if (/got an invalid reply: null|No such master/.test(said)) {
    return `that Sentinel knows no master ${master}; \`sentinel monitor\` in its configuration says what it is called`;
  }
  if (/sentinel.*(?:WRONGPASS|NOAUTH|without any password)/i.test(said)) {
    return 'REDIS_SENTINEL_USER and REDIS_SENTINEL_PASSWORD are for Sentinels';
  }
  return null;
}

/** What is wrong with TLS, by Node's code or OpenSSL's text. */
function tlsAdvice(code: string, said: string, redis: ConnectedRedis): string | null {
  const { address, setting, sentinel, own, wasThere } = redis;
  const place = sentinel === undefined ? redisPlace(address) : `master ${sentinel.master} or a Sentinel`;
  if (UNKNOWN_CERTIFICATE.test(code) || /self-signed certificate|unable to (?:get|verify)/.test(said)) {
    return (
      `no authority that is known here stands for the certificate of ${place}; ` +
      'REDIS_CA_FILE names a file with the certificate of its authority'
    );
  }
  if (/ALTNAME_INVALID/.test(code)) return `the certificate is for other names; check the host in ${setting}`;
  if (code === 'CERT_HAS_EXPIRED') return `the certificate of ${place} has to be renewed`;
  // Whom it doesn't let in by TLS 1.3, it tells so or not, and resets the connection.
  const isCutOff = (code === 'ECONNRESET' || code === 'EPIPE') && !wasThere;
  if (address.tls && (isCutOff || /alert (?:certificate required|unknown ca|bad certificate)/i.test(said))) {
    return own === undefined
      ? 'if it asks for a certificate, REDIS_CLIENT_CERT_FILE and REDIS_CLIENT_KEY_FILE name one and its key'
      : 'it may know no authority that stands for the certificate in REDIS_CLIENT_CERT_FILE';
  }
  // A Redis that speaks no TLS answers nothing to who begins with it.
  const isSilent = code === 'ETIMEDOUT' || /wrong version number|packet length too long/i.test(said);
  if (address.tls && isSilent) {
    return `${place} doesn't answer over TLS; where it speaks none, ${setting} begins with redis://`;
  }
  return null;
}

function loginAdvice(said: string, setting: string): string | null {
  if (/WRONGPASS|invalid password/.test(said)) return `check user and password in ${setting}`;
  if (said.includes('NOAUTH')) return `it wants a password, in ${setting} as in redis://:password@host`;
  return null;
}

function socketAdvice(code: string, { address, setting }: ConnectedRedis): string | null {
  if (address.socket === null) return null;
  if (code === 'ENOENT')
    return `there is no such socket; check the path in ${setting}, and \`unixsocket\` of Redis`;
  if (code === 'EACCES') {
    return 'this user may not use the socket; `unixsocketperm 770` of Redis, and its group for this user';
  }
  return null;
}
