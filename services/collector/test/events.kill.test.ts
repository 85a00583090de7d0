import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { eventually, seededRandom, startRedisServer } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { startScriptedMediamtx } from './support/scripted-mediamtx.ts';
import { readStoredEvents, type StoredEvents } from './support/stored-events.ts';

/** Of so many rounds; EVENTS_ROUNDS=50 takes half an hour. */
const ROUNDS = Number(process.env['EVENTS_ROUNDS'] ?? 4);
const SEED = Number(process.env['EVENTS_SEED'] ?? Date.now() % 2 ** 31);
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const STREAMS = ['cam 1', 'cam 2', 'cam/3', 'cam4', 'cam5'];
const SETTLED_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'events-kill-'));
const random = seededRandom(SEED);
const endings: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of endings.reverse()) await end();
  rmSync(folder, { recursive: true });
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** What came and went by the script, in order: a stream's connections. */
type ConnectionSteps = Map<string, { readonly id: string; readonly kind: 'opened' | 'closed' }[]>;

function expectToldOnce({ events, sessions }: StoredEvents, script: ConnectionSteps): void {
  for (const [stream, steps] of script) {
    const ofStream = events.filter((event) => 'stream' in event && event.stream === stream);
    const connections = ofStream.flatMap((event) =>
      event.type === 'connection.opened' || event.type === 'connection.closed'
        ? [{ id: event.connection, kind: event.type.slice('connection.'.length) }]
        : [],
    );
    expect({ stream, connections }).toStrictEqual({ stream, connections: steps });
    const air = ofStream.flatMap(({ type }) => {
      if (type === 'stream.online' || type === 'stream.restarted') return ['opened'];
      return type === 'stream.offline' ? ['closed'] : [];
    });
    expect({ stream, air }).toStrictEqual({ stream, air: steps.map(({ kind }) => kind) });
    const closed = steps.filter(({ kind }) => kind === 'closed').map(({ id }) => id);
    const ended = sessions.filter((session) => session.stream === stream).map(({ connection }) => connection);
    expect({ stream, ended }).toStrictEqual({ stream, ended: closed });
  }
  const known = new Set(script.keys());
  expect(events.filter((event) => 'stream' in event && !known.has(event.stream))).toStrictEqual([]);
}

test(
  `collector and durable Redis are killed in random order: each event is there once, in order (seed ${SEED})`,
  async () => {
    const mediamtx = await startScriptedMediamtx();
    endings.push(mediamtx.close);
    const live = await startRedisServer();
    endings.push(live.stop);
    const durable = await startRedisServer([
      '--dir',
      folder,
      '--appendonly',
      'yes',
      '--appendfsync',
      'always',
    ]);
    endings.push(durable.stop);
    const names = redisNames('kill');
    const startCollector = (): ChildProcess =>
      spawn(process.execPath, [MAIN], {
        cwd: folder,
        stdio: 'ignore',
        env: {
          MEDIAMTX_API_URL: mediamtx.url,
          REDIS_URL: live.url,
          REDIS_DURABLE_URL: durable.url,
          REDIS_KEY_PREFIX: 'kill',
          POLL_INTERVAL_SECONDS: '1',
          JSON_FILE: '',
          HEALTH_PORT: '0',
        },
      });
    let collector = startCollector();
    endings.push(() => kill(collector));
    const script: ConnectionSteps = new Map(STREAMS.map((stream) => [stream, []]));
    const change = (): void => {
      for (const stream of STREAMS) {
        if (random() < 0.5) continue;
        const kind = mediamtx.open().has(stream) ? 'closed' : 'opened';
        script.get(stream)?.push({ id: mediamtx.toggle(stream), kind });
      }
    };
    /** Until all that is, is written down. */
    const settled = (): Promise<void> =>
      eventually(async () => {
        const { baseline } = await readStoredEvents(durable.url, names);
        const open = Object.keys(baseline).filter((field) => field.startsWith('connection '));
        expect(open.sort()).toStrictEqual(
          [...mediamtx.open().values()].map((id) => `connection ${id}`).sort(),
        );
        expect(baseline).toHaveProperty('server');
      }, SETTLED_MS);
    const actions = [
      async () => {
        await kill(collector);
        await delay(random() * 1_500);
        collector = startCollector();
      },
      async () => {
        await durable.stop();
        await delay(random() * 3_000);
        await durable.start();
      },
      async () => {
        await Promise.all([kill(collector), durable.stop()]);
        collector = startCollector();
        await delay(random() * 3_000);
        await durable.start();
      },
    ];
    await settled();
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = random() < 0.5;
      if (before) change();
      await delay(random() * 2_000);
      await actions[Math.floor(random() * actions.length)]?.();
      if (!before) change();
      await settled();
      expectToldOnce(await readStoredEvents(durable.url, names), script);
    }
  },
  60_000 + ROUNDS * 90_000,
);
