import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { closeServer, listen } from '@mediamtx-monitor/runtime';
import { createLogRecorder, eventually, freePort } from '@mediamtx-monitor/testkit';
import type { Alert } from '@mediamtx-monitor/types';
import { TargetDelivery } from '../../services/alerter/src/deliver/index.ts';
import { type Target, TARGET_KINDS, type TargetMessage } from '../../services/alerter/src/model.ts';
import { parseNotifyFile } from '../../services/alerter/src/notify-file.ts';
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

const ALERT: Alert = {
  id: '9f1c6a52',
  subject: { kind: 'stream', server: 'main', stream: 'studio/cam1' },
  state: 'firing',
  severity: 'critical',
  reasons: [
    { code: 'off-air', severity: 'critical', measured: null, limit: null, since: '2026-03-01T14:03:12.000Z' },
  ],
  since: '2026-03-01T14:03:12.000Z',
  firedAt: '2026-03-01T14:03:42.000Z',
  resolvedAt: null,
  returns: 0,
  mutedBy: null,
  silencedBy: null,
  acknowledged: null,
  notified: [],
};
const MESSAGE: TargetMessage = {
  id: '6d0b2f4e',
  target: 'program',
  kind: 'alerts',
  goneTarget: null,
  at: '2026-03-01T14:03:57.000Z',
  ...{ fired: [ALERT], firedCount: 1 },
  ...{ repeated: [], repeatedCount: 0 },
  ...{ resolved: [], resolvedCount: 0 },
};

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
async function told(target: Target): Promise<string> {
  const delivery = new TargetDelivery({
    logger: createLogRecorder().logger,
    wallMs: () => Date.now(),
    dashboardUrl: 'https://monitor.example.com',
    isSimulated: () => false,
  });
  const queued = { message: MESSAGE, isReplay: false, queuedAtMs: 0, tries: 0, nextTryAtMs: 0 };
  delivery.offer([{ target, queued }], () => []);
  const [result] = await eventually(() => {
    const results = delivery.takeResults();
    if (results.length === 0) throw new Error('no result');
    return results;
  });
  return result?.error ?? String(result?.outcome);
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
