import { setTimeout as delay } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { connectMonitor, type Transport } from '@mediamtx-monitor/client';
import { eventually, freePort, startRedisServer, testRedis } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { WebSocket } from 'ws';
import { readStoredEvents } from '../../../services/collector/test/support/stored-events.ts';
import type { Rig } from '../rig.ts';
import { startApi, startCollector } from '../services.ts';
import { type Leaver, RoundsScript, type Visitor } from './script.ts';

/** A MediaMTX whose publishers and readers come and go as a script says. */
export interface Venue {
  readonly apiUrl: string;
  readonly streams: readonly string[];
  /** Those that are there. */
  readonly visitors: () => readonly Visitor[];
  /** Lets one come; resolves when MediaMTX has it. */
  readonly come: (stream: string, role: Visitor['role']) => Promise<Visitor>;
  /** Lets one go; resolves with all who went, since readers go with their stream. */
  readonly go: (stream: string, role: Visitor['role']) => Promise<readonly Leaver[]>;
  /** Has a stream's publisher bring nothing any more; resolves when all counters of the stream stand still. */
  readonly hold: (stream: string) => Promise<void>;
  /** Has it go on, if it is still there. */
  readonly release: (stream: string) => void;
}

export interface RoundsOptions {
  readonly venue: Venue;
  readonly rounds: number;
  /** 0 to below 1, as of Math.random. */
  readonly random: () => number;
  /** An empty folder, for the file of the durable Redis. */
  readonly folder: string;
}

/** Who is to come or to go. */
type PlannedStep = Pick<Visitor, 'stream' | 'role'> & { readonly goes: boolean };

/** A process that is killed and started anew. */
interface Victim {
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
}

/** A tick that is later by so much has begun after whatever was before it, on a busy machine too. */
const SEEN_MS = 1_500;
/** In so long whatever is told twice is. */
const TOLD_TWICE_MS = 3_000;
/** Until all is told, on a busy machine. */
const SETTLED_MS = 60_000;
const CHANGE_WITHIN_MS = 2_000;
const KILLED_WITHIN_MS = 1_500;
const AWAY_MS = 2_500;

/** A client of the API that follows events from the beginning. */
function follow(url: string, transport: Transport) {
  const ids: string[] = [];
  const trimmed: unknown[] = [];
  let connections = 0;
  const { close } = connectMonitor({
    url,
    transport,
    webSocket: WebSocket,
    topics: ['events'],
    cursor: '0-0',
    onEvent: ({ id }) => ids.push(id),
    onEventsTrimmed: (told) => trimmed.push(told),
    onState: ({ state }) => {
      if (state === 'open') connections += 1;
    },
  });
  return { told: () => ({ ids, trimmed }), connections: () => connections, close };
}

/** Collector, durable Redis and API, each a process that can be killed, and clients that follow. */
async function startMonitor(rig: Rig, { venue, folder }: RoundsOptions) {
  const live = testRedis();
  const names = redisNames(live.prefix);
  const durable = await rig.add(
    startRedisServer(['--dir', folder, '--appendonly', 'yes', '--appendfsync', 'always']),
  );
  const settings = { REDIS_DURABLE_URL: durable.url, API_PORT: String(await freePort()) };
  const launch = () => startCollector(venue.apiUrl, live, { ...settings, POLL_INTERVAL_SECONDS: '1' });
  let collector = launch();
  await rig.add({ stop: () => collector.stop() });
  let api = await startApi(live, settings);
  await rig.add({ stop: () => api.stop() });
  const clients = (['websocket', 'sse'] as const).map((transport) => follow(api.url, transport));
  const subscriber = new Redis(live.url);
  let collectedAtMs = 0;
  subscriber.on('message', (_channel: string, message: string) => {
    collectedAtMs = Date.parse(/"collectedAt":"([^"]+)"/.exec(message)?.[1] ?? '');
  });
  await subscriber.subscribe(names.channel('streams'));
  await rig.add({
    stop: async () => {
      for (const { close } of clients) close();
      await subscriber.quit();
    },
  });
  const victims: readonly Victim[] = [
    {
      kill: () => collector.kill(),
      start: async () => {
        collector = launch();
        await Promise.resolve();
      },
    },
    { kill: durable.stop, start: durable.start },
    {
      kill: () => api.kill(),
      start: async () => {
        api = await startApi(live, settings);
      },
    },
  ];
  return {
    victims,
    clients,
    stored: () => readStoredEvents(durable.url, names),
    /** Resolves when the collector has told of a tick that is later than now by so many ms. */
    seen: (laterMs: number) => {
      const atMs = Date.now() + laterMs;
      return eventually(() => {
        expect(collectedAtMs).toBeGreaterThan(atMs);
      }, SETTLED_MS);
    },
  };
}

/** What a round changes: of each stream one thing at most, so that a tick that comes late misses none of it. */
function changesOf({ streams, visitors }: Venue, random: () => number): readonly PlannedStep[] {
  return streams.flatMap((stream) => {
    const there = new Set(visitors().flatMap((one) => (one.stream === stream ? [one.role] : [])));
    if (random() < 0.4) return [];
    const role = there.has('publish') && random() < 0.6 ? 'read' : 'publish';
    return [{ stream, role, goes: there.has(role) }];
  });
}

/**
 * Kills collector, durable Redis and API in random order, while publishers and readers come and go, and looks after each
 * round whether all of that is told, also to clients that were cut off.
 * @returns what came of it, in one line
 */
export async function runRounds(rig: Rig, options: RoundsOptions): Promise<string> {
  const { venue, rounds, random } = options;
  const { victims, clients, stored, seen } = await startMonitor(rig, options);
  const script = new RoundsScript(venue.streams);
  const figures = { kills: 0, events: 0, sessions: 0, byteError: 0 };
  const settled = (): Promise<void> =>
    eventually(async () => {
      const { events, eventIds, sessions, baseline } = await stored();
      const open = Object.keys(baseline).filter((field) => field.startsWith('connection '));
      expect(open.sort()).toStrictEqual(
        venue
          .visitors()
          .map(({ id }) => `connection ${id}`)
          .sort(),
      );
      expect(baseline).toHaveProperty('server');
      figures.byteError = script.expectTold(events, sessions);
      figures.events = events.length;
      figures.sessions = sessions.length;
      for (const { told } of clients) expect(told()).toStrictEqual({ ids: eventIds, trimmed: [] });
    }, SETTLED_MS);
  const make = async ({ stream, role, goes }: PlannedStep): Promise<void> => {
    if (!goes) script.came(await venue.come(stream, role));
    else for (const leaver of await venue.go(stream, role)) script.went(leaver);
  };
  const strike = async ({ kill, start }: Victim, afterMs: number, awayMs: number): Promise<void> => {
    figures.kills += 1;
    await delay(afterMs);
    await kill();
    await delay(awayMs);
    await start();
  };
  await settled();
  for (let round = 0; round < rounds; round += 1) {
    const changes = changesOf(venue, random);
    const held = changes.filter(({ goes }) => goes);
    for (const { stream } of held) script.held(stream);
    await Promise.all(held.map(({ stream }) => venue.hold(stream)));
    if (held.length > 0) await seen(SEEN_MS);
    const spared = Math.floor(random() * victims.length);
    const struck = victims.filter((_, place) => place !== spared || random() < 0.5);
    await Promise.all([
      ...changes.map(async (change) => {
        await delay(random() * CHANGE_WITHIN_MS);
        await make(change);
      }),
      ...struck.map((victim) => strike(victim, random() * KILLED_WITHIN_MS, random() * AWAY_MS)),
    ]);
    for (const { stream } of held) venue.release(stream);
    await settled();
  }
  await seen(TOLD_TWICE_MS);
  await settled();
  const { kills, events, sessions, byteError } = figures;
  const returns = clients.map(({ connections }) => connections() - 1).join(' and ');
  return (
    `${rounds} rounds, ${kills} kills: ${events} events and ${sessions} sessions, each once, ` +
    `bytes within ${(byteError * 100).toFixed(2)} %; clients came back ${returns} times`
  );
}
