import { describe, expect, test } from '@jest/globals';
import type { Silence as SilenceLevel } from '@mediamtx-monitor/types';
import { areSameSilences, silencesOf } from '../../src/model/fleet-trouble.ts';
import { host, hostsMessage } from '../support/hosts.ts';
import { fleet, snapshot } from '../support/records.ts';

const main = fleet(snapshot([]));
const withHost = { ...main, hosts: new Map([['box', hostsMessage(host())]]) };
const heard = (silence: SilenceLevel) => new Map([['main', { silentMs: 40_000, silence }]]);

describe('servers that nothing is heard of', () => {
  test('are those that the client says it of, whatever was heard last', () => {
    const down = fleet(snapshot([], { source: { status: 'down', error: 'x', version: null } }));
    for (const seen of [main, down]) {
      expect([...silencesOf(seen, heard('warning'), new Map())]).toEqual([
        ['main', { level: 'warning', host: null }],
      ]);
      expect(silencesOf(seen, heard('fresh'), new Map()).size).toBe(0);
    }
  });

  test('name their machine only when that is silent too', () => {
    const hostOfMain = (stale: boolean) =>
      silencesOf(withHost, heard('critical'), new Map([['box', { ageMs: 70_000, stale }]])).get('main');
    expect(hostOfMain(true)).toEqual({ level: 'critical', host: 'box' });
    expect(hostOfMain(false)).toEqual({ level: 'critical', host: null });
  });

  test('are the same until it gets worse', () => {
    const at = (silence: SilenceLevel) => silencesOf(main, heard(silence), new Map());
    expect(areSameSilences(at('quiet'), at('quiet'))).toBe(true);
    expect(areSameSilences(at('quiet'), at('warning'))).toBe(false);
    expect(areSameSilences(at('quiet'), new Map())).toBe(false);
  });
});
