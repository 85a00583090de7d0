import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const SYSTEMD = join(PROJECT, 'systemd');

/** The programs of a release. */
export const PROGRAMS = [
  'host-metrics-agent',
  'mediamtx-alerter',
  'mediamtx-api',
  'mediamtx-collector',
  'mediamtx-snapshot',
];
export const UNITS = PROGRAMS.filter((name) => name !== 'mediamtx-snapshot').map((name) => `${name}.service`);

/** A release as `make release` lays it out, but with next to nothing to run; its folder. */
export function createReleaseIn(folder: string, id: string): string {
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
