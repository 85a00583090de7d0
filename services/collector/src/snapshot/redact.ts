import type { AddressPrivacy } from '@mediamtx-monitor/types';
import { maskText, REMOVED } from './mask-text.ts';

/** Something MediaMTX sent, without secrets. */
export interface Redacted {
  readonly value: unknown;
  /** How many values were changed because they hold a secret, or might; masked addresses don't count. */
  readonly removedSecrets: number;
}

/** Members whose whole value is taken away, whatever it is and however deep they are. */
const SECRET_MEMBER =
  /^query$|pass$|passw(or)?d|passphrase|pwd|secret|token|credential|authorization|cookie|jwt|signature|(api|access|private|stream)_?key/i;

/** What may hold a secret inside any text, and what is left of it. */
const SECRETS_IN_TEXT: readonly (readonly [RegExp, string])[] = [
  // User and password of an address: all before its last @, since a password needn't be properly encoded.
  [/([a-z][a-z\d+.-]*:\/\/)[^\s"'<>]*@/gi, `$1${REMOVED}@`],
  // Query and fragment of an address.
  [/([a-z][a-z\d+.-]*:\/\/[^\s"'<>?#]*[?#])[^\s"'<>]+/gi, `$1${REMOVED}`],
  [/\b(\w*(?:pass|pwd|token|secret|jwt|key|auth|sig|cred)\w*=)[^\s&;,"'<>]+/gi, `$1${REMOVED}`],
  [/\b(bearer|basic|digest)\s+[\w.~+/=:-]{6,}/gi, `$1 ${REMOVED}`],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, REMOVED],
];

/** Whether a value says nothing that could be secret. */
function isHarmless(value: unknown): boolean {
  return value === '' || value === null || typeof value === 'boolean';
}

/**
 * Takes secrets out of parsed JSON, by the names of members and by what texts look like, and masks IP addresses in
 * all texts. What is left has the same shape. Pure.
 */
export function redact(whole: unknown, privacy: AddressPrivacy): Redacted {
  let removedSecrets = 0;

  function text(raw: string): string {
    const cleaned = SECRETS_IN_TEXT.reduce((rest, [secret, instead]) => rest.replace(secret, instead), raw);
    if (cleaned !== raw) removedSecrets += 1;
    return maskText(cleaned, privacy);
  }

  function member(name: string, value: unknown): unknown {
    if (!SECRET_MEMBER.test(name)) return visit(value);
    if (isHarmless(value)) return value;
    removedSecrets += 1;
    return REMOVED;
  }

  function visit(value: unknown): unknown {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, member(name, each)]));
  }

  return { value: visit(whole), removedSecrets };
}
