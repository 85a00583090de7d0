import { expect, test } from '@jest/globals';
import { FilterLimit } from '../../src/access/client-limits.ts';
import type { Caller, TakeFilter } from '../../src/http/caller.ts';
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

function limitOf(inAll: number, perAddress: number) {
  const limit = new FilterLimit({ inAll, perAddress });
  /** A client with this filter. */
  const client = (caller: Caller, filter?: string): TakeFilter => {
    const take = limit.open(caller);
    take(filter);
    return take;
  };
  return { client };
}

function refusalOf(take: () => void) {
  try {
    take();
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal;
    throw error;
  }
  throw new Error('it was let in');
}

test('an address has its limit of different filters; one that is given up makes room for one', () => {
  const { client } = limitOf(10, 2);
  const first = client(A, 'a*');
  client(A, 'b*');
  expect(refusalOf(() => client(A, 'c*'))).toStrictEqual({
    code: 'too-many-filters',
    detail:
      'Clients of your address have 2 different filters here, which is its limit; take one that another client ' +
      'has, or none, or try again in 10 s.',
    headers: { 'Retry-After': '10' },
  });
  client(B, 'c*');
  first(undefined);
  first(undefined);
  client(A, 'c*');
  expect(refusalOf(() => client(A, 'a*')).code).toBe('too-many-filters');
});

test('the same filter counts once, until the last client with it has gone', () => {
  const { client } = limitOf(1, 1);
  const clients = [client(A, 'a*'), client(A, 'a*'), client(B, 'a*')];
  expect(refusalOf(() => client(B, 'b*')).detail).toContain('Its clients have 1 different filters');
  for (const take of clients.slice(0, 2)) take(undefined);
  expect(refusalOf(() => client(A, 'b*')).code).toBe('too-many-filters');
  clients[2]?.(undefined);
  client(A, 'b*');
});

test('clients without a filter don’t count', () => {
  const { client } = limitOf(1, 1);
  for (let count = 0; count < 5; count += 1) client(A);
  client(A, 'a*');
  client(A);
});

test('a client that takes another filter gives up its own first', () => {
  const { client } = limitOf(2, 1);
  const take = client(A, 'a*');
  take('b*');
  take('b*');
  client(B, 'a*');
  expect(refusalOf(() => client(A, 'a*')).detail).toContain('of your address');
  expect(refusalOf(() => client(LOCAL, 'c*')).detail).toContain('Its clients');
  take(undefined);
  client(LOCAL, 'c*');
});

test('a client that is refused has no filter any more', () => {
  const { client } = limitOf(10, 1);
  client(A, 'a*');
  const take = client(A, 'a*');
  expect(
    refusalOf(() => {
      take('b*');
    }).code,
  ).toBe('too-many-filters');
  take(undefined);
  expect(refusalOf(() => client(A, 'b*')).code).toBe('too-many-filters');
});

test('this machine has no limit of its own, but counts with the others', () => {
  const { client } = limitOf(3, 1);
  for (const filter of ['a', 'b', 'c']) client(LOCAL, filter);
  expect(refusalOf(() => client(LOCAL, 'd')).code).toBe('too-many-filters');
  expect(refusalOf(() => client(A, 'd')).code).toBe('too-many-filters');
  client(A, 'a');
});

test('of IPv6 a /64 counts as one address', () => {
  const { client } = limitOf(10, 1);
  client(callerAt('2001:db8:0:1::1'), 'a');
  expect(refusalOf(() => client(callerAt('2001:db8:0:1:ffff::2'), 'b')).code).toBe('too-many-filters');
  client(callerAt('2001:db8:0:2::1'), 'b');
});
