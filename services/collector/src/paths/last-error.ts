import { maskSecrets, REMOVED } from '@mediamtx-monitor/runtime';
import type { AddressPrivacy } from '@mediamtx-monitor/types';
import { maskText } from '../addresses.ts';

/** A longer one isn't looked at: what MediaMTX says of an attempt is a line, if with a long address in it. */
const MAX_LINE = 8_192;
/** Nor is a longer reason, which has no address in it. */
const MAX_REASON = 1_024;
const MAX_SHOWN = 200;
/** How Go begins when it can't read an address; the reason behind may quote a piece of it, password included. */
const UNREADABLE = /\bparse\b/i;
const INVALID_ADDRESS = 'the address in the configuration is invalid';
/** RTMP peers answer with whatever they like, perhaps what they were sent. */
const PEER_ANSWER = /^(.*\bbad result)\b.*$/i;
/** What stands between the address that was asked and the reason, as in `Get "http://…": EOF`. */
const REASON_BEGINS = '": ';
/** What Go quotes, to the end where the quote isn't closed: it matches at every quote, so that none is read twice. */
const QUOTED = /"(?:[^"\\]|\\.)*\\?"?/g;
/** An address up to the next blank or quote. */
const ADDRESS = /(?<![\w+.-])[\w+.-]*:\/\/[^\s"'`]*/g;
// eslint-disable-next-line no-control-regex -- just those
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** The text without addresses, and without all from the first one to the last @: a password may have blanks. */
function withoutAddresses(text: string): string {
  const first = text.search(ADDRESS);
  const lastAt = text.lastIndexOf('@');
  const joined = first >= 0 && lastAt > first ? `${text.slice(0, first)}://${text.slice(lastAt + 1)}` : text;
  return joined.replace(ADDRESS, REMOVED);
}

/**
 * MediaMTX's text about why a source or forward failed, as it may be shown: one line, the reason without the address.
 * MediaMTX itself doesn't filter it, so that it may hold the user, password and query of a configured address.
 * `null` where there is none.
 */
export function shownError(lastError: unknown, privacy: AddressPrivacy): string | null {
  if (typeof lastError !== 'string') return null;
  if (lastError.length > MAX_LINE) return REMOVED;
  const line = lastError.replace(CONTROL, ' ').trim();
  if (line === '') return null;
  if (UNREADABLE.test(line)) return INVALID_ADDRESS;
  const reasonAt = line.lastIndexOf(REASON_BEGINS);
  const reason = reasonAt < 0 ? line : line.slice(reasonAt + REASON_BEGINS.length);
  if (reason.length > MAX_REASON) return REMOVED;
  const plain = reason
    .replace(PEER_ANSWER, '$1')
    .replace(QUOTED, (quoted) => (quoted.includes('://') ? REMOVED : quoted));
  const shown = maskText(maskSecrets(withoutAddresses(plain)), privacy).trim();
  if (shown === '') return REMOVED;
  return shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN - 1)}…` : shown;
}
