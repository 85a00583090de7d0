import { describe, expect, test } from '@jest/globals';
import { isHostId } from '@mediamtx-monitor/types';
import fc from 'fast-check';
import { hostIdOf, type HostSurroundings, loadConfig } from '../src/config.ts';

/** A machine that has just these files. */
const machine = (files: Readonly<Record<string, string>> = {}): HostSurroundings => ({
  hostName: () => 'Media1.example.com',
  exists: (path) => path in files,
  readFile: (path) => {
    const text = files[path];
    if (text === undefined) throw new Error('ENOENT');
    return text;
  },
  readLink: () => 'pid:[4026532201]',
});
const LINUX = machine({ '/proc/stat': '' });

test('everything has a default', () => {
  expect(loadConfig({}, LINUX)).toStrictEqual({
    host: 'media1-example-com',
    root: '/',
    sees: 'host',
    intervalSeconds: 5,
    redis: { url: 'redis://127.0.0.1:6379', urlFile: undefined, keyPrefix: 'mediamtx' },
    durableRedis: null,
    health: { host: '127.0.0.1', port: 9121, allowedHosts: [], publishedOn: undefined },
    log: { LOG_LEVEL: 'info', LOG_FORMAT: 'auto', LOG_FILE: undefined, LOG_FILE_MAX_MB: 10 },
    warnings: [],
  });
});

test('what is set', () => {
  const env = {
    HOST_ID: 'media-1',
    HOST_INTERVAL_SECONDS: '10',
    HEALTH_PORT: '0',
    ALLOWED_HOSTS: 'here',
    REDIS_KEY_PREFIX: 'x',
  };
  expect(loadConfig(env, LINUX)).toMatchObject({
    host: 'media-1',
    intervalSeconds: 10,
    redis: { keyPrefix: 'x' },
    health: { port: 0, allowedHosts: ['here'] },
  });
});

describe('the host’s name', () => {
  const below = (files: Readonly<Record<string, string>>, env = {}): string =>
    loadConfig({ HOST_ROOT: '/host', ...env }, machine(files)).host;

  test('is that of the host, not of the container', () => {
    expect(below({ '/host/etc/hostname': 'Studio_7\n' })).toBe('studio-7');
  });

  test('is the container’s where the host tells none', () => {
    expect(below({})).toBe('media1-example-com');
    expect(below({ '/host/etc/hostname': '\n' })).toBe('media1-example-com');
  });

  test('doesn’t matter where an id is set', () => {
    expect(below({ '/host/etc/hostname': 'studio\n' }, { HOST_ID: 'a' })).toBe('a');
  });
});

describe('the host’s root', () => {
  test.each([
    ['/', '/'],
    ['///', '/'],
    ['/host', '/host'],
    ['/host//', '/host'],
  ])('%s', (setting, root) => {
    expect(loadConfig({ HOST_ROOT: setting }, LINUX).root).toBe(root);
  });

  test('without proc is warned about', () => {
    const { warnings } = loadConfig({ HOST_ROOT: '/hots' }, LINUX);
    expect(warnings).toStrictEqual([
      'HOST_ROOT is "/hots", where there is no proc/stat: most of the host stays unknown',
    ]);
  });

  test('in a container says what is seen', () => {
    const files = { '/proc/stat': '', '/.dockerenv': '', '/proc/self/mounts': 'overlay / overlay rw 0 0\n' };
    const blind = loadConfig({}, machine(files));
    expect(blind.sees).toBe('container');
    expect(blind.warnings).toStrictEqual([
      expect.stringMatching(/Mount \/ of the host at \/host and set HOST_ROOT=\/host$/),
    ]);
    const seeing = loadConfig({ HOST_ROOT: '/host' }, machine({ ...files, '/host/proc/stat': '' }));
    expect(seeing).toMatchObject({ sees: 'host', warnings: [] });
  });
});

test('all mistakes are told at once', () => {
  const env = { HOST_ID: 'Media 1', HOST_ROOT: 'host', HOST_INTERVAL_SECONDS: '7', HEALTH_PORT: 'x' };
  expect(() => loadConfig(env, LINUX)).toThrow(
    /^HOST_ID is "Media 1".*\nHOST_ROOT is "host".*\nHOST_INTERVAL_SECONDS is "7".*\nHEALTH_PORT is "x"/,
  );
});

describe('an id that is made of a name', () => {
  test.each([
    ['media-1', 'media-1'],
    ['Cam_Pi', 'cam-pi'],
    ['media1.example.com', 'media1-example-com'],
    ['  Büro PC  ', 'b-ro-pc'],
    ['録画', 'unnamed'],
    ['', 'unnamed'],
    ['--a--', 'a'],
    ['x'.repeat(40), 'x'.repeat(32)],
    [`${'x'.repeat(31)}.example`, 'x'.repeat(31)],
  ])('%j becomes %j', (name, id) => {
    expect(hostIdOf(name)).toBe(id);
  });

  test('whatever a machine is called, its id is one', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => isHostId(hostIdOf(name))));
  });
});
