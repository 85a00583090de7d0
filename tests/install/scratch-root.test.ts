import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadConfig } from '@mediamtx-monitor/api';
import { fingerprintOf } from './support/fingerprint.ts';
import { createReleaseIn, PROGRAMS, UNITS } from './support/small-release.ts';

const HOME = 'opt/mediamtx-monitoring-backend';
const SETTINGS = 'etc/mediamtx-monitoring.env';
const TICKET_KEY = 'etc/mediamtx-monitoring.ticket-key';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'install-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const inRoot = (path: string): string => join(folder, 'root', path);
/** What the API says of the key for tickets; '' when it takes it. */
function keyMistakes(): string {
  try {
    loadConfig({ API_TICKET_KEY_FILE: inRoot(TICKET_KEY) });
    return '';
  } catch (error) {
    return String(error);
  }
}
const listed = (path: string): string[] => readdirSync(inRoot(path)).sort();

const createRelease = (id: string): string => createReleaseIn(folder, id);

/** A Node as far as the scripts look at it: it says where it is, and its version. */
function createNode(path: string, version: string): string {
  const program = join(folder, version);
  const script = `case $1 in -p) echo "${path}" ;; --version) echo ${version} ;; esac`;
  writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return program;
}
/** Itself, wherever the Node that runs this test may be. */
const ownNode = (): string => createNode('$0', 'v20.12.0');

function run(release: string, script: string, env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(join(release, 'setup', `${script}.sh`), {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], DESTDIR: join(folder, 'root'), NODE: ownNode(), ...env },
  });
  return { status, stdout, stderr };
}

const fingerprint = (): string[] => fingerprintOf(join(folder, 'root'));

describe('an installation', () => {
  test('has its programs, the release, static files, logs, units and settings', () => {
    const release = createRelease('1.0.0-aaaa');
    expect(run(release, 'install')).toMatchObject({ status: 0, stderr: '' });
    expect(listed(HOME)).toStrictEqual(['bin', 'lib', 'logs', 'static']);
    expect(listed(`${HOME}/bin`)).toStrictEqual(PROGRAMS);
    expect(listed(`${HOME}/lib`)).toStrictEqual(['1.0.0-aaaa', 'current', 'node']);
    expect(readFileSync(inRoot(`${HOME}/static/index.html`), 'utf8')).toBe('1.0.0-aaaa');
    expect(readFileSync(inRoot(`${HOME}/bin/mediamtx-api`), 'utf8')).toMatch(/^#!\/bin\/sh/);
    expect(readlinkSync(inRoot(`${HOME}/lib/node`))).toBe(ownNode());
    expect(listed('etc/systemd/system')).toStrictEqual(UNITS);
    expect(lstatSync(inRoot(SETTINGS)).mode & 0o777).toBe(0o640);
    expect(lstatSync(inRoot(`${HOME}/logs`)).mode & 0o777).toBe(0o750);
  });

  test('has a key for tickets of its own, which the API takes, and which is for its user only', () => {
    run(createRelease('1.0.0-aaaa'), 'install');
    expect(keyMistakes()).toBe('');
    expect(lstatSync(inRoot(TICKET_KEY)).mode & 0o777).toBe(0o640);
    expect(readFileSync(inRoot(`${HOME}/bin/mediamtx-api`), 'utf8')).toContain(`:-/${TICKET_KEY}}`);
    const key = readFileSync(inRoot(TICKET_KEY), 'utf8');
    rmSync(inRoot('.'), { recursive: true });
    run(createRelease('1.1.0-bbbb'), 'install');
    expect(readFileSync(inRoot(TICKET_KEY), 'utf8')).not.toBe(key);
  });

  test('a second time changes nothing, and says so', () => {
    const release = createRelease('1.0.0-aaaa');
    run(release, 'install');
    appendFileSync(inRoot(SETTINGS), 'API_PORT=8123\n');
    const before = fingerprint();
    expect(run(release, 'install').stdout).toMatch(/^Nothing to change\.\n/);
    expect(fingerprint()).toStrictEqual(before);
  });

  test('puts right what was damaged', () => {
    const release = createRelease('1.0.0-aaaa');
    run(release, 'install');
    rmSync(inRoot(`${HOME}/lib/1.0.0-aaaa/bin/program`));
    rmSync(inRoot(`${HOME}/bin/mediamtx-api`));
    writeFileSync(inRoot(TICKET_KEY), '');
    chmodSync(inRoot(TICKET_KEY), 0o644);
    run(release, 'install');
    expect(keyMistakes()).toBe('');
    expect(lstatSync(inRoot(TICKET_KEY)).mode & 0o777).toBe(0o640);
    expect(readFileSync(inRoot(`${HOME}/bin/mediamtx-api`), 'utf8')).toMatch(/^#!\/bin\/sh/);
  });

  test('needs a Node that is new enough and that all users can run', () => {
    const release = createRelease('1.0.0-aaaa');
    for (const version of ['18.20.8', '20.9.0', '20.11.1']) {
      const old = createNode('$0', `v${version}`);
      expect(run(release, 'install', { NODE: old })).toStrictEqual({
        status: 2,
        stdout: '',
        stderr: `${old} is Node ${version}, and 20.12 or newer is needed: see https://nodejs.org\n`,
      });
    }
    const ofRoot = createNode('/root/.nvm/bin/node', 'v22.0.0');
    expect(run(release, 'install', { NODE: ofRoot }).stderr).toMatch(/belongs to one user/);
    const none = run(release, 'install', { NODE: join(folder, 'none') });
    expect(none).toMatchObject({ status: 2, stderr: expect.stringMatching(/^Node is not found: install/) });
    expect(readdirSync(folder)).not.toContain('root');
  });
});

describe('an installation of the host agent only', () => {
  const REDIS_URL = 'redis://agent:a$b%27c#@10.0.0.10:6379';
  const FILES = ['1.0.0-aaaa', 'current', 'node', 'only'];

  test('has nothing of the rest, and the address of Redis that it was given', () => {
    const given = { ONLY: 'host-agent', REDIS_URL };
    expect(run(createRelease('1.0.0-aaaa'), 'install', given)).toMatchObject({ status: 0, stderr: '' });
    expect(listed(HOME)).toStrictEqual(['bin', 'lib', 'logs']);
    expect(listed(`${HOME}/bin`)).toStrictEqual(['host-metrics-agent']);
    expect(listed(`${HOME}/lib`)).toStrictEqual(FILES);
    expect(listed('etc/systemd/system')).toStrictEqual(['host-metrics-agent.service']);
    expect(listed('etc')).toStrictEqual(['mediamtx-monitoring.env', 'systemd']);
    expect(readFileSync(inRoot(SETTINGS), 'utf8')).toContain(`\nREDIS_URL='${REDIS_URL}'\n`);
  });

  test('is remembered, and changes nothing a second time', () => {
    const release = createRelease('1.0.0-aaaa');
    run(release, 'install', { ONLY: 'host-agent', REDIS_URL });
    const before = fingerprint();
    expect(run(release, 'install').stdout).toMatch(/^Nothing to change\.\n/);
    expect(fingerprint()).toStrictEqual(before);
    expect(run(createRelease('1.1.0-bbbb'), 'upgrade')).toMatchObject({ status: 0, stderr: '' });
    expect(listed(`${HOME}/bin`)).toStrictEqual(['host-metrics-agent']);
    expect(listed('etc/systemd/system')).toStrictEqual(['host-metrics-agent.service']);
  });

  test('leaves settings that are there, and says so', () => {
    run(createRelease('1.0.0-aaaa'), 'install', { ONLY: 'host-agent' });
    const { stdout } = run(createRelease('1.1.0-bbbb'), 'install', { REDIS_URL });
    expect(stdout).not.toContain('stays');
    rmSync(inRoot(HOME), { recursive: true });
    expect(run(createRelease('1.2.0-cccc'), 'install', { REDIS_URL }).stdout).toContain(
      `REDIS_URL stays as it is in /${SETTINGS}.`,
    );
    expect(readFileSync(inRoot(SETTINGS), 'utf8')).not.toContain('10.0.0.10');
  });

  test('goes without a trace', () => {
    const release = createRelease('1.0.0-aaaa');
    run(release, 'install', { ONLY: 'host-agent' });
    expect(run(release, 'uninstall')).toMatchObject({ status: 0, stderr: '' });
    expect(fingerprint().map((line) => line.split(' ', 1)[0])).toStrictEqual([
      'etc',
      'etc/systemd',
      'etc/systemd/system',
      'opt',
    ]);
  });

  test.each([
    ['another part', { ONLY: 'api' }, 'ONLY is "api"; allowed: host-agent, or nothing for everything\n'],
    [
      'an address in two',
      { REDIS_URL: "redis://a'b" },
      'REDIS_URL has a quote or a line break: percent-encode it\n',
    ],
  ])('%s is a mistake', (_what, env, stderr) => {
    expect(run(createRelease('1.0.0-aaaa'), 'install', env)).toMatchObject({ status: 2, stderr });
  });

  test('does not take the rest away where it is installed', () => {
    const release = createRelease('1.0.0-aaaa');
    run(release, 'install');
    const before = fingerprint();
    const { status, stderr } = run(release, 'install', { ONLY: 'host-agent' });
    expect({ status, stderr }).toStrictEqual({
      status: 2,
      stderr:
        'Everything is installed here. To have the host agent only: sudo systemctl disable --now mediamtx-collector mediamtx-api mediamtx-alerter\n',
    });
    expect(fingerprint()).toStrictEqual(before);
  });
});

describe('an upgrade', () => {
  test('switches to the new release, keeps the one before, and leaves settings and key for tickets', () => {
    run(createRelease('1.0.0-aaaa'), 'install');
    appendFileSync(inRoot(SETTINGS), 'API_PORT=8123\n');
    const key = readFileSync(inRoot(TICKET_KEY), 'utf8');
    run(createRelease('1.1.0-bbbb'), 'upgrade');
    // Installing another release is an upgrade too.
    expect(run(createRelease('1.2.0-cccc'), 'install')).toMatchObject({ status: 0, stderr: '' });
    expect(readlinkSync(inRoot(`${HOME}/lib/current`))).toBe('1.2.0-cccc');
    expect(listed(`${HOME}/lib`)).toStrictEqual(['1.1.0-bbbb', '1.2.0-cccc', 'current', 'node']);
    expect(readFileSync(inRoot(`${HOME}/static/index.html`), 'utf8')).toBe('1.2.0-cccc');
    expect(readFileSync(inRoot(SETTINGS), 'utf8')).toContain('API_PORT=8123');
    expect(readFileSync(inRoot(TICKET_KEY), 'utf8')).toBe(key);
  });

  test('of one that had no key for tickets makes one', () => {
    run(createRelease('1.0.0-aaaa'), 'install');
    rmSync(inRoot(TICKET_KEY));
    run(createRelease('1.1.0-bbbb'), 'upgrade');
    expect(keyMistakes()).toBe('');
  });

  test('takes away the programs that the new release has no more', () => {
    run(createRelease('1.0.0-aaaa'), 'install');
    const next = createRelease('1.1.0-bbbb');
    rmSync(join(next, 'bin/mediamtx-snapshot'));
    run(next, 'upgrade');
    expect(listed(`${HOME}/bin`)).toStrictEqual(PROGRAMS.filter((name) => name !== 'mediamtx-snapshot'));
  });

  test('brings a service that is new, and to go back takes it away', () => {
    const old = createRelease('1.0.0-aaaa');
    rmSync(join(old, 'units/mediamtx-alerter.service'));
    rmSync(join(old, 'bin/mediamtx-alerter'));
    run(old, 'install');
    const before = UNITS.filter((name) => name !== 'mediamtx-alerter.service');
    expect(listed('etc/systemd/system')).toStrictEqual(before);
    expect(run(createRelease('1.1.0-bbbb'), 'upgrade')).toMatchObject({ status: 0, stderr: '' });
    expect(listed('etc/systemd/system')).toStrictEqual(UNITS);
    expect(listed(`${HOME}/bin`)).toStrictEqual(PROGRAMS);
    expect(run(old, 'upgrade')).toMatchObject({ status: 0, stderr: '' });
    expect(listed('etc/systemd/system')).toStrictEqual(before);
    expect(listed(`${HOME}/bin`)).not.toContain('mediamtx-alerter');
  });

  test('of nothing says what to do instead', () => {
    const { status, stderr } = run(createRelease('1.0.0-aaaa'), 'upgrade');
    expect({ status, stderr }).toStrictEqual({
      status: 1,
      stderr: 'Nothing is installed here: use "sudo make install"\n',
    });
  });
});

describe('an uninstall', () => {
  const filesLeft = (): string[] => fingerprint().map((line) => line.split(' ', 1)[0] ?? '');
  const EMPTY = ['etc', 'etc/systemd', 'etc/systemd/system', 'opt'];

  test('leaves nothing', () => {
    const release = createRelease('1.0.0-aaaa');
    run(release, 'install');
    expect(run(release, 'uninstall')).toMatchObject({ status: 0, stderr: '' });
    expect(filesLeft()).toStrictEqual(EMPTY);
    expect(run(release, 'uninstall').stdout).toBe('Nothing is installed here.\n');
  });

  test('leaves settings and key for tickets where that is wished', () => {
    const release = createRelease('1.0.0-aaaa');
    run(release, 'install');
    run(release, 'uninstall', { KEEP_SETTINGS: '1' });
    expect(filesLeft()).toStrictEqual([
      'etc',
      SETTINGS,
      TICKET_KEY,
      'etc/systemd',
      'etc/systemd/system',
      'opt',
    ]);
  });
});
