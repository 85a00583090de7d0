import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { eventually, seededRandom, startRedisServer } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { createRig } from '../support/rig.ts';
import { saw } from '../support/say.ts';
import { startAlerter, startCollector } from '../support/services.ts';
import { type FallibleMediamtx, MOST_GOING, startMediamtx } from './support/mediamtx.ts';
import { expectDelivered, expectTold, type ToldAlert, toldAlerts } from './support/proof.ts';
import { startRestarted } from './support/restarted.ts';
import { startTarget } from './support/target.ts';

/** Of some 15 s each. */
const ROUNDS = Number(process.env['ROUNDS'] ?? 2);
const SEED = Number(process.env['ALERTS_SEED'] ?? Date.now() % 2 ** 31);
const PREFIX = 'rounds';
const STRUCK_PER_ROUND = 5;
const STRIKING_MS = 3_000;
const MIN_AWAY_MS = 3_000;
const MORE_AWAY_MS = 6_000;
/** In between all may come to work again, or be struck before. */
const CALM_MS = 10_000;
/** Until all is seen live, on a busy machine. */
const STARTED_MS = 240_000;
/** Until what waits for a target that was away is tried again, what comes and goes is well for long enough, and all is over. */
const SETTLED_MS = 480_000;

/** What may be wrong with a stream by chance, and isn't meant here. */
const OTHER_REASONS = ['rtt-near-latency', 'link-loss', 'unrecovered-loss', 'flapping', 'frame-errors'];

const rig = createRig();
afterAll(rig.stop);

/** Something that is killed, or otherwise away, and comes back. */
interface StruckPart {
  readonly strike: () => unknown;
  readonly heal: () => unknown;
}

/** Has all be struck in random order, each about as often as the others, and once a round. */
class Deck {
  readonly #all: readonly StruckPart[];
  readonly #random: () => number;
  #left: StruckPart[] = [];

  constructor(all: readonly StruckPart[], random: () => number) {
    this.#all = all;
    this.#random = random;
  }

  take(count: number): readonly StruckPart[] {
    if (this.#left.length < count) this.#left = [...this.#all];
    return Array.from({ length: count }).flatMap(() =>
      this.#left.splice(Math.floor(this.#random() * this.#left.length), 1),
    );
  }
}

/** What was done to servers, and what the machine did to them. */
interface Truth {
  readonly main: FallibleMediamtx;
  readonly second: FallibleMediamtx;
  /** Servers whose answers came too late, as on a busy machine. */
  readonly slow: ReadonlySet<unknown>;
}

/** Whether what an alert is about was in such trouble when it fired. */
function isTrue({ server, stream, firedAt, codes }: ToldAlert, { main, second, slow }: Truth): boolean {
  if (stream !== null) {
    const isGone = server === 'main' && firedAt.every((at) => main.hasGoneBy(stream, at));
    return isGone && codes.every((code) => code === 'not-live');
  }
  const wasKilled = server === 'second' && firedAt.every((at) => second.wasKilledBy(at));
  return (wasKilled || slow.has(server)) && codes.every((code) => code === 'server-unreachable');
}

test(
  `whoever is to be told of an alert is, whatever is killed meanwhile (${ROUNDS} rounds, ALERTS_SEED=${SEED})`,
  async () => {
    const random = seededRandom(SEED);
    const folder = await mkdtemp(join(tmpdir(), 'alerts-'));
    await rig.add({ stop: () => rm(folder, { recursive: true }) });
    const live = await rig.add(startRedisServer());
    const durable = await rig.add(
      startRedisServer(['--dir', folder, '--appendonly', 'yes', '--appendfsync', 'always']),
    );
    const targets = await Promise.all(['one', 'two'].map((name) => rig.add(startTarget(name, folder))));
    // Of one MediaMTX streams go, the other one goes itself.
    const main = await rig.add(startMediamtx(MOST_GOING * (ROUNDS + 1), folder));
    const second = await rig.add(startMediamtx(3, folder));
    const file = join(folder, 'monitor.yml');
    writeFileSync(
      file,
      [
        'thresholds:\n',
        ...OTHER_REASONS.map((code) => `  ${code}: { warning: null, critical: null }\n`),
        'expected:\n',
        ...main.streams.map((name) => `  - { match: ${name}, servers: [main], for: 0s }\n`),
        'notify:\n',
        ...targets.map(
          ({ name, url }) =>
            `  - { name: ${name}, kind: webhook, url: "${url}", for: 0s, groupWait: 1s, groupInterval: 30s }\n`,
        ),
      ].join(''),
    );
    const redis = { url: live.url, prefix: PREFIX };
    const env = { REDIS_DURABLE_URL: durable.url, MONITOR_CONFIG: file };
    const collectors = await Promise.all(
      Object.entries({ main, second }).map(([id, { url }]) =>
        rig.add(startRestarted(() => startCollector(url, redis, { ...env, MEDIAMTX_SERVER_ID: id }))),
      ),
    );
    const alerters = [
      await rig.add(startRestarted(() => startAlerter(redis, env))),
      await rig.add(startRestarted(() => startAlerter(redis, env))),
    ];
    const reader = new Redis(durable.url);
    await rig.add({
      stop: async () => {
        await reader.quit();
      },
    });
    reader.on('error', () => undefined);
    const entriesOf = async (key: string) => {
      const found = await reader.xrange(key, '-', '+');
      return found.map(([, [, json = '{}']]) => JSON.parse(json) as Record<string, unknown>);
    };
    const { events, notifications } = redisNames(PREFIX);
    await eventually(async () => {
      const seen = await entriesOf(events);
      expect(new Set(seen.map(({ server }) => server))).toStrictEqual(new Set(['main', 'second']));
    }, STARTED_MS);
    const victims: readonly StruckPart[] = [
      ...[...alerters, ...collectors, ...targets, second].map(({ kill, start }) => ({
        strike: kill,
        heal: start,
      })),
      ...alerters.map(({ freeze, thaw }) => ({ strike: freeze, heal: thaw })),
      ...targets.flatMap(({ answer }) =>
        (['500', 'hang'] as const).map((how) => ({
          strike: () => {
            answer(how);
          },
          heal: () => {
            answer('200');
          },
        })),
      ),
      { strike: live.stop, heal: live.start },
      { strike: durable.stop, heal: durable.start },
    ];
    const deck = new Deck(victims, random);
    for (let round = 0; round < ROUNDS; round += 1) {
      const struck = deck.take(STRUCK_PER_ROUND);
      // One after the other: what is frozen or away is struck all the same. In between there is news to tell.
      const newsAfter = Math.floor(random() * struck.length);
      for (const [place, { strike }] of struck.entries()) {
        await delay((random() * STRIKING_MS) / struck.length);
        await strike();
        if (place === newsAfter) main.change(random);
      }
      // Long enough for a lease to be taken over, or not.
      await delay(MIN_AWAY_MS + random() * MORE_AWAY_MS);
      for (const { heal } of struck) await heal();
      // After the last one all comes to work again anyway.
      if (round < ROUNDS - 1) await delay(random() * CALM_MS);
    }
    // Few rounds may strike so that nobody ever sees a trouble: now all is there that is needed to.
    main.change(() => 0.9);
    await eventually(async () => {
      const told = toldAlerts(await entriesOf(events));
      expect(told.filter(({ server }) => server === 'main').length).toBeGreaterThan(0);
    }, SETTLED_MS);
    main.allBack();
    await eventually(async () => {
      for (const { mustRun } of [...alerters, ...collectors, main, second]) mustRun();
      const alerts = toldAlerts(await entriesOf(events));
      expect(alerts.filter(({ resolvedAt }) => resolvedAt === null)).toStrictEqual([]);
      for (const target of targets) expectTold(target, alerts);
      expectDelivered(targets, await entriesOf(notifications));
    }, SETTLED_MS);
    const happened = await entriesOf(events);
    const alerts = toldAlerts(happened);
    const late = happened.filter(({ type, status }) => type === 'server.unreachable' && status === 'timeout');
    const truth: Truth = { main, second, slow: new Set(late.map(({ server }) => server)) };
    // A stream is in trouble once: two alerts of it would be one that was forgotten, or invented.
    const streams = alerts.flatMap(({ stream }) => stream ?? []);
    expect(new Set(streams).size).toBe(streams.length);
    expect(alerts.filter((alert) => !isTrue(alert, truth))).toStrictEqual([]);
    for (const { output } of [...alerters, ...collectors]) {
      expect(output()).not.toMatch(/should not happen|nobody caught|made a mistake/);
    }
    const messages = targets.map((target) => target.came().length).join(' and ');
    saw(
      `${ROUNDS} rounds: ${streams.length} alerts of streams, ${alerts.length - streams.length} of a server, ` +
        `told in ${messages} tries`,
    );
  },
  2 * SETTLED_MS + STARTED_MS + ROUNDS * 30_000,
);
