import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import { EXIT_CODES } from '@mediamtx-monitor/types';
import { type AnsweringServer, startAnsweringServer } from './support/answering-server.ts';
import { makeCertificate, startTlsServer } from './support/tls-server.ts';

/** Settings as people write them, read by the program itself: what it asks, and what ends its start. */
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** A start of the program, on a machine that is busy with other tests. */
const PATIENCE_MS = 30_000;
const EMPTY = '{"itemCount":0,"pageCount":0,"items":[]}';
const { url: redisUrl, prefix } = testRedis();

let folder: string;
let mediamtx: AnsweringServer;
let running: ChildProcess | undefined;
const seen: IncomingMessage['headers'][] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run "make build" first`);
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'collector-settings-'));
  seen.length = 0;
  answer = (_request, response) => response.end(EMPTY);
  mediamtx = await startAnsweringServer((request, response) => {
    seen.push(request.headers);
    answer(request, response);
  });
});
afterEach(async () => {
  running?.kill('SIGKILL');
  running = undefined;
  await mediamtx.close();
  rmSync(folder, { recursive: true });
});

const dotenv = (text: string | Buffer): void => {
  writeFileSync(join(folder, '.env'), text);
};

const OWN = { REDIS_KEY_PREFIX: prefix, JSON_FILE: '', HEALTH_PORT: '0', LOG_FORMAT: 'text' };

/** Runs it once with these settings beside those of its `.env`; resolves with its exit code and all it said. */
function once(settings: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [MAIN, '--once'], { cwd: folder, env: { ...OWN, ...settings } });
  running = child;
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  return new Promise<{ readonly code: number | null; readonly said: string }>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, said });
    });
  });
}

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

describe('a .env as people write it', () => {
  test.each([
    ['a byte-order mark', '\uFEFFMEDIAMTX_API_URL={url}\nREDIS_URL={redis}\n'],
    ['comments behind', 'MEDIAMTX_API_URL={url} # my server\nREDIS_URL={redis}\n'],
    ['a comment with quotes', 'MEDIAMTX_API_URL="{url}" # or "http://10.0.0.1:9997"\nREDIS_URL={redis}'],
    ['line ends of old Macs', 'MEDIAMTX_API_URL={url}\rREDIS_URL={redis}\r'],
    ['line ends of Windows', 'MEDIAMTX_API_URL={url}\r\nREDIS_URL={redis}\r\nLOG_LEVEL=info\r\n'],
    ['export', 'export MEDIAMTX_API_URL={url}\nexport REDIS_URL="{redis}"\n'],
    ['spaces', 'MEDIAMTX_API_URL = {url}   \nREDIS_URL= {redis}\t\n'],
    [
      'old lines as comments, no last line end',
      '# MEDIAMTX_API_URL=http://old\n#REDIS_URL=x\n\nMEDIAMTX_API_URL={url}\nMULTI="a\nb"\nREDIS_URL={redis}',
    ],
    ['the path of the API', 'MEDIAMTX_API_URL={url}/v3/\nREDIS_URL={redis}\n'],
    ['capitals', 'MEDIAMTX_API_URL="HTTP://{host} "\nREDIS_URL={redis}\n'],
  ])('%s: that server is asked', async (_what, text) => {
    const host = mediamtx.url.replace('http://', '');
    dotenv(text.replace('{url}', mediamtx.url).replace('{redis}', redisUrl).replace('{host}', host));
    expect(await once()).toMatchObject({ code: EXIT_CODES.done });
    expect(mediamtx.asked).toContain('/v3/info');
  });

  test.each([
    ['as it is', 'pa#ss$word\\x'],
    ['in single quotes', `'pa#ss$word\\x'`],
  ])('a password with special signs %s', async (_how, text) => {
    dotenv(`MEDIAMTX_API_USER=mon\nMEDIAMTX_API_PASSWORD=${text}\n`);
    expect(await once({ MEDIAMTX_API_URL: mediamtx.url, REDIS_URL: redisUrl })).toMatchObject({ code: 0 });
    expect(seen[0]?.authorization).toBe(basic('mon', 'pa#ss$word\\x'));
  });

  test.each<[string, string | Buffer, readonly string[]]>([
    ['a colon', 'MEDIAMTX_API_URL: http://10.0.0.1:9997\n', ['line 1: has a colon']],
    [
      'UTF-16',
      Buffer.from('\uFEFFMEDIAMTX_API_URL=http://10.0.0.1:9997\n', 'utf16le'),
      ['is no UTF-8 (is it UTF-16?)'],
    ],
    [
      'twice',
      'MEDIAMTX_API_URL=http://a:9997\nMEDIAMTX_API_URL=http://b:9997\n',
      ['line 2: sets MEDIAMTX_API_URL, which line 1'],
    ],
    [
      'what readers disagree about',
      `MEDIAMTX_API_PASSWORD="hu#sh$word\\x"\n`,
      ['line 1: MEDIAMTX_API_PASSWORD: '],
    ],
    [
      'more behind a quote',
      `MEDIAMTX_API_PASSWORD='hush''s'\nA=\`x\`\n`,
      ['line 1: has something behind the quote'],
    ],
    [
      'a backquote',
      'MEDIAMTX_API_PASSWORD=`hu#sh`\n',
      ['line 1: MEDIAMTX_API_PASSWORD: its value begins with a backquote'],
    ],
  ])('%s stops the start', async (_what, text, message) => {
    dotenv(text);
    const { code, said } = await once({ REDIS_URL: redisUrl });
    expect(code).toBe(EXIT_CODES.wrongSetting);
    for (const each of message) expect(said).toContain(each);
    expect(said).toContain(`collector: ${folder}/.env`);
    expect(said).not.toContain('hu');
    expect(mediamtx.asked).toStrictEqual([]);
  });

  test('names that aren’t ours are told, ours in small letters too', async () => {
    dotenv(
      'mediamtx_api_url=http://127.0.0.1:1\nMEDIAMTX_URL=x\nREDIS_HOST=redis\nREDIS_PORT=6379\nPORT=8000\nAPI_KEY=x\n',
    );
    const { said } = await once({ MEDIAMTX_API_URL: mediamtx.url, REDIS_URL: redisUrl });
    for (const name of ['API_KEY', 'MEDIAMTX_URL', 'REDIS_HOST', 'REDIS_PORT']) {
      expect(said).toContain(`${name} is not a setting of this system and is ignored`);
    }
    expect(said).toContain(
      'mediamtx_api_url is not a setting of this system (MEDIAMTX_API_URL is) and is ignored',
    );
  });
});

describe('a REDIS_URL as people write it', () => {
  test.each([
    ['redis://127.0.0.1:6379/mydb', 'its database is no whole number'],
    ['redis://127.0.0.1:6379/-1', 'its database is no whole number'],
    ['redis://:hush100%@127.0.0.1:6379', 'percent-encoded (@ is %40, % is %25)'],
    ['redis://:hu@sh/ush@127.0.0.1:6379', 'percent-encoded (@ is %40, % is %25)'],
    ['redis://127.0.0.1:6379/0?db=3', 'both in its path and in its query'],
    ['redis-sentinel://hush:26379/mymaster', 'redis://, rediss:// and unix://'],
  ])('%s ends with one sentence, nothing of it shown', async (url, message) => {
    const { code, said } = await once({ MEDIAMTX_API_URL: mediamtx.url, REDIS_URL: url });
    expect(code).toBe(EXIT_CODES.wrongSetting);
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(said).toContain('REDIS_URL is (hidden), but ');
    expect(said).toContain(message);
    expect(said).not.toMatch(/hu|mymaster/);
  });

  test('a database that Redis doesn’t have: nothing is stored in another', async () => {
    const { code, said } = await once({
      MEDIAMTX_API_URL: mediamtx.url,
      REDIS_URL: `${redisUrl.replace(/\/\d*$/, '')}/9999`,
    });
    expect(code).toBe(EXIT_CODES.redisUnreachable);
    expect(said).toContain("database 9999 can't be used");
    expect(said).not.toContain('stored in Redis');
  });
});

describe('MediaMTX’s own kind of certificate, by IP address', () => {
  const certificate = makeCertificate();

  test('works with its fingerprint; without, the way to it is told', async () => {
    const server = await startTlsServer(certificate, (_request, response) => response.end(EMPTY));
    const settings = { MEDIAMTX_API_URL: server.url, REDIS_URL: redisUrl };
    try {
      const without = await once(settings);
      expect(without.code).toBe(EXIT_CODES.failed);
      expect(without.said).toContain('openssl x509 -noout -fingerprint -sha256 -in server.crt');
      const fingerprint = certificate.fingerprint.replaceAll(':', '').toLowerCase();
      expect(await once({ ...settings, MEDIAMTX_API_FINGERPRINT: fingerprint })).toMatchObject({ code: 0 });
    } finally {
      await server.close();
    }
  });

  test.each([
    [{ MEDIAMTX_API_CA_FILE: 'gone.pem' }, 'MEDIAMTX_API_CA_FILE is "gone.pem", which can\'t be read'],
    [{ MEDIAMTX_API_CA_FILE: '.env' }, 'which holds no certificate'],
    [
      { MEDIAMTX_API_URL: 'http://a', MEDIAMTX_API_FINGERPRINT: 'ab'.repeat(32) },
      'only with an https:// address',
    ],
    [
      { MEDIAMTX_API_CA_FILE: 'x', MEDIAMTX_API_FINGERPRINT: 'ab'.repeat(32) },
      'are both set; set one of them',
    ],
    [{ REDIS_CA_FILE: 'x' }, 'only with a rediss:// address'],
  ])('%j stops the start', (settings, message) => {
    dotenv('');
    const { status, stderr } = spawnSync(process.execPath, [MAIN, '--once'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...OWN, MEDIAMTX_API_URL: 'https://127.0.0.1:1', REDIS_URL: redisUrl, ...settings },
    });
    expect(status).toBe(EXIT_CODES.wrongSetting);
    expect(stderr).toContain(message);
  });
});

test.each([
  ['MEDIAMTX_API_TOKEN_FILE', {}, (secret: string) => `Bearer ${secret}`],
  ['MEDIAMTX_API_PASSWORD_FILE', { MEDIAMTX_API_USER: 'mon' }, (secret: string) => basic('mon', secret)],
])(
  'a secret in %s that is renewed counts without a restart',
  async (name, settings, headerOf) => {
    const path = join(folder, 'secret');
    let wanted = 'first';
    const refused = new Set<string>();
    let letIn = 0;
    answer = ({ headers }, response) => {
      const { authorization = '' } = headers;
      if (authorization === headerOf(wanted)) letIn += 1;
      else refused.add(authorization);
      response.writeHead(authorization === headerOf(wanted) ? 200 : 401).end(EMPTY);
    };
    writeFileSync(path, 'first\n');
    running = spawn(process.execPath, [MAIN], {
      cwd: folder,
      stdio: 'ignore',
      env: {
        ...OWN,
        ...settings,
        [name]: path,
        MEDIAMTX_API_URL: mediamtx.url,
        REDIS_URL: redisUrl,
        POLL_INTERVAL_SECONDS: '1',
      },
    });
    await eventually(() => {
      expect(letIn).toBeGreaterThan(0);
    }, PATIENCE_MS);
    wanted = 'second';
    writeFileSync(`${path}.new`, 'second\n');
    renameSync(`${path}.new`, path);
    const before = letIn;
    await eventually(() => {
      expect(letIn).toBeGreaterThan(before);
    }, PATIENCE_MS);
    expect([...refused].filter((header) => header !== headerOf('first'))).toStrictEqual([]);
  },
  3 * PATIENCE_MS,
);
