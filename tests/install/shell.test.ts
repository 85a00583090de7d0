import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const scriptsIn = (folder: string): string[] =>
  readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sh') && !name.includes('node_modules'))
    .map((name) => join(folder, name));

const DOCKER = [
  ...scriptsIn('docker'),
  ...readdirSync(join(PROJECT, 'docker/bin')).map((name) => join('docker/bin', name)),
];

const isThere = spawnSync('shellcheck', ['--version']).error === undefined;
if (!isThere) process.stderr.write('\n### SKIPPED: shell scripts: no shellcheck\n\n');

(isThere ? test : test.skip)('shellcheck finds nothing to say about the shell scripts', () => {
  const scripts = [...scriptsIn('scripts'), ...scriptsIn('systemd'), ...DOCKER, 'systemd/bin/program'];
  const { stdout } = spawnSync(
    'shellcheck',
    ['--external-sources', '--source-path=SCRIPTDIR', '--severity=warning', ...scripts],
    { cwd: PROJECT, encoding: 'utf8' },
  );
  expect(stdout).toBe('');
});
