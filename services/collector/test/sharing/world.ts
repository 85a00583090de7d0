import { setImmediate } from 'node:timers/promises';
import type { LeaseSeen } from '@mediamtx-monitor/runtime';
import { createLogRecorder } from '@mediamtx-monitor/testkit';
import type { Announcement } from '../../src/sharing/announcement.ts';
import type { ServerHolder } from '../../src/sharing/server-holder.ts';
import { Sharing } from '../../src/sharing/sharing.ts';
import type { Tenure } from '../../src/sharing/tenure.ts';

export const INTERVAL_MS = 2_000;
const STEP_MS = 250;
const LIVING_MS = 3_000;

/** That a collector asked a MediaMTX. */
export interface Poll {
  readonly server: string;
  readonly collector: string;
  readonly epoch: number;
  readonly atMs: number;
}

interface WorldHead {
  epoch: number;
  seq: number;
  isReleased: boolean;
}

/** A Redis and its collectors, whose time is moved by hand: what decides is real, all about it is made here. */
export class SharingWorld {
  readonly heads = new Map<string, WorldHead>();
  readonly polls: Poll[] = [];
  readonly collectors = new Map<string, WorldCollector>();
  readonly calls = new Map<string, { announcement: Announcement; atMs: number }>();
  /** Whether Redis answers anyone. */
  isRedisAway = false;
  nowMs = 1_000_000;
  #joined = 0;

  /** Ids of all servers. */
  readonly servers: readonly string[];

  constructor(servers: readonly string[]) {
    this.servers = servers;
  }

  join(fingerprint = 'aaaa'): WorldCollector {
    this.#joined += 1;
    const one = new WorldCollector(this, `collector-${this.#joined}`, fingerprint);
    this.collectors.set(one.id, one);
    return one;
  }

  /** Lets time pass; in each step each collector does what it would, in an order that the test chooses. */
  async pass(ms: number, order: <T>(items: readonly T[]) => readonly T[] = (items) => items): Promise<void> {
    for (const endMs = this.nowMs + ms; this.nowMs < endMs;) {
      this.nowMs += STEP_MS;
      for (const one of order([...this.collectors.values()])) await one.step();
    }
  }

  /** By whom each server was polled in the time before now, and how often. */
  polledIn(ms: number): Map<string, string[]> {
    const since = this.polls.filter(({ atMs }) => atMs > this.nowMs - ms);
    return new Map(
      this.servers.map((server) => [
        server,
        since.filter((poll) => poll.server === server).map(({ collector }) => collector),
      ]),
    );
  }
}

class WorldCollector {
  readonly world: SharingWorld;
  readonly id: string;
  readonly sharing: Sharing;
  readonly log = createLogRecorder();
  isFrozen = false;
  isCut = false;
  readonly #polled = new Map<string, { tenure: Tenure; epoch: number | null; seq: number; dueMs: number }>();
  #isStarted = false;

  constructor(world: SharingWorld, id: string, fingerprint: string) {
    this.world = world;
    this.id = id;
    const { servers } = world;
    let own: Announcement = {
      id,
      host: `host of ${id}`,
      startedMs: world.nowMs,
      servers: new Map(servers.map((server) => [server, fingerprint])),
      yields: new Set(),
    };
    const shared = servers.map((server) => ({ server, fingerprint, intervalMs: INTERVAL_MS, guard: server }));
    let others: readonly Announcement[] = [];
    const holder: ServerHolder = {
      shared: () => shared,
      hold: (server, tenure, number) => {
        this.#polled.set(server, {
          tenure,
          epoch: number?.epoch ?? null,
          seq: number?.seq ?? 0,
          dueMs: world.nowMs,
        });
        return Promise.resolve(true);
      },
      taken: (server, { epoch, seq }) => {
        Object.assign(this.#polled.get(server) ?? {}, { epoch, seq });
      },
      leave: (server) => {
        const { epoch = null } = this.#polled.get(server) ?? {};
        this.#polled.delete(server);
        return Promise.resolve(epoch);
      },
    };
    this.sharing = new Sharing({
      rollCall: {
        get own() {
          return own;
        },
        get others() {
          return others;
        },
        call: ({ yields }) => {
          this.#assertReached();
          own = { ...own, yields };
          world.calls.set(id, { announcement: own, atMs: world.nowMs });
          others = [...world.calls.values()]
            .filter(({ announcement, atMs }) => announcement.id !== id && atMs > world.nowMs - LIVING_MS)
            .map(({ announcement }) => announcement);
          return Promise.resolve();
        },
        withdraw: () => {
          world.calls.delete(id);
          return Promise.resolve();
        },
      },
      leases: {
        look: (server) => this.#reached(() => this.#look(server)),
        take: (server, mark) =>
          this.#reached(() => {
            const { number } = this.#look(server);
            if (mark !== `${number.epoch} ${number.seq}`) return null;
            const epoch = Math.max(world.nowMs, number.epoch + 1);
            world.heads.set(server, { epoch, seq: 1, isReleased: false });
            return { epoch, seq: 1 };
          }),
        release: (server, epoch) =>
          this.#reached(() => {
            const head = world.heads.get(server);
            if (head?.epoch === epoch) head.isReleased = true;
          }),
      },
      servers: holder,
      clock: { monotonicMs: () => world.nowMs },
      logger: this.log.logger,
    });
  }

  get polled(): readonly string[] {
    return [...this.#polled.keys()];
  }

  async step(): Promise<void> {
    if (this.isFrozen) return;
    if (!this.#isStarted || this.world.nowMs % 500 === 0) this.sharing.refresh();
    this.#isStarted = true;
    await setImmediate();
    for (const [server, polled] of this.#polled) {
      if (polled.dueMs > this.world.nowMs) continue;
      polled.dueMs = this.world.nowMs - (this.world.nowMs % INTERVAL_MS) + INTERVAL_MS;
      await this.#tick(server, polled);
    }
    await setImmediate();
  }

  /** As SIGKILL ends it. */
  die(): void {
    this.world.collectors.delete(this.id);
  }

  /** As SIGTERM ends it. */
  async end(): Promise<void> {
    this.world.collectors.delete(this.id);
    await this.sharing.stop();
    for (const [server, { epoch }] of this.#polled) {
      const head = this.world.heads.get(server);
      if (head?.epoch === epoch) head.isReleased = true;
    }
  }

  async #tick(server: string, polled: { tenure: Tenure; epoch: number | null; seq: number }): Promise<void> {
    const { world } = this;
    const { tenure, epoch } = polled;
    if (!(await tenure.mayPoll(epoch))) return;
    world.polls.push({ server, collector: this.id, epoch: epoch ?? 0, atMs: world.nowMs });
    if (epoch === null) return;
    if (!this.#isReached) {
      tenure.ticked(new Error('away'), world.nowMs);
      return;
    }
    const head = world.heads.get(server);
    if (head !== undefined && head.epoch > epoch) {
      tenure.ticked('superseded', world.nowMs);
      return;
    }
    polled.seq += 1;
    world.heads.set(server, { epoch, seq: polled.seq, isReleased: false });
    tenure.ticked('published', world.nowMs);
  }

  get #isReached(): boolean {
    return !this.isCut && !this.world.isRedisAway;
  }

  #assertReached(): void {
    if (!this.#isReached) throw new Error('Redis is away');
  }

  async #reached<Value>(work: () => Value): Promise<Value> {
    await Promise.resolve();
    this.#assertReached();
    return work();
  }

  #look(server: string): LeaseSeen {
    const { epoch = 0, seq = 0, isReleased = false } = this.world.heads.get(server) ?? {};
    const number = { epoch, seq };
    return { mark: `${epoch} ${seq}`, number, isHeld: epoch > 0, isReleased, intervalMs: INTERVAL_MS };
  }
}
