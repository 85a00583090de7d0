import { createHmac, timingSafeEqual } from 'node:crypto';
import type { TokenEntry } from './token-lines.ts';

/** How long a ticket opens something, in ms. */
export const TICKET_MS = 60_000;
/** How far the wall clock of the replica that made a ticket may be ahead, in ms. */
export const TICKET_SKEW_MS = 5_000;

/** Name in base64url, end in Unix ms, HMAC-SHA256 in base64url. */
const TICKET = /^([A-Za-z0-9_-]{1,86}\.[1-9]\d{0,15})\.([A-Za-z0-9_-]{43})$/;

/**
 * Writes a ticket for a token: it says for whom and until when, and proves it, so that nobody has to store it. The
 * hash of the token is signed too, so that a ticket ends with the token it was given for.
 */
export function writeTicket(key: Buffer, { name, hash }: TokenEntry, expiresMs: number): string {
  const claim = `${Buffer.from(name).toString('base64url')}.${expiresMs}`;
  return `${claim}.${signatureOf(key, claim, hash)}`;
}

/**
 * The name in a ticket; `undefined` for one that is forged, broken, over, of a token that isn't there any more, or
 * good for longer than any that is given out.
 * @param hashOf tells the hash of a token by its name
 * @param nowMs Unix time in ms
 */
export function readTicket(
  key: Buffer,
  ticket: string,
  hashOf: (name: string) => string | undefined,
  nowMs: number,
): string | undefined {
  const [, claim = '', signature = ''] = TICKET.exec(ticket) ?? [];
  if (signature === '') return undefined;
  const [encoded = '', expiresMs] = claim.split('.');
  const name = Buffer.from(encoded, 'base64url').toString();
  const hash = hashOf(name);
  // Compared as text: in base64url more than one text stands for the same bytes.
  const isSigned = isSame(signature, signatureOf(key, claim, hash ?? ''));
  const leftMs = Number(expiresMs) - nowMs;
  const isInTime = leftMs > 0 && leftMs <= TICKET_MS + TICKET_SKEW_MS;
  return isSigned && hash !== undefined && isInTime ? name : undefined;
}

function signatureOf(key: Buffer, claim: string, hash: string): string {
  return createHmac('sha256', key).update(`${claim}.${hash}`).digest('base64url');
}

function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
