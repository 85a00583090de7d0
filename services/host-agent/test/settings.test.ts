import { expect, test } from '@jest/globals';
import { loadSettings, SettingsError } from '@mediamtx-monitor/runtime';
import { HOST_AGENT_SETTINGS } from '../src/settings.ts';

const load = (env: Readonly<Record<string, string>>) =>
  loadSettings(HOST_AGENT_SETTINGS, env, { readFile: () => '' }).values;

test.each<[string, string, unknown]>([
  ['HOST_ID', 'events', 'events'],
  ['HOST_ROOT', '/host', '/host'],
  ['HOST_INTERVAL_SECONDS', '1', 1],
])('%s=%s', (name, text, value) => {
  expect(load({ [name]: text })).toHaveProperty(name, value);
});

test.each<[string, string, string]>([
  ['HOST_ID', 'Media 1', '1 to 32 lower-case letters, digits or hyphens'],
  ['HOST_ID', 'x'.repeat(33), '1 to 32 lower-case letters, digits or hyphens'],
  ['HOST_ROOT', 'host', 'an absolute path of a folder'],
  ['HOST_INTERVAL_SECONDS', '7', 'a divisor of 60: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60'],
])('wrong: %s=%s is told in one line with its name, its value and what is allowed', (name, text, allowed) => {
  expect(() => load({ [name]: text })).toThrow(
    new SettingsError([`${name} is "${text}"; allowed: ${allowed}`]),
  );
});
