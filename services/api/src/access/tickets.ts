import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { TokenEntry } from './token-lines.ts';

/** How long a ticket opens something, in ms. */
export const TICKET_MS = 60_000;

const LABEL = 'mediamtx-monitor ticket v1';
const KEY_BYTES = 32;
/** Name in base64url, end in Unix ms, HMAC-SHA256 in base64url. */
const TICKET = /^([A-Za-z0-9_-]{1,86}\.\d{1,16})\.([A-Za-z0-9_-]{43})$/;

/** The key for tickets: the same for all replicas that have the same tokens, in whatever order. */
export function ticketKey(entries: readonly TokenEntry[]): Buffer {
  const lines = entries.map(({ name, hash }) => `${name}:${hash}`).sort();
  return Buffer.from(hkdfSync('sha256', lines.join('\n'), '', LABEL, KEY_BYTES));
}

/** Writes a ticket: it says for whom and until when, and proves it, so that nobody has to store it. */
export function writeTicket(key: Buffer, name: string, expiresMs: number): string {
  const claim = `${Buffer.from(name).toString('base64url')}.${expiresMs}`;
  return `${claim}.${signatureOf(key, claim)}`;
}

/**
 * The name in a ticket; `undefined` for one that is forged, broken or over.
 * @param nowMs Unix time in ms
 */
export function readTicket(key: Buffer, ticket: string, nowMs: number): string | undefined {
  const [, claim = '', signature = ''] = TICKET.exec(ticket) ?? [];
  // Compared as text: in base64url more than one text stands for the same bytes.
  if (signature === '' || !isSame(signature, signatureOf(key, claim))) return undefined;
  const [name = '', expiresMs] = claim.split('.');
  return nowMs < Number(expiresMs) ? Buffer.from(name, 'base64url').toString() : undefined;
}

function signatureOf(key: Buffer, claim: string): string {
  return createHmac('sha256', key).update(claim).digest('base64url');
}

function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
