import {
  asError,
  type Clock,
  Exclusive,
  type HeadLeases,
  type Logger,
  type Part,
} from '@mediamtx-monitor/runtime';
import { decide, firstPollOf, type LeaseSight, nextSight, type SharedServer } from './decide.ts';
import { FleetView, type SharingHealth } from './fleet-view.ts';
import type { RollCall } from './roll-call.ts';
import type { ServerHolder } from './server-holder.ts';
import { Tenure } from './tenure.ts';

export interface SharingOptions {
  readonly rollCall: Pick<RollCall, 'own' | 'others' | 'call' | 'withdraw'>;
  readonly leases: Pick<HeadLeases, 'look' | 'take' | 'release'>;
  readonly servers: ServerHolder;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly logger: Logger;
}

/** How often heads of others are looked at, and every so many looks this one announces itself. */
const LOOK_MS = 500;
const LOOKS_PER_CALL = 2;
/** Who hasn't reached Redis for so long after his start polls all the same. */
const BLIND_AFTER_MS = 10_000;
/** Mark of a head that isn't there. */
const NOTHING = '0 0';

/** Has each server polled by one of the collectors that may: takes servers nobody has, and gives those others should have. */
export class Sharing implements Part {
  readonly name = 'sharing of servers';
  readonly progress = { intervalMs: LOOK_MS, count: () => this.#looks };
  readonly #options: SharingOptions;
  readonly #fleet: FleetView;
  readonly #work = new Exclusive(() => this.#look());
  readonly #tenures = new Map<string, Tenure>();
  readonly #sights = new Map<string, LeaseSight>();
  /** Servers that are being taken or left. */
  readonly #moving = new Map<string, Promise<void>>();
  #shared: readonly SharedServer[] = [];
  #warned: ReadonlySet<string> = new Set();
  /** When it was made, by the monotonic clock. */
  readonly #startedMs: number;
  #looks = 0;
  #hasReached = false;
  #error: string | null = null;
  #isFirst = true;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SharingOptions) {
    this.#options = options;
    this.#startedMs = options.clock.monotonicMs();
    this.#fleet = new FleetView(options.rollCall, options.clock);
  }

  get health(): SharingHealth {
    const { rollCall } = this.#options;
    const { own, others } = rollCall;
    const ids = this.#shared.map(({ server }) => server);
    return {
      collector: own.id,
      holds: ids.filter((server) => this.#tenures.has(server)),
      standsBy: ids.filter((server) => !this.#tenures.has(server)),
      conflicts: this.#fleet.conflicts,
      others: others.map(({ id, host, servers }) => ({ id, host, servers: servers.size })),
      error: this.#error,
    };
  }

  /** Whether another collector that lives names a server, under whatever address. */
  isNamedElsewhere(server: string): boolean {
    return this.#options.rollCall.others.some(({ servers }) => servers.has(server));
  }

  async start(): Promise<void> {
    await this.#look();
    await Promise.all(this.#moving.values());
    this.#isFirst = false;
    this.#timer = setInterval(() => {
      this.#work.run();
    }, LOOK_MS);
  }

  /** From now on nothing is taken or given any more; what is polled goes on until it is stopped. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#work.idle();
    try {
      await this.#options.rollCall.withdraw();
    } catch (error) {
      this.#options.logger.debug(`others can't be told that this one ends: ${asError(error).message}`);
    }
    await Promise.all(this.#moving.values());
  }

  /** The configuration has changed: what is new isn't waited for. */
  refresh(): void {
    this.#work.run();
  }

  /** Never rejects. */
  async #look(): Promise<void> {
    const { clock } = this.#options;
    this.#readServers();
    const isCallDue = this.#looks % LOOKS_PER_CALL === 0;
    this.#looks += 1;
    try {
      if (isCallDue) await this.#call();
      const hasFreed = await this.#lookAtHeads();
      // Who gave it up may live no more, and then it is for another one.
      if (hasFreed && !isCallDue) await this.#call();
      this.#hasReached = true;
      this.#error = null;
    } catch (error) {
      this.#error = asError(error).message;
      const waitedMs = clock.monotonicMs() - this.#startedMs;
      if (!this.#hasReached && waitedMs >= BLIND_AFTER_MS) this.#holdBlindly();
      return;
    }
    this.#warnOfConflicts();
    for (const one of this.#shared) if (!this.#moving.has(one.server)) this.#act(one, clock.monotonicMs());
  }

  #readServers(): void {
    const shared = this.#options.servers.shared();
    if (shared === this.#shared) return;
    this.#shared = shared;
    this.#fleet.share(shared);
    const ids = new Set(shared.map(({ server }) => server));
    for (const { server, intervalMs } of shared) {
      const tenure = this.#tenures.get(server);
      if (tenure !== undefined) tenure.intervalMs = intervalMs;
    }
    for (const known of [this.#tenures, this.#sights]) {
      for (const server of known.keys()) if (!ids.has(server)) known.delete(server);
    }
  }

  #call(): Promise<void> {
    return this.#fleet.call((server) => this.#tenures.has(server));
  }

  /** Looks at the heads of all that others may have; resolves with whether one of them was given up. */
  async #lookAtHeads(): Promise<boolean> {
    const { leases, clock } = this.#options;
    const freed = await Promise.all(
      this.#shared.map(async ({ server, guard, intervalMs }) => {
        if (this.#tenures.get(server)?.isTaken === true || this.#moving.has(server)) return false;
        const seen = await leases.look(guard);
        const before = this.#sights.get(server) ?? null;
        this.#sights.set(server, nextSight(before, seen, clock.monotonicMs(), intervalMs));
        return seen.isReleased && before?.isReleased === false;
      }),
    );
    return freed.includes(true);
  }

  #act(one: SharedServer, nowMs: number): void {
    const { rollCall } = this.#options;
    const { server } = one;
    const tenure = this.#tenures.get(server);
    const view = {
      ...one,
      heldSinceMs: tenure?.isTaken === true ? tenure.sinceMs : null,
      sight: this.#sights.get(server) ?? null,
      conflictMs: this.#fleet.conflictMsOf(server),
    };
    const decision = decide(view, rollCall.own.id, rollCall.others, nowMs);
    if (decision === 'take') this.#move(server, () => this.#take(one, view.sight?.mark ?? ''));
    if (decision === 'give') this.#move(server, () => this.#give(one));
    // Somebody else may have it.
    if (decision === 'stay' && tenure?.isTaken === false) tenure.lose();
  }

  #move(server: string, work: () => Promise<void>): void {
    const moving: Promise<void> = work()
      .catch((error: unknown) => {
        this.#options.logger.debug(`server ${server} stays as it is for now: ${asError(error).message}`);
      })
      .finally(() => {
        if (this.#moving.get(server) === moving) this.#moving.delete(server);
      });
    this.#moving.set(server, moving);
  }

  async #take(one: SharedServer, mark: string): Promise<void> {
    const { leases, servers, clock, logger } = this.#options;
    const { server, guard, intervalMs } = one;
    const sight = this.#sights.get(server);
    const askedMs = clock.monotonicMs();
    const number = await leases.take(guard, mark);
    if (number === null) return;
    const blind = this.#tenures.get(server);
    this.#sights.delete(server);
    if (blind !== undefined) {
      blind.taken(askedMs);
      servers.taken(server, number);
      return;
    }
    const tenure = this.#newTenure(one);
    tenure.taken(askedMs);
    const first = this.#isFirst || sight === undefined ? 'own' : firstPollOf(sight, intervalMs, askedMs);
    if (await this.#hold(server, tenure, number, first)) {
      if (!this.#isFirst) logger.info(`server ${server} is polled here from now on`);
    } else await leases.release(guard, number.epoch);
  }

  /** Resolves with whether it is polled; never rejects. */
  async #hold(...[server, tenure, ...how]: Parameters<ServerHolder['hold']>): Promise<boolean> {
    const { servers, logger } = this.#options;
    let isHeld = false;
    try {
      isHeld = await servers.hold(server, tenure, ...how);
    } catch (error) {
      logger.error(`server ${server} can’t be polled here: ${asError(error).message}`);
    }
    if (!isHeld && this.#tenures.get(server) === tenure) this.#tenures.delete(server);
    return isHeld;
  }

  async #give({ server, guard }: SharedServer): Promise<void> {
    const { leases, servers, logger } = this.#options;
    const epoch = await servers.leave(server);
    this.#tenures.delete(server);
    if (epoch !== null) await leases.release(guard, epoch);
    logger.info(`server ${server} is given to another collector, which polls it from now on`);
  }

  #newTenure(one: SharedServer): Tenure {
    const { clock, leases, servers, logger } = this.#options;
    const { server, guard, intervalMs } = one;
    const tenure: Tenure = new Tenure({
      ...{ clock, intervalMs },
      look: () => leases.look(guard),
      takeAgain: async () => {
        const number = await leases.take(guard, NOTHING);
        if (number !== null) servers.taken(server, number);
        return number !== null;
      },
      hasOthers: () => this.#fleet.isRivalled(server),
      onLost: () => {
        if (this.#tenures.get(server) !== tenure) return;
        this.#tenures.delete(server);
        logger.info(`server ${server} isn’t polled here any more: this collector stands by`);
        this.#move(server, async () => {
          await servers.leave(server);
        });
      },
    });
    this.#tenures.set(server, tenure);
    return tenure;
  }

  /** Redis was never reached, so nobody could say who has what. */
  #holdBlindly(): void {
    for (const one of this.#shared) {
      const { server } = one;
      if (this.#tenures.has(server) || this.#moving.has(server)) continue;
      const tenure = this.#newTenure(one);
      this.#move(server, async () => {
        await this.#hold(server, tenure, null, 'own');
      });
    }
  }

  #warnOfConflicts(): void {
    const warned = new Set<string>();
    for (const { server, collector, host } of this.#fleet.conflicts) {
      const key = `${server} ${collector}`;
      warned.add(key);
      if (this.#warned.has(key)) continue;
      this.#options.logger.warn(
        `server ${server} is another MediaMTX for the collector on ${host}: give one of them another id ` +
          '(MEDIAMTX_SERVER_ID, or id in MONITOR_CONFIG). Until then only one of them is polled',
      );
    }
    this.#warned = warned;
  }
}
