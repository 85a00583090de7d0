import { expect, test } from '@jest/globals';
import { ClientLimit } from '../../src/access/client-limits.ts';
import type { Caller } from '../../src/http/caller.ts';
import { RefusedError } from '../../src/http/refusal.ts';

const callerAt = (address: string, isLoopback = false): Caller => ({
  address,
  isLoopback,
  tokenName: null,
  byTicket: false,
});
const A = callerAt('192.0.2.1');
const B = callerAt('192.0.2.2');
const LOCAL = callerAt('127.0.0.1', true);

function refusalOf(limit: ClientLimit, caller: Caller) {
  try {
    limit.admit(caller);
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal;
    throw error;
  }
  throw new Error('it was let in');
}

test('an address has its limit; one that leaves makes room for one', () => {
  const limit = new ClientLimit({ inAll: 10, perAddress: 2 });
  const leave = limit.admit(A);
  limit.admit(A);
  expect(refusalOf(limit, A)).toStrictEqual({
    code: 'too-many-clients',
    detail: 'Your address has 2 clients here, which is its limit; close one, or try again in 10 s.',
    headers: { 'Retry-After': '10' },
  });
  limit.admit(B);
  leave();
  leave();
  limit.admit(A);
  expect(refusalOf(limit, A).code).toBe('too-many-clients');
});

test('all together have theirs', () => {
  const limit = new ClientLimit({ inAll: 2, perAddress: 2 });
  const leave = limit.admit(A);
  limit.admit(B);
  expect(refusalOf(limit, callerAt('192.0.2.3')).detail).toContain('It has 2 clients');
  leave();
  leave();
  limit.admit(B);
  expect(refusalOf(limit, A).detail).toContain('It has 2 clients');
});

test('this machine has no limit of its own, but counts with the others', () => {
  const limit = new ClientLimit({ inAll: 4, perAddress: 1 });
  for (let count = 0; count < 4; count += 1) limit.admit(LOCAL);
  expect(refusalOf(limit, LOCAL).code).toBe('too-many-clients');
});

test('of IPv6 a /64 counts as one address', () => {
  const limit = new ClientLimit({ inAll: 10, perAddress: 1 });
  limit.admit(callerAt('2001:db8:0:1::1'));
  expect(refusalOf(limit, callerAt('2001:db8:0:1:ffff::2')).code).toBe('too-many-clients');
  limit.admit(callerAt('2001:db8:0:2::1'));
});

test('a refused client is not counted', () => {
  const limit = new ClientLimit({ inAll: 2, perAddress: 1 });
  const leave = limit.admit(A);
  for (let count = 0; count < 5; count += 1) refusalOf(limit, A);
  limit.admit(B);
  leave();
  limit.admit(A);
});
