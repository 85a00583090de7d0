import { systemCode } from '@mediamtx-monitor/runtime';

const WORDS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'refuses the connection'],
  ['ECONNRESET', 'cut the connection'],
  ['EPIPE', 'cut the connection'],
  ['ENOTFOUND', 'isn’t known by this name'],
  ['EAI_AGAIN', 'can’t be looked up at the moment'],
  ['ENDLESS_ANSWER', 'sends more than an answer may have'],
  ['HPE_HEADER_OVERFLOW', 'sends more than an answer may have'],
  ['NO_ANSWER', 'gives no answer'],
  ['EHOSTUNREACH', 'can’t be reached'],
  ['ENETUNREACH', 'can’t be reached'],
  ['ETIMEDOUT', 'can’t be reached in time'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'has a certificate for another name'],
  ['CERT_HAS_EXPIRED', 'has a certificate that isn’t valid any more'],
  ['CERT_NOT_YET_VALID', 'has a certificate that isn’t valid yet'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'has a certificate that nobody known vouches for'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'has a certificate that nobody known vouches for'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'has a certificate that nobody known vouches for'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'has a certificate that nobody known vouches for'],
]);

/**
 * Why a host can't be talked to, for people. Only the code of an error is told: what others made may repeat addresses
 * and secrets.
 */
export function connectionFailure(error: unknown, host: string): string {
  const code = systemCode(error);
  const words = WORDS.get(code);
  if (words !== undefined) return `${host} ${words} (${code})`;
  return code === '' ? `${host} can’t be talked to` : `${host} can’t be talked to (${code})`;
}
