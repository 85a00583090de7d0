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
import { expectDelivered, expectTold, toldAlerts } from './support/proof.ts';
import { startHeads } from './support/heads.ts';
import { startAlerter } from './support/alerter-process.ts';
import { startTarget } from './support/target.ts';

/** Of some 10 s each. */
const ROUNDS = Number(process.env['ROUNDS'] ?? 2);
const SEED = Number(process.env['ALERTS_SEED'] ?? Date.now() % 2 ** 31);
const PREFIX = 'rounds';
const STRUCK_PER_ROUND = 5;
const STRIKING_MS = 3_000;
const MIN_AWAY_MS = 3_000;
const MORE_AWAY_MS = 6_000;
/** Until what waits for a target that was away is tried again, and all is over. */
const SETTLED_MS = 240_000;

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
    const heads = await rig.add(startHeads(live.url, PREFIX, folder));
    const file = join(folder, 'monitor.yml');
    const entries = targets.map(
      ({ name, url }) =>
        `  - { name: ${name}, kind: webhook, url: "${url}", for: 0s, groupWait: 1s, groupInterval: 30s }\n`,
    );
    writeFileSync(file, `notify:\n${entries.join('')}`);
    const start = () =>
      rig.add(
        startAlerter(
          { url: live.url, prefix: PREFIX },
          { REDIS_DURABLE_URL: durable.url, MONITOR_CONFIG: file },
        ),
      );
    const alerters = [await start(), await start()];
    const victims: readonly StruckPart[] = [
      ...alerters.map(({ kill, start }) => ({ strike: kill, heal: start })),
      ...alerters.map(({ freeze, thaw }) => ({ strike: freeze, heal: thaw })),
      ...targets.map(({ kill, start }) => ({ strike: kill, heal: start })),
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
      { strike: heads.kill, heal: heads.start },
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
        if (place === newsAfter) heads.change(round, random);
      }
      // Long enough for a lease to be taken over, or not.
      await delay(MIN_AWAY_MS + random() * MORE_AWAY_MS);
      for (const { heal } of struck) await heal();
    }
    const reader = new Redis(durable.url);
    await rig.add({
      stop: async () => {
        await reader.quit();
      },
    });
    const entriesOf = async (key: string) => {
      const found = await reader.xrange(key, '-', '+');
      return found.map(([, [, json = '{}']]) => JSON.parse(json) as Record<string, unknown>);
    };
    const { events, notifications } = redisNames(PREFIX);
    // Few rounds may strike so that nobody ever sees a trouble: now all is there that is needed to.
    heads.change(ROUNDS, () => 0.9);
    await eventually(async () => {
      expect(toldAlerts(await entriesOf(events)).length).toBeGreaterThan(0);
    }, SETTLED_MS);
    heads.allWell();
    await eventually(async () => {
      for (const { mustRun } of alerters) mustRun();
      const alerts = toldAlerts(await entriesOf(events));
      expect(alerts.filter(({ isResolved }) => !isResolved)).toStrictEqual([]);
      for (const target of targets) expectTold(target, alerts);
      expectDelivered(targets, await entriesOf(notifications));
    }, SETTLED_MS);
    const alerts = toldAlerts(await entriesOf(events));
    // A stream is in trouble once: two alerts of it would be one that was forgotten, or invented.
    expect(new Set(alerts.map(({ stream }) => stream)).size).toBe(alerts.length);
    expect(alerts.filter(({ stream }) => !heads.wasIll(stream))).toStrictEqual([]);
    for (const { output } of alerters) {
      expect(output()).not.toMatch(/should not happen|nobody caught|made a mistake/);
    }
    const messages = targets.map((target) => target.came().length).join(' and ');
    saw(`${ROUNDS} rounds: ${alerts.length} alerts, told in ${messages} tries`);
  },
  SETTLED_MS + 60_000 + ROUNDS * 30_000,
);
