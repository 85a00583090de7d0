import { expect, test } from '@jest/globals';
import { loadSettings, SettingsError } from '@mediamtx-monitor/runtime';
import { ALERTER_SETTINGS } from '../src/settings.ts';

const load = (env: Readonly<Record<string, string>>) =>
  loadSettings(ALERTER_SETTINGS, env, { readFile: () => '' }).values;

test.each<[string, string, unknown]>([
  ['DASHBOARD_URL', 'https://monitor.example.com', 'https://monitor.example.com'],
  ['DASHBOARD_URL', 'http://192.0.2.10:8000/monitor/', 'http://192.0.2.10:8000/monitor/'],
  ['MONITOR_CONFIG', '/config/monitor.yml', '/config/monitor.yml'],
])('%s=%s', (name, text, value) => {
  expect(load({ [name]: text })).toHaveProperty(name, value);
});

test.each<[string, string]>([
  ['monitor.example.com', 'DASHBOARD_URL is "monitor.example.com"; allowed: '],
  ['ftp://monitor.example.com', 'DASHBOARD_URL is "ftp://monitor.example.com"; allowed: '],
  [
    'https://monitor.example.com/?token=x',
    'DASHBOARD_URL is "https://monitor.example.com/?(removed)", but it has a query or fragment; allowed: ',
  ],
  [
    'https://ops:SECRET@monitor.example.com',
    'DASHBOARD_URL is "https://(removed)@monitor.example.com", but it has a user or password, which everybody would see; allowed: ',
  ],
])('wrong: DASHBOARD_URL=%s', (text, mistake) => {
  expect(() => load({ DASHBOARD_URL: text })).toThrow(
    new SettingsError([`${mistake}an http:// or https:// address without query`]),
  );
});
