import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readTicket, ticketKey, writeTicket } from '../../src/access/tickets.ts';

const KEY = ticketKey([{ name: 'a', hash: 'a'.repeat(64) }]);
const OTHER_KEY = ticketKey([{ name: 'a', hash: 'b'.repeat(64) }]);
const NOW = Date.parse('2026-01-01T00:00:00Z');
const END = NOW + 60_000;

/** The ticket with one of its three parts made anew. */
function changed(index: number, change: (part: string) => string): string {
  return writeTicket(KEY, 'dashboard', END)
    .split('.')
    .map((part, position) => (position === index ? change(part) : part))
    .join('.');
}

test('a ticket says its name until its end, and not from then on', () => {
  const ticket = writeTicket(KEY, 'dashboard', END);
  expect(readTicket(KEY, ticket, NOW)).toBe('dashboard');
  expect(readTicket(KEY, ticket, END - 1)).toBe('dashboard');
  expect(readTicket(KEY, ticket, END)).toBeUndefined();
});

test('it needs no escaping in a URL', () => {
  expect(encodeURIComponent(writeTicket(KEY, 'a.b-c_d', END))).toBe(writeTicket(KEY, 'a.b-c_d', END));
});

test('any name comes back, of the longest too', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/), (name) => {
      expect(readTicket(KEY, writeTicket(KEY, name, END), NOW)).toBe(name);
    }),
  );
});

describe('is refused', () => {
  test.each([
    ['of other tokens', writeTicket(OTHER_KEY, 'dashboard', END)],
    ['with another name', changed(0, () => Buffer.from('admin').toString('base64url'))],
    ['with a later end', changed(1, () => String(END + 1))],
    ['with zeros before its end', changed(1, (end) => `0${end}`)],
    ['with another signature', changed(2, (text) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`)],
    ['with a shorter signature', changed(2, (text) => text.slice(0, -1))],
    ['without signature', changed(2, () => '')],
    ['with a fourth part', `${writeTicket(KEY, 'dashboard', END)}.x`],
    ['with a line end', `${writeTicket(KEY, 'dashboard', END)}\n`],
    ['empty', ''],
    ['of dots', '..'],
  ])('%s', (_what, ticket) => {
    expect(readTicket(KEY, ticket, NOW)).toBeUndefined();
  });

  test('with the same signature written otherwise', () => {
    // The last character of 43 carries four bits: four characters stand for the same bytes.
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const signature = writeTicket(KEY, 'dashboard', END).split('.')[2] ?? '';
    const bytes = Buffer.from(signature, 'base64url');
    const twins = Array.from(letters)
      .map((letter) => signature.slice(0, -1) + letter)
      .filter((text) => text !== signature && Buffer.from(text, 'base64url').equals(bytes));
    expect(twins).toHaveLength(3);
    for (const twin of twins)
      expect(
        readTicket(
          KEY,
          changed(2, () => twin),
          NOW,
        ),
      ).toBeUndefined();
  });

  test('whatever else is sent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.base64String()), (text) => {
        expect(readTicket(KEY, text, NOW)).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });
});
