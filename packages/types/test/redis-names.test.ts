import { describe, expect, test } from '@jest/globals';
import { DEFAULT_KEY_PREFIX, DEFAULT_SERVER_ID, redisNames } from '../src/index.ts';

describe('redisNames', () => {
  test('gives server main the plain names that existing readers know', () => {
    const names = redisNames(DEFAULT_KEY_PREFIX);
    expect(names.latest('streams', DEFAULT_SERVER_ID)).toBe('mediamtx:streams:latest');
    expect(names.streamsMeta(DEFAULT_SERVER_ID)).toBe('mediamtx:streams:meta');
    expect(names.servers).toBe('mediamtx:servers');
    expect(names.channel('streams')).toBe('mediamtx:streams');
    expect(names.channel('hosts')).toBe('mediamtx:hosts');
    expect(names.hostsSeen).toBe('mediamtx:hosts:seen');
    expect(names.events).toBe('mediamtx:events');
    expect(names.sessions).toBe('mediamtx:sessions');
    expect(names.eventBaseline(DEFAULT_SERVER_ID)).toBe('mediamtx:events:baseline');
  });

  test('puts the id of another server after the prefix', () => {
    const names = redisNames(DEFAULT_KEY_PREFIX);
    expect(names.latest('streams', 'north')).toBe('mediamtx:north:streams:latest');
    expect(names.streamsMeta('north')).toBe('mediamtx:north:streams:meta');
    expect(names.eventBaseline('north')).toBe('mediamtx:north:events:baseline');
    expect(names.channelOf('connections', 'north')).toBe('mediamtx:north:connections');
    expect(names.channelOf('streams', DEFAULT_SERVER_ID)).toBe(names.channel('streams'));
  });

  test('in a cluster, one node has all of a server, and one all that is of no server alone', () => {
    const names = redisNames(DEFAULT_KEY_PREFIX, true);
    expect(names.latest('streams', DEFAULT_SERVER_ID)).toBe('{mediamtx}:streams:latest');
    expect(names.latest('streams', 'north')).toBe('{mediamtx:north}:streams:latest');
    expect(names.channelOf('streams', 'north')).toBe('{mediamtx:north}:streams');
    expect(names.servers).toBe('{mediamtx}:servers');
    expect(names.host('media-1')).toBe('{mediamtx}:host:media-1:latest');
    expect(names.recentHistory({ kind: 'server', server: 'north' }, 0, 0)).toMatch(/^\{mediamtx:north\}:/);
    expect(names.eventBaseline('north')).toBe('{mediamtx}:north:events:baseline');
  });

  test('puts the id of a host into its key', () => {
    expect(redisNames(DEFAULT_KEY_PREFIX).host('media-1')).toBe('mediamtx:host:media-1:latest');
  });

  test('puts every name below the prefix', () => {
    const names = redisNames('site:a');
    expect([
      names.latest('streams', 'main'),
      names.latest('streams', 'north'),
      names.streamsMeta('main'),
      names.streamsMeta('north'),
      names.servers,
      names.channel('streams'),
      names.host('media-1'),
      names.channel('hosts'),
      names.hostsSeen,
    ]).toStrictEqual([
      'site:a:streams:latest',
      'site:a:north:streams:latest',
      'site:a:streams:meta',
      'site:a:north:streams:meta',
      'site:a:servers',
      'site:a:streams',
      'site:a:host:media-1:latest',
      'site:a:hosts',
      'site:a:hosts:seen',
    ]);
  });

  test('names history by its time, and never two things alike, whatever streams are called', () => {
    const names = redisNames(DEFAULT_KEY_PREFIX);
    const atMs = Date.parse('2026-11-29T20:14:17.500Z');
    const cam = { kind: 'stream', server: 'main', stream: 'cam' } as const;
    expect(names.history(cam, '30s', atMs)).toBe('mediamtx:history:30s:cam:20261129T20');
    expect(names.history({ ...cam, server: 'north' }, '5m', atMs)).toBe(
      'mediamtx:north:history:5m:cam:20261129',
    );
    expect(names.recentHistory({ kind: 'streams', server: 'main' }, atMs, 7)).toBe(
      'mediamtx:history:recent:20261129T201410:7',
    );
    expect(names.recentHistory({ kind: 'host', host: 'media-1' }, atMs, 0)).toBe(
      'mediamtx:host:media-1:history:recent:20261129T201410',
    );
    expect(names.historyStreams('main')).toBe('mediamtx:history:streams');
    const odd = [
      '',
      ':',
      '20261129',
      'cam:20261129',
      'totals',
      '5m:cam',
      'recent',
      'streams',
      '30s',
      'a b/ü',
    ];
    const keys = ['main', 'north', '30s'].flatMap((server) => [
      ...odd.flatMap((stream) =>
        (['30s', '5m'] as const).map((tier) => names.history({ kind: 'stream', server, stream }, tier, atMs)),
      ),
      ...(['30s', '5m'] as const).map((tier) => names.history({ kind: 'server', server }, tier, atMs)),
      ...(['streams', 'server'] as const).map((kind) => names.recentHistory({ kind, server }, atMs, 0)),
      names.historyStreams(server),
    ]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('never gives two servers the same key', () => {
    const names = redisNames('p');
    const servers = ['main', 'north', 'south', '-', 'p'];
    const ofServers = servers.flatMap((id) => [
      names.latest('streams', id),
      names.streamsMeta(id),
      names.channelOf('streams', id),
    ]);
    const all = [...ofServers, names.servers, names.onlyMain('streams')];
    expect(new Set(all).size).toBe(servers.length * 3 + 2);
  });
});
