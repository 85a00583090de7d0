import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readTicket, TICKET_MS, TICKET_SKEW_MS, writeTicket } from '../../src/access/tickets.ts';

const [KEY, OTHER_KEY] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const HASH = 'a'.repeat(64);
const HASHES = new Map([['dashboard', HASH]]);
const NOW = Date.parse('2026-01-01T00:00:00Z');
const END = NOW + TICKET_MS;

const ticketOf = (name: string, endMs = END): string => writeTicket(KEY, { name, hash: HASH }, endMs);
const read = (ticket: string, nowMs = NOW): string | undefined =>
  readTicket(KEY, ticket, (name) => HASHES.get(name), nowMs);

/** The ticket with one of its three parts made anew. */
function changed(index: number, change: (part: string) => string): string {
  return ticketOf('dashboard')
    .split('.')
    .map((part, position) => (position === index ? change(part) : part))
    .join('.');
}

/** What a claim would be as a ticket, properly signed, whatever it says. */
function signed(claim: string): string {
  return `${claim}.${createHmac('sha256', KEY).update(`${claim}.${HASH}`).digest('base64url')}`;
}
const encoded = (name: string): string => Buffer.from(name).toString('base64url');

test('a ticket says its name until its end, and not from then on', () => {
  const ticket = ticketOf('dashboard');
  expect(read(ticket)).toBe('dashboard');
  expect(read(ticket, END - 1)).toBe('dashboard');
  expect(read(ticket, END)).toBeUndefined();
});

test('it needs no escaping in a URL', () => {
  expect(encodeURIComponent(ticketOf('a.b-c_d'))).toBe(ticketOf('a.b-c_d'));
});

test('any name comes back, of the longest too', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/), (name) => {
      expect(readTicket(KEY, ticketOf(name), () => HASH, NOW)).toBe(name);
    }),
  );
});

describe('is refused', () => {
  test('for longer than any that is given out, but for clocks that differ', () => {
    const latest = END + TICKET_SKEW_MS;
    expect(read(ticketOf('dashboard', latest))).toBe('dashboard');
    for (const end of [latest + 1, NOW + 3_600_000, Number.MAX_SAFE_INTEGER]) {
      expect(read(ticketOf('dashboard', end))).toBeUndefined();
    }
  });

  test('of a name that has no token any more, or another one', () => {
    const ticket = ticketOf('dashboard');
    expect(readTicket(KEY, ticket, () => undefined, NOW)).toBeUndefined();
    expect(readTicket(KEY, ticket, () => 'b'.repeat(64), NOW)).toBeUndefined();
    // Nor where whoever has the key signs for a name that isn't there.
    const forged = writeTicket(KEY, { name: 'ghost', hash: '' }, END);
    expect(readTicket(KEY, forged, () => undefined, NOW)).toBeUndefined();
  });

  test.each([
    ['of another key', writeTicket(OTHER_KEY, { name: 'dashboard', hash: HASH }, END)],
    ['with another name', changed(0, () => encoded('admin'))],
    ['with a later end', changed(1, () => String(END + 1))],
    ['with zeros before its end', changed(1, (end) => `0${end}`)],
    ['with another signature', changed(2, (text) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`)],
    ['with a shorter signature', changed(2, (text) => text.slice(0, -1))],
    ['without signature', changed(2, () => '')],
    ['with a fourth part', `${ticketOf('dashboard')}.x`],
    ['with a line end', `${ticketOf('dashboard')}\n`],
    ['empty', ''],
    ['of dots', '..'],
    ['signed, with zeros before its end', signed(`${encoded('dashboard')}.0${END}`)],
    ['signed, with an end that is no number', signed(`${encoded('dashboard')}.${END}.0`)],
    ['signed, with an end of no digits', signed(`${encoded('dashboard')}.`)],
    ['signed, with the name written otherwise', signed(`${encoded('dashboard')}=.${END}`)],
  ])('%s', (_what, ticket) => {
    expect(read(ticket)).toBeUndefined();
  });

  test('with a name longer than any', () => {
    const ticket = signed(`${encoded('a'.repeat(65))}.${END}`);
    expect(readTicket(KEY, ticket, () => HASH, NOW)).toBeUndefined();
  });

  test('with the same signature written otherwise', () => {
    // The last character of 43 carries four bits: four characters stand for the same bytes.
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const signature = ticketOf('dashboard').split('.')[2] ?? '';
    const bytes = Buffer.from(signature, 'base64url');
    const twins = Array.from(letters)
      .map((letter) => signature.slice(0, -1) + letter)
      .filter((text) => text !== signature && Buffer.from(text, 'base64url').equals(bytes));
    expect(twins).toHaveLength(3);
    for (const twin of twins) expect(read(changed(2, () => twin))).toBeUndefined();
  });

  test('whatever else is sent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.base64String()), (text) => {
        expect(read(text)).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });
});
