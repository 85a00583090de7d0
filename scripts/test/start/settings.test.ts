import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { SettingsError } from '@mediamtx-monitor/runtime';
import { loadStartSettings } from '../../src/start/settings.ts';

describe('loadStartSettings', () => {
  test('without any setting: defaults, and nothing counts as set', () => {
    expect(loadStartSettings({})).toStrictEqual({
      apiHost: '127.0.0.1',
      apiPort: 8000,
      needsToken: false,
      serverId: 'main',
      simulatorPort: null,
      replay: null,
      redisIsSet: false,
      mediamtxIsSet: false,
      mediamtxUrl: 'http://127.0.0.1:9997',
    });
  });

  test('an empty value is no setting, as in a copied .env.example', () => {
    const settings = loadStartSettings({ REDIS_URL: '', MEDIAMTX_API_URL: '', SIMULATOR_PORT: '' });
    expect(settings).toMatchObject({ redisIsSet: false, mediamtxIsSet: false, simulatorPort: null });
  });

  test('an address that is set counts as set, even the default one', () => {
    expect(loadStartSettings({ REDIS_URL: 'redis://127.0.0.1:6379' }).redisIsSet).toBe(true);
    expect(loadStartSettings({ MEDIAMTX_API_URL: 'http://127.0.0.1:9997' }).mediamtxIsSet).toBe(true);
  });

  test('tokens make the API answer only who brings one', () => {
    const env = { API_TOKENS: `me:${'0'.repeat(64)}` };
    expect(loadStartSettings(env).needsToken).toBe(true);
    expect(loadStartSettings({ API_TOKENS_FILE: '/run/tokens' }).needsToken).toBe(true);
  });

  test('a file to replay is known', () => {
    expect(loadStartSettings({ SIMULATOR_REPLAY: 'x.json' }).replay).toBe('x.json');
  });

  test('credentials for MediaMTX mean that there is one to watch', () => {
    expect(loadStartSettings({ MEDIAMTX_API_USER: 'monitor' }).mediamtxIsSet).toBe(true);
  });

  test('servers that MONITOR_CONFIG lists are those to watch', () => {
    const folder = mkdtempSync(join(tmpdir(), 'start-'));
    const path = join(folder, 'monitor.yml');
    try {
      writeFileSync(
        path,
        'servers: [{id: north, url: "http://north:9997"}, {id: south, url: "http://south:9997"}]',
      );
      expect(loadStartSettings({ MONITOR_CONFIG: path })).toMatchObject({
        serverId: 'north',
        mediamtxIsSet: true,
        mediamtxUrl: 'http://north:9997',
      });
      writeFileSync(path, 'expected: []');
      expect(loadStartSettings({ MONITOR_CONFIG: path })).toMatchObject({
        serverId: 'main',
        mediamtxIsSet: false,
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('tells every mistake of every service at once', () => {
    const env = { API_PORT: 'x', POLL_INTERVAL_SECONDS: '7', SIMULATOR_STREAMS: '-1' };
    const mistakes = (): unknown => {
      try {
        return loadStartSettings(env);
      } catch (error) {
        return error instanceof SettingsError ? error.mistakes : error;
      }
    };
    expect(mistakes()).toStrictEqual([
      expect.stringContaining('POLL_INTERVAL_SECONDS'),
      expect.stringContaining('API_PORT'),
      expect.stringContaining('SIMULATOR_STREAMS'),
    ]);
  });
});
