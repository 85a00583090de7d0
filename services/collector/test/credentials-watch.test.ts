import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogRecorder, eventually } from '@mediamtx-monitor/testkit';
import { createCredentialsWatch } from '../src/credentials-watch.ts';
import type { ApiCredentials } from '../src/poll/index.ts';

const CHECK_MS = 10;
const stops: (() => void | Promise<void>)[] = [];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'credentials-'));
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  rmSync(folder, { recursive: true });
});

const KINDS = [
  ['MEDIAMTX_API_TOKEN', { kind: 'bearer', token: 'old' }],
  ['MEDIAMTX_API_PASSWORD', { kind: 'basic', user: 'mon', password: 'old' }],
] as const;

async function watched(name: (typeof KINDS)[number][0], given: ApiCredentials) {
  const path = join(folder, name);
  writeFileSync(path, 'old\n');
  const credentials = { ...given };
  const log = createLogRecorder();
  const parts = createCredentialsWatch({
    credentials,
    files: { [name]: path },
    logger: log.logger,
    checkMs: CHECK_MS,
  });
  expect(parts).toHaveLength(1);
  for (const part of parts) {
    await part.start();
    stops.push(part.stop);
  }
  return { path, credentials, log };
}

describe.each(KINDS)('%s from a file', (name, given) => {
  test('is what the file says, also when another file takes its place', async () => {
    const { path, credentials, log } = await watched(name, given);
    writeFileSync(`${path}.new`, ' new \n');
    renameSync(`${path}.new`, path);
    await eventually(() => {
      expect(Object.values(credentials)).toContain('new');
    });
    expect(log.messages('info')).toStrictEqual([`${name}_FILE read again: another one`]);
  });

  test('stays as it was while the file is empty, and the log shows nothing of it', async () => {
    const { path, credentials, log } = await watched(name, given);
    writeFileSync(path, '\n');
    await eventually(() => {
      expect(log.messages('error')).toStrictEqual([
        expect.stringContaining(`${name}_FILE ${path}: content is empty; what it held before stays in use`),
      ]);
    });
    expect(credentials).toStrictEqual(given);
    writeFileSync(path, 'old');
    await eventually(() => {
      expect(log.messages('info')).toStrictEqual([`${name}_FILE read again: the same as before`]);
    });
  });
});

test('a token that is none changes nothing', async () => {
  const { path, credentials, log } = await watched('MEDIAMTX_API_TOKEN', { kind: 'bearer', token: 'old' });
  writeFileSync(path, 'hush with spaces');
  await eventually(() => {
    expect(log.messages('error').join()).toContain('content is wrong');
  });
  expect(log.messages('error').join()).not.toContain('hush');
  expect(credentials).toStrictEqual({ kind: 'bearer', token: 'old' });
});

test.each([
  ['there are none', null, {}],
  ['they came from no file', { kind: 'bearer', token: 'x' }, {}],
  ['the file is of others', { kind: 'basic', user: 'a', password: 'b' }, { MEDIAMTX_API_TOKEN: '/x' }],
] as const)('nothing is watched where %s', (_what, credentials, files) => {
  const { logger } = createLogRecorder();
  expect(
    createCredentialsWatch({ credentials: credentials && { ...credentials }, files, logger }),
  ).toStrictEqual([]);
});
