import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createFakeClock,
  createLogRecorder,
  eventually,
  type FakeClock,
  freePort,
  type LogRecorder,
} from '@mediamtx-monitor/testkit';
import { HeartbeatCaller } from '../../src/heartbeat/index.ts';
import { startTcpServer, sendForEver } from '../support/tcp-server.ts';
import { type GotRequest, type StandIn, startStandIn } from '../support/stand-in.ts';

const SECRET = 'secret-path';
let folder: string;
let clock: FakeClock;
let log: LogRecorder;
let target: StandIn;
let answer: (
  response: Parameters<NonNullable<Parameters<typeof startStandIn>[0]>>[0],
  request: GotRequest,
) => void;
const callers: HeartbeatCaller[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heartbeat-'));
  clock = createFakeClock();
  log = createLogRecorder();
  answer = (response) => void response.end('ok');
  target = await startStandIn((response, request) => {
    answer(response, request);
  });
});
afterEach(async () => {
  for (const caller of callers.splice(0)) caller.stop();
  await target.close();
  rmSync(folder, { recursive: true });
});

function caller(
  address: { readonly url?: string; readonly urlFile?: string } = { url: `${target.url}/${SECRET}` },
  timeoutMs?: number,
): HeartbeatCaller {
  const heartbeat = { url: null, urlFile: null, everyMs: 10_000, ...address };
  const options = { heartbeat, clock, logger: log.logger, ...(timeoutMs !== undefined && { timeoutMs }) };
  const one = new HeartbeatCaller(options);
  callers.push(one);
  return one;
}

const calls = (count: number) =>
  eventually(() => {
    expect(target.requests).toHaveLength(count);
  });
/** All is well again and again, as in ticks: the call before may not be over yet. */
const beaten = (one: HeartbeatCaller, count: number) =>
  eventually(() => {
    one.beat();
    expect(target.requests).toHaveLength(count);
  });
const failsWith = (one: HeartbeatCaller, text: string) =>
  eventually(() => {
    expect(one.status).toContain(text);
  });

test('the address is called at once, and then not before its time, whatever wall clocks say', async () => {
  const one = caller();
  one.beat();
  await calls(1);
  expect(target.requests[0]).toMatchObject({ method: 'GET', path: `/${SECRET}` });
  clock.stepWall(1e12);
  clock.advance(9_999);
  one.beat();
  await calls(1);
  clock.advance(1);
  await beaten(one, 2);
  expect(log.lines).toStrictEqual([]);
});

test('one that is under way isn’t followed by another, nor is any once it is stopped', async () => {
  answer = () => undefined;
  const one = caller();
  one.beat();
  await calls(1);
  clock.advance(20_000);
  one.beat();
  one.stop();
  clock.advance(20_000);
  one.beat();
  await calls(1);
  expect(log.lines).toStrictEqual([]);
});

test('what is said of it is true before the first call, after one, and when it stays away', async () => {
  const one = caller();
  expect(one.status).toBe('not given');
  one.beat();
  await eventually(() => {
    expect(one.status).toBe('ok');
  });
  clock.advance(25_000);
  expect(one.status).toBe('ok');
  clock.advance(1);
  expect(one.status).toBe('not given');
  await beaten(one, 2);
  await eventually(() => {
    expect(one.status).toBe('ok');
  });
});

describe('a call that fails', () => {
  test('is told once, without the address, and again when it is over', async () => {
    answer = (response) => void response.writeHead(500).end();
    const one = caller();
    for (let call = 1; call <= 3; call += 1) {
      await beaten(one, call);
      await failsWith(one, '127.0.0.1');
      clock.advance(10_000);
    }
    expect(log.messages('warn')).toStrictEqual([
      `the heartbeat can't be given: ${target.host} answered with 500`,
    ]);
    answer = (response) => void response.end();
    await eventually(() => {
      one.beat();
      expect(one.status).toBe('ok');
    });
    expect(log.messages('info')).toStrictEqual(['the heartbeat is given again']);
  });

  test('as one that would lead elsewhere, which it doesn’t follow', async () => {
    answer = (response) => void response.writeHead(302, { location: `${target.url}/other` }).end();
    const one = caller();
    one.beat();
    await failsWith(one, 'a redirect, which isn’t followed');
    expect(target.requests).toHaveLength(1);
  });

  test('as one that isn’t answered in time', async () => {
    answer = () => undefined;
    const one = caller(undefined, 50);
    one.beat();
    await failsWith(one, 'didn’t answer within 0.05 s');
  });

  test('as one to which nobody listens', async () => {
    const one = caller({ url: `http://127.0.0.1:${await freePort()}/${SECRET}` });
    one.beat();
    await failsWith(one, 'refuses the connection (ECONNREFUSED)');
    expect(one.status).not.toContain(SECRET);
  });

  test('holds nothing of an answer that is long', async () => {
    answer = (response) => {
      response.write(Buffer.alloc(1_000_000));
    };
    const one = caller();
    one.beat();
    await calls(1);
    clock.advance(10_000);
    // The first one is over, though its answer isn’t.
    await eventually(() => {
      one.beat();
      expect(target.requests.length).toBeGreaterThan(1);
    });
    expect(one.status).toBe('ok');
  });
});

test('a user and password that stand in an address prove who calls', async () => {
  const urlFile = join(folder, 'url');
  writeFileSync(urlFile, `http://me:${SECRET}@${target.host}/`);
  caller({ urlFile }).beat();
  await calls(1);
  expect(target.requests[0]?.headers.authorization).toBe(
    `Basic ${Buffer.from(`me:${SECRET}`).toString('base64')}`,
  );
});

test('who answers without end costs a call, and no more', async () => {
  const endless = await startTcpServer((socket) => {
    socket.once('data', () => sendForEver(socket, '', 'HTTP/1.1 103 Early Hints\r\n\r\n'));
  });
  try {
    const one = caller({ url: `http://${endless.host}/${SECRET}` });
    one.beat();
    await failsWith(one, `${endless.host} sends more than an answer may have (ENDLESS_ANSWER)`);
  } finally {
    await endless.close();
  }
});

describe('an address in a file', () => {
  test('is read at each call', async () => {
    const urlFile = join(folder, 'url');
    const one = caller({ urlFile });
    one.beat();
    await failsWith(one, `urlFile ${urlFile} can’t be read`);
    writeFileSync(urlFile, `${target.url}/${SECRET}\n`);
    clock.advance(10_000);
    one.beat();
    await calls(1);
  });

  test.each([
    ['nonsense', 'has to be an address that begins with https:// or http://'],
    ['file:///etc/passwd', 'has to be an address that begins with https:// or http://'],
  ])('has to be one that can be called: %s', async (text, why) => {
    const urlFile = join(folder, 'url');
    writeFileSync(urlFile, text);
    const one = caller({ urlFile });
    one.beat();
    await failsWith(one, why);
    expect(log.messages('warn').join()).not.toContain(SECRET);
  });
});
