import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { closeServer, listen } from '@mediamtx-monitor/runtime';
import { eventually, freePort } from '@mediamtx-monitor/testkit';
import { type Target, TARGET_KINDS } from '../../services/alerter/src/model.ts';
import { parseNotifyFile } from '../../services/alerter/src/notify-file.ts';
import { alert, news } from '../../services/alerter/test/support/messages.ts';
import { tried } from '../../services/alerter/test/support/tried.ts';
import { inProject, readText } from './support/documents.ts';
import { blocksOf } from './support/markdown.ts';

const PORT = '8080';
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const OTHER_SECRET = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;

const blocks = blocksOf(readText('docs/alerts.md'));
const blockOf = (language: string): string => blocks.find((block) => block.language === language)?.code ?? '';
/** Blocks in lists, too. */
const entries = [...readText('docs/alerts.md').matchAll(/^( *)```yaml\n(.*?)^ *```$/gms)].map(
  ([, indent = '', code = '']) => code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
);

const MESSAGE = { ...news({ fired: [alert({ id: '9f1c6a52' })] }, '6d0b2f4e'), target: 'program' };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'webhook-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The documented webhook, at this address and with these secrets. */
async function documented(url: string, secrets: readonly string[]): Promise<Target> {
  const [target] = entries
    .flatMap((entry) => parseNotifyFile(entry, 'docs/alerts.md').targets)
    .filter(({ kind }) => kind === 'webhook');
  if (target === undefined) throw new Error('no webhook is documented');
  const secretFile = join(folder, `${secrets.length}`);
  await writeFile(secretFile, secrets.join('\n'));
  return { ...target, address: { ...target.address, url, secretFile } };
}

/** Tells a target; how that went. */
async function told(to: Target): Promise<string> {
  const { outcome, error } = await tried(to, MESSAGE, { wallMs: () => Date.now() });
  return error ?? outcome;
}

test('every entry is one that the alerter takes, and every kind is among them', () => {
  const targets = entries.flatMap((entry) => parseNotifyFile(entry, 'docs/alerts.md').targets);
  expect(targets.map(({ kind }) => kind).toSorted()).toStrictEqual([...TARGET_KINDS].toSorted());
});

test('the message that is shown is one', async () => {
  let got = '';
  const server = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => {
      got += text;
    });
    request.on('end', () => response.end());
  });
  const port = await listen(server, '127.0.0.1', 0, 'nothing');
  expect(await told(await documented(`http://127.0.0.1:${port}`, [SECRET]))).toBe('delivered');
  await closeServer(server, 0);
  expect(JSON.parse(blockOf('json'))).toStrictEqual(JSON.parse(got));
});

/** What runs an example, in its language. */
const PROGRAMS = [
  ['js', process.execPath, ['--input-type=module', '--eval']],
  ['py', 'python3', ['-c']],
] as const;

/** What strangers send: nothing is there, or it isn't what it should be. */
const STRANGE_HEADERS: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'webhook-id': 'x', 'webhook-timestamp': 'x', 'webhook-signature': 'x' },
  { 'webhook-id': 'x', 'webhook-timestamp': '²', 'webhook-signature': 'x' },
  { 'webhook-id': 'x', 'webhook-timestamp': '9'.repeat(5_000), 'webhook-signature': 'x' },
  { 'webhook-id': 'é', 'webhook-timestamp': String(Math.floor(Date.now() / 1_000)) },
];

describe.each(PROGRAMS)('the program in %s', (language, command, args) => {
  test('takes what is genuine, by the old secret and the new one, and nothing else', async () => {
    const code = blockOf(language);
    expect(code.split(PORT)).toHaveLength(2);
    const port = String(await freePort());
    const env = { ...process.env, WEBHOOK_SECRET: SECRET };
    Reflect.deleteProperty(env, 'NODE_OPTIONS');
    const program = spawn(command, [...args, code.replace(PORT, port)], {
      cwd: inProject('services/alerter'),
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    program.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    try {
      const url = `http://127.0.0.1:${port}/hooks/mediamtx`;
      await eventually(() => fetch(url));
      expect(await told(await documented(url, [SECRET]))).toBe('delivered');
      expect(await told(await documented(url, [OTHER_SECRET, SECRET]))).toBe('delivered');
      expect(await told(await documented(url, [OTHER_SECRET]))).toMatch(/answered with 401/);
      for (const headers of STRANGE_HEADERS) {
        expect((await fetch(url, { method: 'POST', body: '{}', headers })).status).toBe(401);
      }
      await eventually(() => {
        expect(said).toBe('alerts studio/cam1: Off air\n'.repeat(2));
      });
    } finally {
      const gone = once(program, 'exit');
      program.kill('SIGKILL');
      await gone;
    }
  });
});

test('what the steps write into the clone is kept out of git', () => {
  const ignored = readText('.gitignore').split('\n');
  const [, program = ''] = /base64 32.* >(\w+)\)/.exec(readText('docs/alerts.md')) ?? [];
  expect(ignored).toStrictEqual(expect.arrayContaining([`/${program}`, '/monitor.yml']));
});
