import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  createNode,
  createRelease,
  fingerprint,
  HOME,
  inRoot,
  keyMistakes,
  listed,
  ownNode,
  PROGRAMS,
  run,
  SETTINGS,
  TICKET_KEY,
  UNITS,
} from './support/scratch-root.ts';

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
    const none = run(release, 'install', { NODE: '/no/such/node' });
    expect(none).toMatchObject({ status: 2, stderr: expect.stringMatching(/^Node is not found: install/) });
    expect(existsSync(inRoot('.'))).toBe(false);
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
