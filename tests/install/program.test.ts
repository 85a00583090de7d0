import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const PROGRAM = fileURLToPath(new URL('../../systemd/bin/program', import.meta.url));

let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'program-test-'));
  mkdirSync(join(home, 'lib'));
  writeFileSync(join(home, 'settings.env'), '');
  const text = readFileSync(PROGRAM, 'utf8')
    .replace('home=/opt/mediamtx-monitoring-backend', `home=${home}`)
    .replace('settings=/etc/mediamtx-monitoring.env', `settings=${home}/settings.env`);
  writeFileSync(join(home, 'program'), text, { mode: 0o755 });
  for (const name of ['mediamtx-collector', 'mediamtx-api', 'host-metrics-agent', 'mediamtx-alerter']) {
    symlinkSync('program', join(home, name));
  }
  // Stands for Node: says what it is started with.
  writeFileSync(join(home, 'lib/node'), '#!/bin/sh\necho "$@"\nenv\n', { mode: 0o755 });
});
afterAll(() => {
  rmSync(home, { recursive: true });
});

/** What Node is started with, and what is said about it. */
function start(program: string, env: Record<string, string>) {
  const { stdout, stderr } = spawnSync(join(home, program), {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', ...env },
  });
  const [command = '', ...lines] = stdout.trim().split('\n');
  const seen: Record<string, string> = {};
  for (const line of lines) {
    const [, name = '', value = ''] = /^((?:LOG|STATIC|API)_\w+)=(.*)$/.exec(line) ?? [];
    if (name !== '') seen[name] = value;
  }
  return { command, seen, stderr };
}

const BY_SYSTEMD = { INVOCATION_ID: '0123' };
const defaults = (service: string) => ({
  LOG_FILE: `${home}/logs/${service}.log`,
  LOG_FORMAT: 'text',
  STATIC_DIR: `${home}/static`,
  API_TICKET_KEY_FILE: '/etc/mediamtx-monitoring.ticket-key',
});

describe('started by systemd', () => {
  test.each([
    ['mediamtx-collector', 'collector'],
    ['mediamtx-api', 'api'],
    ['host-metrics-agent', 'host-agent'],
    ['mediamtx-alerter', 'alerter'],
  ])('%s has what nobody sets otherwise', (name, service) => {
    const { command, seen, stderr } = start(name, BY_SYSTEMD);
    expect(command).toContain(`${home}/lib/current/services/${service}/dist/main.js`);
    expect({ seen, stderr }).toStrictEqual({ seen: defaults(service), stderr: '' });
  });

  test('an empty line of the settings takes nothing of it away', () => {
    const empty = { STATIC_DIR: '', API_TICKET_KEY_FILE: '', LOG_FORMAT: '' };
    expect(start('mediamtx-api', { ...BY_SYSTEMD, ...empty }).seen).toStrictEqual(defaults('api'));
  });

  test('an empty LOG_FILE is no log file, and that is said', () => {
    const { seen, stderr } = start('mediamtx-api', { ...BY_SYSTEMD, LOG_FILE: '' });
    expect(seen).toStrictEqual({ ...defaults('api'), LOG_FILE: '' });
    expect(stderr).toBe('mediamtx-api: LOG_FILE is empty: there is no log file, only the journal\n');
  });

  test('what is set counts', () => {
    const set = {
      STATIC_DIR: '/srv/page',
      API_TICKET_KEY_FILE: '/srv/key',
      LOG_FORMAT: 'json',
      LOG_FILE: '/l',
    };
    expect(start('mediamtx-api', { ...BY_SYSTEMD, ...set }).seen).toStrictEqual(set);
  });
});

test.each([
  ['by hand', {}],
  ['in a terminal that systemd has started', { ...BY_SYSTEMD, SYSTEMD_EXEC_PID: '1' }],
])('%s, a program has only what the settings say', (_where, env) => {
  expect(start('mediamtx-collector', env).seen).toStrictEqual({});
});
