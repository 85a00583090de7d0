import { describe, expect, test } from '@jest/globals';
import type { Fleet } from '../../src/data/fleet.ts';
import { hostOf } from '../../src/model/host-of.ts';
import { host, hostsMessage } from '../support/hosts.ts';
import { fleet, snapshot } from '../support/records.ts';

const withHosts = (servers: readonly string[], ...hosts: readonly ReturnType<typeof host>[]): Fleet => ({
  servers: fleet(...servers.map((server) => snapshot([], { server }))).servers,
  hosts: new Map(hosts.map((record) => [record.host, hostsMessage(record)])),
});

describe('the host of a server', () => {
  test('is the one of its name', () => {
    expect(hostOf('b', withHosts(['a', 'b'], host({ host: 'a' }), host({ host: 'b' })))?.host).toBe('b');
  });

  test('is the only one that runs a MediaMTX for the only server', () => {
    const other = host({ host: 'db', mediamtx: [] });
    expect(hostOf('main', withHosts(['main'], other, host()))?.host).toBe('box');
  });

  test('is not guessed', () => {
    expect(hostOf('main', withHosts(['main', 'other'], host()))).toBeUndefined();
    expect(hostOf('main', withHosts(['main'], host(), host({ host: 'box2' })))).toBeUndefined();
    expect(hostOf('main', withHosts(['main'], host({ mediamtx: null })))).toBeUndefined();
  });
});
