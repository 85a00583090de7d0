import { describe, expect, test } from '@jest/globals';
import { areSameSilences, silencesOf } from '../../src/model/silence.ts';
import { host, hostsMessage } from '../support/hosts.ts';
import { fleet, snapshot } from '../support/records.ts';

const age = (ageMs: number | null) => ({ ageMs, stale: true });
const main = fleet(snapshot([]));
const withHost = { ...main, hosts: new Map([['box', hostsMessage(host())]]) };

test.each([
  [null, 'quiet'],
  [7_000, 'quiet'],
  [29_999, 'quiet'],
  [30_000, 'warning'],
  [59_999, 'warning'],
  [60_000, 'critical'],
  [9e9, 'critical'],
] as const)('no news for %p ms is %s', (ageMs, level) => {
  const ages = new Map([['main', age(ageMs)]]);
  expect(silencesOf(main, new Set(['main']), ages, new Map()).get('main')?.level).toBe(level);
});

describe('servers that nothing is heard of', () => {
  test('are those that were answering', () => {
    const ages = new Map([['main', age(40_000)]]);
    expect(silencesOf(main, new Set(['main']), ages, new Map()).get('main')).toEqual({
      level: 'warning',
      host: null,
    });
    const down = fleet(snapshot([], { source: { status: 'down', error: 'x', version: null } }));
    expect(silencesOf(down, new Set(['main']), ages, new Map()).size).toBe(0);
    expect(silencesOf(main, new Set(), ages, new Map()).size).toBe(0);
  });

  test('name their machine only when that is silent too', () => {
    const ages = new Map([['main', age(70_000)]]);
    const hostOfMain = (stale: boolean) =>
      silencesOf(withHost, new Set(['main']), ages, new Map([['box', { ageMs: 70_000, stale }]])).get('main');
    expect(hostOfMain(true)).toEqual({ level: 'critical', host: 'box' });
    expect(hostOfMain(false)).toEqual({ level: 'critical', host: null });
  });

  test('are the same until it gets worse', () => {
    const at = (ageMs: number) =>
      silencesOf(main, new Set(['main']), new Map([['main', age(ageMs)]]), new Map());
    expect(areSameSilences(at(7_000), at(8_000))).toBe(true);
    expect(areSameSilences(at(29_000), at(30_000))).toBe(false);
    expect(areSameSilences(at(7_000), new Map())).toBe(false);
  });
});
