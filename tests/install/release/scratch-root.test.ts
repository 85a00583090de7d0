import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Ended, run } from '../../support/command.ts';
import { fingerprintOf } from '../support/fingerprint.ts';

/** No root and no systemd is needed below it. */
let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'install-root-'));
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

const make = (target: string): Promise<Ended> =>
  run('make', ['-C', 'dist/release', '--no-print-directory', target, `DESTDIR=${root}`]);

/** Starts the API with a wrong setting: that this is told shows that all of the program was loaded. */
async function startApi(settings: Readonly<Record<string, string>> = {}): Promise<string> {
  const main = join(root, 'opt/mediamtx-monitoring-backend/lib/current/services/api/dist/main.js');
  return (await run('node', [main], { ...process.env, ...settings, API_PORT: 'none' })).output;
}

let before: readonly string[];

test('make install works', async () => {
  expect(await make('install')).toMatchObject({ code: 0 });
  before = fingerprintOf(root);
});

test('the API of the release takes the key for tickets that was made', async () => {
  // It is looked at before anything runs; a wrong one is told beside the wrong port.
  const wrong = 'API_TICKET_KEY_FILE is';
  expect(await startApi({ API_TICKET_KEY_FILE: '/dev/null' })).toContain(wrong);
  const made = join(root, 'etc/mediamtx-monitoring.ticket-key');
  expect(await startApi({ API_TICKET_KEY_FILE: made })).not.toContain(wrong);
});

test('the API of the release starts and is what it says', async () => {
  expect(await startApi()).toContain('api: API_PORT is "none"');
});

test('make install says a second time that nothing changes', async () => {
  expect(await make('install')).toMatchObject({
    code: 0,
    output: expect.stringContaining('Nothing to change.'),
  });
});

test('and nothing has: names, modes, times, sizes', () => {
  expect(fingerprintOf(root)).toStrictEqual(before);
});

test('make uninstall works', async () => {
  expect(await make('uninstall')).toMatchObject({ code: 0 });
});

test('no file is left', () => {
  const folders = ['etc', 'etc/systemd', 'etc/systemd/system', 'opt'];
  expect(fingerprintOf(root).map((line) => line.split(' ', 1)[0])).toStrictEqual(folders);
});
