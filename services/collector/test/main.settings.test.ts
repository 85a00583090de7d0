import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readEnvironment, SettingsError, systemClock } from '@mediamtx-monitor/runtime';
import { createLogRecorder, testRedis } from '@mediamtx-monitor/testkit';
import { EXIT_CODES } from '@mediamtx-monitor/types';
import { createCollectorParts } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { outcomeOf } from './support/outcome.ts';
import { type AnsweringServer, startAnsweringServer } from './support/answering-server.ts';
import { makeCertificate, startTlsServer } from './support/tls-server.ts';

/**
 * Settings as people write them: what is asked, and what ends the start. Each is read and obeyed as the program does it
 * (`run.ts`), but in this process; the program itself, whose start takes most of a second, gets many of them at once.
 */
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const EMPTY = '{"itemCount":0,"pageCount":0,"items":[]}';
const { url: redisUrl, prefix } = testRedis();

let folder: string;
let mediamtx: AnsweringServer;
let running: ChildProcess | undefined;
const seen: IncomingMessage['headers'][] = [];

beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run "make build" first`);
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'collector-settings-'));
  seen.length = 0;
  mediamtx = await startAnsweringServer((request, response) => {
    seen.push(request.headers);
    response.end(EMPTY);
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

const OWN = {
  REDIS_KEY_PREFIX: prefix,
  JSON_FILE: '',
  HEALTH_PORT: '0',
  LOG_FORMAT: 'text',
  // Leaves time enough for answers, on a machine that is busy with other tests.
  POLL_INTERVAL_SECONDS: '60',
};

/** The settings of the program in the test's folder. */
const configOf = (settings: Readonly<Record<string, string>>) =>
  loadConfig(readEnvironment({ ...OWN, ...settings }, folder));

/** Polls once and stores, as `--once`; returns what went wrong with either. */
async function poll(settings: Readonly<Record<string, string>> = {}) {
  const {
    servers: [server],
    redis,
  } = createCollectorParts(
    configOf(settings),
    { clock: systemClock, logger: createLogRecorder().logger, userId: undefined, inContainer: false },
    { role: 'join', isOnlyPoll: true },
  );
  await redis.start();
  try {
    const { redis: outcome, snapshot } = await server.store(await server.observe());
    return { error: snapshot.source.error, outcome };
  } finally {
    await redis.stop();
  }
}

/** What ends the start with these settings, a line each. */
function mistakesOf(settings: Readonly<Record<string, string>> = {}): readonly string[] {
  try {
    configOf(settings);
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
  return [];
}

/** Runs the program once with these settings beside those of its `.env`; resolves with its exit code and all it said. */
function once(settings: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [MAIN, '--once'], { cwd: folder, env: { ...OWN, ...settings } });
  running = child;
  return outcomeOf(child);
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
    expect(await poll()).toStrictEqual({ error: null, outcome: 'published' });
    expect(mediamtx.asked).toContain('/v3/info');
  });

  test.each([
    ['as it is', 'pa#ss$word\\x'],
    ['in single quotes', `'pa#ss$word\\x'`],
  ])('a password with special signs %s', async (_how, text) => {
    dotenv(`MEDIAMTX_API_USER=mon\nMEDIAMTX_API_PASSWORD=${text}\n`);
    expect((await poll({ MEDIAMTX_API_URL: mediamtx.url, REDIS_URL: redisUrl })).error).toBeNull();
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
  ])('%s stops the start', (_what, text, message) => {
    dotenv(text);
    const mistakes = mistakesOf({ REDIS_URL: redisUrl });
    for (const each of message) expect(mistakes.join('\n')).toContain(each);
    for (const mistake of mistakes) expect(mistake).toContain(`${folder}/.env`);
    expect(mistakes.join('\n')).not.toContain('hu');
  });

  test('the program itself asks the server that it names, with the password', async () => {
    const lines = [`export MEDIAMTX_API_URL = "${mediamtx.url}/v3/ " # mine`, `REDIS_URL=${redisUrl}`];
    dotenv(
      `\uFEFF${[...lines, 'MEDIAMTX_API_USER=mon', 'MEDIAMTX_API_PASSWORD=pa#ss$word\\x'].join('\r\n')}`,
    );
    expect(await once()).toMatchObject({ code: EXIT_CODES.done });
    expect(mediamtx.asked).toContain('/v3/info');
    expect(seen[0]?.authorization).toBe(basic('mon', 'pa#ss$word\\x'));
  });

  test('the program itself ends with a line for each mistake, and asks nobody', async () => {
    dotenv(`MEDIAMTX_API_URL: ${mediamtx.url}\nMEDIAMTX_API_PASSWORD='hush''s'\nREDIS_URL=x\nREDIS_URL=y\n`);
    const { code, said } = await once();
    expect(code).toBe(EXIT_CODES.wrongSetting);
    const lines = said.trim().split('\n');
    expect(lines.map((line) => line.slice(0, line.indexOf(': ', 12)))).toStrictEqual(
      [1, 2, 4].map((line) => `collector: ${folder}/.env, line ${line}`),
    );
    expect(said).not.toContain('hu');
    expect(mediamtx.asked).toStrictEqual([]);
  });

  test('names that aren’t ours are told, ours in small letters too', () => {
    dotenv(
      'mediamtx_api_url=http://127.0.0.1:1\nMEDIAMTX_URL=x\nREDIS_HOST=redis\nREDIS_PORT=6379\nPORT=8000\nAPI_KEY=x\n',
    );
    const said = configOf({ MEDIAMTX_API_URL: mediamtx.url, REDIS_URL: redisUrl }).warnings.join('\n');
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
  ])('%s ends with one sentence, nothing of it shown', (url, message) => {
    const mistakes = mistakesOf({ MEDIAMTX_API_URL: mediamtx.url, REDIS_URL: url });
    expect(mistakes).toHaveLength(1);
    const [said = ''] = mistakes;
    expect(said).toContain('REDIS_URL is (hidden), but ');
    expect(said).toContain(message);
    expect(said).not.toMatch(/hu|mymaster|\n/);
  });

  test('is hidden by the program itself, too', async () => {
    const { code, said } = await once({ REDIS_URL: 'redis://:hu@sh/ush@127.0.0.1:6379' });
    expect(code).toBe(EXIT_CODES.wrongSetting);
    expect(said).toMatch(/^collector: REDIS_URL is \(hidden\), but .*\n$/);
    expect(said).not.toContain('hu');
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
      const without = await poll(settings);
      expect(without.error).toContain('openssl x509 -noout -fingerprint -sha256 -in server.crt');
      const fingerprint = certificate.fingerprint.replaceAll(':', '').toLowerCase();
      expect(await once({ ...settings, MEDIAMTX_API_FINGERPRINT: fingerprint })).toMatchObject({ code: 0 });
    } finally {
      await server.close();
    }
  });

  test.each([
    [{ MEDIAMTX_API_CA_FILE: '/gone.pem' }, 'MEDIAMTX_API_CA_FILE is "/gone.pem", which can\'t be read'],
    [{ MEDIAMTX_API_CA_FILE: '/dev/null' }, 'whose content holds no certificate'],
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
    const all = { MEDIAMTX_API_URL: 'https://127.0.0.1:1', REDIS_URL: redisUrl, ...settings };
    expect(mistakesOf(all).join('\n')).toContain(message);
  });
});
