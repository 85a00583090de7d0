import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach } from '@jest/globals';
import { loadConfig } from '@mediamtx-monitor/api';
import { fingerprintOf } from './fingerprint.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const SYSTEMD = join(PROJECT, 'systemd');
export const PROGRAMS = [
  ...['host-metrics-agent', 'mediamtx-alerter', 'mediamtx-api', 'mediamtx-collector', 'mediamtx-snapshot'],
];
export const UNITS = ['host-metrics-agent', 'mediamtx-alerter', 'mediamtx-api', 'mediamtx-collector'].map(
  (name) => `${name}.service`,
);
export const HOME = 'opt/mediamtx-monitoring-backend';
export const SETTINGS = 'etc/mediamtx-monitoring.env';
export const TICKET_KEY = 'etc/mediamtx-monitoring.ticket-key';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'install-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

export const inRoot = (path: string): string => join(folder, 'root', path);
/** What the API says of the key for tickets; '' when it takes it. */
export function keyMistakes(): string {
  try {
    loadConfig({ API_TICKET_KEY_FILE: inRoot(TICKET_KEY) });
    return '';
  } catch (error) {
    return String(error);
  }
}
export const listed = (path: string): string[] => readdirSync(inRoot(path)).sort();

/** A release as `make release` lays it out, but with next to nothing to run. */
export function createRelease(id: string): string {
  const lib = join(folder, id);
  mkdirSync(join(lib, 'units'), { recursive: true });
  mkdirSync(join(lib, 'static'));
  for (const part of ['bin', 'setup']) cpSync(join(SYSTEMD, part), join(lib, part), { recursive: true });
  for (const name of PROGRAMS) symlinkSync('program', join(lib, 'bin', name));
  for (const unit of UNITS) cpSync(join(SYSTEMD, unit), join(lib, 'units', unit));
  cpSync(join(PROJECT, 'package.json'), join(lib, 'package.json'));
  writeFileSync(join(lib, 'settings.env'), '#API_PORT=8000\n');
  writeFileSync(join(lib, 'static/index.html'), id);
  writeFileSync(join(lib, 'RELEASE'), `${id}\n`);
  return lib;
}

/** A Node as far as the scripts look at it: it says where it is, and its version. */
export function createNode(path: string, version: string): string {
  const program = join(folder, version);
  const script = `case $1 in -p) echo "${path}" ;; --version) echo ${version} ;; esac`;
  writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return program;
}
/** Itself, wherever the Node that runs this test may be. */
export const ownNode = (): string => createNode('$0', 'v20.12.0');

export function run(release: string, script: string, env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(join(release, 'setup', `${script}.sh`), {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], DESTDIR: join(folder, 'root'), NODE: ownNode(), ...env },
  });
  return { status, stdout, stderr };
}

export const fingerprint = (): string[] => fingerprintOf(join(folder, 'root'));
