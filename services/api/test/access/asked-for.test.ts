import { expect, test } from '@jest/globals';
import { requestFrom, startAccess } from './bench.ts';

test('what a connected client asks for counts as a request', () => {
  const { access } = startAccess({ MAX_REQUESTS_PER_MINUTE: 3 });
  const askerAt = (peer: string) => {
    const verdict = access.check(requestFrom({ peer, headers: { host: 'localhost' } }));
    if (!('caller' in verdict)) throw new Error('it was refused');
    return () => {
      access.countQuestion(verdict.caller);
    };
  };
  const [ask, askHere] = [askerAt('192.0.2.1'), askerAt('127.0.0.1')];
  ask();
  ask();
  expect(ask).toThrow('An address may ask 3 times a minute');
  for (let count = 0; count < 10; count += 1) askHere();
});

test('filters have limits of their own', () => {
  const { access } = startAccess({ MAX_FILTERS: 3, MAX_FILTERS_PER_ADDRESS: 2 });
  const take = (address: string, filter: string) => () => {
    access.admitFilters({ address, isLoopback: false, tokenName: null, byTicket: false })(filter);
  };
  take('192.0.2.1', 'a')();
  take('192.0.2.1', 'b')();
  expect(take('192.0.2.1', 'c')).toThrow('2 different filters');
  take('192.0.2.2', 'c')();
  expect(take('192.0.2.2', 'd')).toThrow('3 different filters');
});

test('the work that answers take counts against their address, apart from questions, and against no other', () => {
  const { access } = startAccess({ MAX_REQUESTS_PER_MINUTE: 20 });
  const isRefused = (peer: string): boolean =>
    'refusal' in access.check(requestFrom({ peer, headers: { host: 'localhost' } }));
  access.askerOf(requestFrom({ peer: '192.0.2.1' })).spent(0.9);
  expect(isRefused('192.0.2.1')).toBe(false);
  access.askerOf(requestFrom({ peer: '192.0.2.1' })).spent(79.9);
  expect(isRefused('192.0.2.1')).toBe(false);
  access.askerOf(requestFrom({ peer: '192.0.2.1' })).spent(2.5);
  access.askerOf(requestFrom({ peer: '127.0.0.1' })).spent(1_000);
  expect(['192.0.2.1', '192.0.2.2', '127.0.0.1'].map(isRefused)).toStrictEqual([true, false, false]);
});
