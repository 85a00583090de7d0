import { expect, test } from '@jest/globals';
import { loadSettings, SettingsError } from '@mediamtx-monitor/runtime';
import { SIMULATOR_SETTINGS } from '../src/settings.ts';

const load = (env: Readonly<Record<string, string>>) =>
  loadSettings(SIMULATOR_SETTINGS, env, { readFile: () => '' }).values;

test.each<[string, string, unknown]>([
  ['SIMULATOR_STREAMS', '0', 0],
  ['SIMULATOR_READERS', '1000', 1000],
])('%s=%s', (name, text, value) => {
  expect(load({ [name]: text })).toHaveProperty(name, value);
});

test.each<[string, string, string]>([
  ['SIMULATOR_STREAMS', '100001', 'a whole number from 0 to 100000'],
  ['SIMULATOR_READERS', '1001', 'a whole number from 0 to 1000'],
])('wrong: %s=%s is told in one line with its name, its value and what is allowed', (name, text, allowed) => {
  expect(() => load({ [name]: text })).toThrow(
    new SettingsError([`${name} is "${text}"; allowed: ${allowed}`]),
  );
});

test('nothing set: twelve streams at the usual address of a MediaMTX on this machine', () => {
  expect(load({})).toMatchObject({
    SIMULATOR_HOST: '127.0.0.1',
    SIMULATOR_PORT: 9997,
    SIMULATOR_STREAMS: 12,
    SIMULATOR_READERS: 2,
    SIMULATOR_REPLAY: undefined,
  });
});
