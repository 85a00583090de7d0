import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { eventually, type RedisOfTest, testRedis } from '@mediamtx-monitor/testkit';
import {
  type RedisNames,
  redisNames,
  type SessionRecord,
  type StoredEvent,
  type StreamsHead,
} from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { inOrderFor } from '../src/sharing/rendezvous.ts';
import {
  type CollectorOfTest,
  type CollectorProcess,
  startCollectorHere,
  startCollectorProcess,
} from './support/collector-process.ts';
import { type ScriptedMediamtx, startScriptedMediamtx } from './support/scripted-mediamtx.ts';

// Programs take long to start on a busy machine.
jest.setTimeout(180_000);

const endings: (() => void | Promise<void>)[] = [];
let place: RedisOfTest;
let names: RedisNames;
let redis: Redis;
let folder: string;
let servers: (ScriptedMediamtx & { readonly id: string })[];
/** Who polled each server, in order. */
let polled: Map<string, string[]>;
/** Heads as they were published, in order. */
let heads: StreamsHead[];

beforeEach(async () => {
  place = testRedis();
  names = redisNames(place.prefix);
  redis = new Redis(place.url);
  folder = mkdtempSync(join(tmpdir(), 'sharing-'));
  servers = [];
  polled = new Map();
  heads = [];
  const subscriber = new Redis(place.url);
  subscriber.on('message', (_channel, text) => heads.push(JSON.parse(text) as StreamsHead));
  await subscriber.subscribe(names.servers);
  endings.push(
    () => {
      redis.disconnect();
      subscriber.disconnect();
    },
    () => {
      rmSync(folder, { recursive: true });
    },
  );
});
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function startServers(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const id = `s${n}`;
    const askers: string[] = [];
    polled.set(id, askers);
    const mediamtx = await startScriptedMediamtx(({ url, headers }) => {
      const [user = ''] = Buffer.from(headers.authorization?.slice('Basic '.length) ?? '', 'base64')
        .toString()
        .split(':');
      if (url?.startsWith('/v3/paths/list') === true) askers.push(user);
    });
    endings.push(() => mediamtx.close());
    mediamtx.toggle(`cam-${n}`);
    servers.push({ ...mediamtx, id });
  }
}

async function start(name: string, interval = 1): Promise<CollectorProcess> {
  const one = await startCollectorProcess({ name, folder, redis: place, servers, interval });
  endings.push(async () => {
    one.kill('SIGKILL');
    await one.ended;
  });
  return one;
}

const headOf = async (server: string): Promise<StreamsHead> =>
  JSON.parse((await redis.get(names.streamsMeta(server))) ?? 'null') as StreamsHead;
const epochsOf = async (ids: readonly string[]): Promise<number[]> =>
  Promise.all(ids.map(async (id) => (await headOf(id)).epoch));

/** What each holds, once these share all servers: each server by one, which has polled it for some time, and each some. */
function shared(all: readonly CollectorOfTest[]): Promise<(readonly string[])[]> {
  return eventually(async () => {
    await delay(200);
    const healths = await Promise.all(all.map(async (one) => (await one.health()).sharing));
    const holds = healths.map((sharing) => sharing.holds);
    expect(holds.flat().sort()).toStrictEqual(servers.map(({ id }) => id).sort());
    all.forEach((one, at) => {
      expect(healths[at]?.others).toHaveLength(all.length - 1);
      expect(holds[at]).not.toHaveLength(0);
      for (const id of holds[at] ?? [])
        expect(polled.get(id)?.slice(-3)).toStrictEqual([one.name, one.name, one.name]);
    });
    return holds;
  });
}

/** Nobody polled a server that another one had taken over, but once for each time that it was taken over. */
function expectNoTwoAtOnce(): void {
  for (const { id } of servers) {
    const askers = polled.get(id) ?? [];
    const changes = askers.filter((name, at) => at > 0 && askers[at - 1] !== name).length;
    const epochs = new Set(heads.filter(({ server }) => server === id).map(({ epoch }) => epoch));
    // From one to the next, and one question more of the one before between those of the next.
    expect(changes).toBeLessThanOrEqual(3 * (epochs.size - 1));
  }
}

/** Nothing published went back, whoever published it. */
function expectNumbersToGrow(): void {
  for (const { id } of servers) {
    const numbers = heads
      .filter(({ server }) => server === id)
      .map(({ epoch, seq }) => [epoch, seq] as const);
    numbers.forEach(([epoch, seq], at) => {
      const [epochBefore, seqBefore] = numbers[at - 1] ?? [0, 0];
      expect(epoch > epochBefore || (epoch === epochBefore && seq > seqBefore)).toBe(true);
    });
  }
}

test('one that is killed leaves its servers to the other, and gets its share back when it is there again', async () => {
  await startServers(12);
  const a = await start('a', 2);
  const b = await start('b', 2);
  const [, ofB = []] = await shared([a, b]);
  const epochs = await epochsOf(ofB);
  a.kill('SIGKILL');
  const [all] = await shared([b]);
  expect(all).toHaveLength(12);
  // Those that it had before went on as they were.
  expect(await epochsOf(ofB)).toStrictEqual(epochs);
  const again = await start('a', 2);
  await shared([again, b]);
  expectNoTwoAtOnce();
  expectNumbersToGrow();
});

test('one that is frozen and wakes asks and writes nothing: its servers stay with the other', async () => {
  await startServers(12);
  const a = await start('a');
  const b = await start('b');
  const [ofA = []] = await shared([a, b]);
  a.kill('SIGSTOP');
  endings.push(() => {
    a.kill('SIGCONT');
  });
  await eventually(async () => {
    expect((await b.health()).sharing.holds).toHaveLength(12);
  });
  const epochs = await epochsOf(ofA);
  await eventually(() => {
    for (const id of ofA) expect(polled.get(id)?.slice(-2)).toStrictEqual(['b', 'b']);
  });
  const counts = ofA.map((id) => polled.get(id)?.length ?? 0);
  a.kill('SIGCONT');
  await eventually(async () => {
    const { sharing, servers: held } = await a.health();
    expect(sharing.holds.filter((id) => ofA.includes(id))).toStrictEqual([]);
    expect(held).toStrictEqual([]);
  });
  const afterWaking = ofA.map((id, at) => polled.get(id)?.slice(counts[at]) ?? []);
  for (const askers of afterWaking)
    expect(askers.filter((name) => name === 'a').length).toBeLessThanOrEqual(1);
  expect(await epochsOf(ofA)).toStrictEqual(epochs);
  await eventually(() => {
    expect(readFileSync(a.jsonFile, 'utf8')).toBe('[]');
  });
  expectNumbersToGrow();
});

test('one that is told to end gives its servers away at once, long before they were silent for two intervals', async () => {
  await startServers(4);
  const a = await start('a', 30);
  const b = await start('b', 30);
  await eventually(async () => {
    expect((await a.health()).sharing.holds.length + (await b.health()).sharing.holds.length).toBe(4);
  });
  a.kill('SIGTERM');
  await a.ended;
  await eventually(async () => {
    expect((await b.health()).sharing.holds).toHaveLength(4);
  }, 25_000);
  expect(await redis.zcard(names.collectors)).toBe(1);
});

test('a session that goes on while its server is handed to and fro is told once, with all that it sent', async () => {
  await startServers(1);
  const [server] = servers;
  if (server === undefined) throw new Error('no server');
  let now = await start('a');
  await shared([now]);
  const reader = server.toggle('cam-0', 'read');
  const visitor = server.visitors().find(({ id }) => id === reader);
  if (visitor === undefined) throw new Error('no reader');
  for (const name of ['b', 'c']) {
    const next = await start(name);
    await eventually(async () => {
      expect((await redis.zcard(names.collectors)) >= 2).toBe(true);
    });
    now.kill('SIGTERM');
    await now.ended;
    now = next;
    await shared([now]);
  }
  const { seq } = await headOf('s0');
  const sentBefore = server.bytesOf(visitor);
  await eventually(async () => {
    expect((await headOf('s0')).seq).toBeGreaterThan(seq + 2);
  });
  server.toggle('cam-0', 'read');
  const sent = server.bytesOf(visitor);
  const sessions = await eventually(async () => {
    const found = (await redis.xrange(names.sessions, '-', '+'))
      .map(([, [, json = '']]) => JSON.parse(json) as SessionRecord)
      .filter(({ connection }) => connection === reader);
    expect(found).not.toHaveLength(0);
    return found;
  });
  expect(sessions).toHaveLength(1);
  // All of it, also what was before the newest collector.
  expect(sessions[0]?.outboundBytes).toBeGreaterThanOrEqual(sentBefore);
  expect(sessions[0]?.outboundBytes).toBeLessThanOrEqual(sent);
  const events = (await redis.xrange(names.events, '-', '+')).map(
    ([, [, json = '']]) => JSON.parse(json) as StoredEvent,
  );
  const told = events.filter((event) => 'connection' in event && event.connection === reader);
  expect(told.map(({ type }) => type)).toStrictEqual(['connection.opened', 'connection.closed']);
  // Before the first of them nobody had ever looked; after that there always was somebody.
  expect(events.filter(({ type }) => type === 'server.unobserved')).toHaveLength(1);
  expectNumbersToGrow();
});

test('ten collectors share 20 servers, and who dies leaves no more than its own to others', async () => {
  await startServers(20);
  const mortal = await start('mortal', 5);
  const others: CollectorOfTest[] = [];
  for (let n = 0; n < 9; n += 1) {
    const one = await startCollectorHere({ name: `c${n}`, folder, redis: place, servers, interval: 5 });
    endings.push(() => one.stop());
    others.push(one);
  }
  const holdsOf = async (some: readonly CollectorOfTest[]): Promise<(readonly string[])[]> => {
    // Ten that are asked all the time would do nothing else.
    await delay(500);
    const healths = await Promise.all(some.map(async (one) => (await one.health()).sharing));
    const holds = healths.map((sharing) => sharing.holds);
    expect(holds.flat().sort()).toStrictEqual(servers.map(({ id }) => id).sort());
    // As rendezvous hashing has it.
    const ids = healths.map(({ collector }) => collector);
    const wrong = healths.flatMap(({ collector }, at) =>
      (holds[at] ?? []).filter((id) => inOrderFor(id, ids)[0] !== collector),
    );
    expect(wrong).toStrictEqual([]);
    return holds;
  };
  const [, ...before] = await eventually(() => holdsOf([mortal, ...others]), 80_000);
  mortal.kill('SIGKILL');
  const after = await eventually(() => holdsOf(others), 80_000);
  before.forEach((had, at) => {
    expect(after[at]).toStrictEqual(expect.arrayContaining([...had]));
  });
  expectNumbersToGrow();
});
