import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadConfig } from '@mediamtx-monitor/api';
import { parse } from 'yaml';
import { readText } from '../docs/support/documents.ts';

const SCRIPT = fileURLToPath(new URL('../../docker/api/make-ticket-key.sh', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'ticket-key-'));
const file = join(root, 'for/api/key');

beforeAll(() => {
  mkdirSync(join(root, 'for/api'), { recursive: true });
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

function makeKey(): string {
  execFileSync('bash', [SCRIPT, root]);
  return readFileSync(file, 'utf8');
}

test('the first start makes a key that the API takes, every later one keeps it', () => {
  const key = makeKey();
  expect(loadConfig({ API_TICKET_KEY_FILE: file }).values.API_TICKET_KEY_FILE).toBe(file);
  expect(statSync(file).mode & 0o777).toBe(0o444);
  expect(makeKey()).toBe(key);
});

test('where it is gone or empty, another one is made', () => {
  const key = makeKey();
  rmSync(file);
  const next = makeKey();
  expect(next).not.toBe(key);
  rmSync(file);
  writeFileSync(file, '');
  expect(makeKey()).toHaveLength(key.length);
});

test('compose makes it before the API starts, and only the API sees it', () => {
  const { services } = parse(readText('compose.yaml'), { merge: true }) as {
    services: Record<
      string,
      { volumes?: unknown[]; environment?: Record<string, string>; depends_on?: Record<string, unknown> }
    >;
  };
  const mounts = Object.entries(services).flatMap(([service, { volumes = [] }]) =>
    volumes.filter((volume) => String(volume).startsWith('ticket-key:')).map((volume) => [service, volume]),
  );
  expect(mounts).toStrictEqual([
    ['ticket-key', 'ticket-key:/for/api'],
    ['api', 'ticket-key:/run/tickets:ro'],
  ]);
  expect(services['api']?.environment?.['API_TICKET_KEY_FILE']).toBe('/run/tickets/key');
  expect(services['api']?.depends_on?.['ticket-key']).toStrictEqual({
    condition: 'service_completed_successfully',
  });
});
