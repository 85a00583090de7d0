import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const inProject = (path: string): string => join(PROJECT, path);
const OLD = '18.20.8';
const SENTENCE = `this is Node ${OLD}, and 20.12 or newer is needed: see https://nodejs.org\n`;
/** Programs that people start, each with the file in which all of it is. */
const PROGRAMS = [
  ['collector', 'services/collector/src/main.ts', 'run'],
  ['mediamtx-snapshot', 'services/collector/src/snapshot-main.ts', 'snapshot-run'],
  ['api', 'services/api/src/main.ts', 'run'],
  ['host-agent', 'services/host-agent/src/main.ts', 'run'],
  ['alerter', 'services/alerter/src/main.ts', 'run'],
  ['simulator', 'packages/simulator/src/main.ts', 'run'],
  ['start', 'scripts/src/start/main.ts', 'run'],
  ['token', 'scripts/src/token/main.ts', 'run'],
] as const;
const built = (source: string): string => source.replace('/src/', '/dist/').replace(/\.ts$/, '.js');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'node-version-test-'));
  // Stands for an old Node: it says so.
  writeFileSync(
    join(folder, 'old.cjs'),
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${OLD}' } });\n`,
  );
  writeFileSync(join(folder, 'systemd-notify'), '#!/bin/sh\necho "$@" >>"$NOTIFY_SOCKET"\n', { mode: 0o755 });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const onOldNode = (): NodeJS.ProcessEnv => ({
  PATH: `${folder}:${process.env['PATH'] ?? ''}`,
  NODE_OPTIONS: `--require ${join(folder, 'old.cjs')}`,
});

/** The modules that are loaded before any line of a built file runs. */
const staticImports = (path: string): string[] =>
  [...readFileSync(path, 'utf8').matchAll(/^(?:import|export)\b[^;]*?from (['"])(.+?)\1/gm)].map(
    ([, , from = '']) => from,
  );

describe.each(PROGRAMS)('%s', (name, source, rest) => {
  const main = inProject(built(source));

  test('says on an old Node what is needed, and ends with 2, though all else of it could not be read', () => {
    // The program with nothing behind its first file that any Node could read.
    const place = join(folder, name);
    mkdirSync(join(place, 'node_modules/@mediamtx-monitor'), { recursive: true });
    symlinkSync(inProject('packages/runtime'), join(place, 'node_modules/@mediamtx-monitor/runtime'));
    writeFileSync(join(place, 'package.json'), '{ "type": "module" }');
    cpSync(main, join(place, 'main.js'));
    writeFileSync(join(place, `${rest}.js`), 'this is nothing that can be read\n');
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(place, 'main.js')], {
      encoding: 'utf8',
      env: onOldNode(),
    });
    expect({ status, stdout, stderr }).toStrictEqual({
      status: 2,
      stdout: '',
      stderr: `${name}: ${SENTENCE}`,
    });
  });

  test('loads nothing of ours or of others before that', () => {
    expect(staticImports(main)).toStrictEqual(['@mediamtx-monitor/runtime/enter']);
    expect(existsSync(join(dirname(main), `${rest}.js`))).toBe(true);
  });
});

test('what looks at the version loads nothing but what every Node has', () => {
  const enter = inProject('packages/runtime/dist/enter.js');
  expect(staticImports(enter)).toStrictEqual(['./lifecycle/service-manager.js']);
  expect(staticImports(inProject('packages/runtime/dist/lifecycle/service-manager.js'))).toStrictEqual([
    'node:child_process',
  ]);
});

test('systemd is told, too', async () => {
  const socket = join(folder, 'notified');
  const child = spawn(process.execPath, [inProject('services/api/dist/main.js')], {
    stdio: 'ignore',
    env: { ...onOldNode(), NOTIFY_SOCKET: socket },
  });
  await once(child, 'exit');
  expect(child.exitCode).toBe(2);
  await eventually(() => {
    expect(readFileSync(socket, 'utf8')).toBe(`STATUS=api: ${SENTENCE}`);
  });
});

test('make says so before it fetches or builds anything', () => {
  const { status, stderr } = spawnSync(inProject('scripts/pnpm.sh'), ['--version'], {
    cwd: PROJECT,
    encoding: 'utf8',
    env: onOldNode(),
  });
  expect({ status, stderr }).toStrictEqual({ status: 2, stderr: SENTENCE });
});
