import { errorText } from '../error-text.ts';
import { systemCode } from '../system-code.ts';
import { type RedisAddress, redisPlace } from './address.ts';

/** What Node calls a certificate that no known authority stands for. */
const UNKNOWN_CERTIFICATE = /SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY)/;

/** What ioredis says of an answer that isn't Redis's. */
const UNKNOWN_ANSWER = /^Unknown RESP type/;

/** Whether Redis refused to change to the database that the address names. */
export function isRefusedDatabase(error: Error): boolean {
  const command: unknown = Reflect.get(error, 'command');
  return typeof command === 'object' && command !== null && Reflect.get(command, 'name') === 'select';
}

/** Why a connection failed, with what to do where that is plain; without secrets. */
export function connectionFailure(error: Error, address: RedisAddress, setting = 'REDIS_URL'): string {
  const said = errorText(error);
  if (isRefusedDatabase(error)) {
    return `database ${address.database} can't be used (${said}); check the end of ${setting}`;
  }
  const code = systemCode(error);
  if (UNKNOWN_CERTIFICATE.test(code)) {
    return (
      `no authority that is known here stands for the certificate of ${redisPlace(address)} (${said}); ` +
      'REDIS_CA_FILE names a file with the certificate of its authority'
    );
  }
  // A Redis that speaks no TLS answers nothing to who begins with it.
  if (address.tls && (code === 'ETIMEDOUT' || /wrong version number|packet length too long/i.test(said))) {
    return `${redisPlace(address)} doesn't answer over TLS (${said}); where it speaks none, ${setting} begins with redis://`;
  }
  if (UNKNOWN_ANSWER.test(error.message)) {
    return `what answers at ${redisPlace(address)} isn't Redis; check host and port in ${setting}`;
  }
  return said;
}
