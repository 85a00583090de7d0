import { CommandFailures, type ReadMoment, type RedisClient, RedisTime } from '@mediamtx-monitor/runtime';
import type { AlertCause } from '@mediamtx-monitor/types';
import { isAbsence } from '../absence.ts';
import { type IllSubject, type AlertObservation, subjectKey } from '../model.ts';
import { DepartureWatch } from './departures.ts';
import type { LiveSource } from './followed-heads.ts';
import { type HostSight, HostWatch } from './hosts.ts';
import { type ServerSight, ServerWatch, TooManyError } from './servers.ts';

/** What was seen, and how well. */
export interface Sight {
  readonly observation: AlertObservation;
  /** Whether heads of servers could be read. */
  readonly isRead: boolean;
  /** Of how many servers new heads come. */
  readonly freshServers: number;
}

/** What is looked at, and the durable Redis, which has events. */
export interface ObserverSource extends LiveSource {
  readonly durable: RedisClient;
}

const SERVERS_FAILURE = `servers can't be read`;
const HOSTS_FAILURE = `hosts can't be read`;

/** Sees by the live Redis what is wrong with servers, streams and hosts. */
export class LiveObserver {
  readonly #source: LiveSource;
  readonly #time: RedisTime;
  readonly #failures: CommandFailures;
  readonly #servers: ServerWatch;
  readonly #hosts: HostWatch;
  readonly #departures: DepartureWatch;

  constructor(source: ObserverSource) {
    const { redis, durable, names, clock, logger } = source;
    this.#source = source;
    this.#time = new RedisTime(redis, clock);
    this.#failures = new CommandFailures(redis, logger);
    this.#servers = new ServerWatch(source);
    this.#hosts = new HostWatch(source);
    this.#departures = new DepartureWatch({ redis: durable, names, logger });
  }

  /** Looks once. While Redis can't be read, nothing is seen. Never rejects. */
  async observe(): Promise<Sight> {
    const isRead = await this.#attempt(SERVERS_FAILURE, async () => {
      await this.#time.read();
      await this.#servers.read(this.#readMoment());
    });
    const areHostsRead =
      isRead && (await this.#attempt(HOSTS_FAILURE, () => this.#hosts.read(this.#readMoment())));
    if (isRead) await this.#departures.read(this.#readMoment().redisMs);
    const servers = isRead ? this.#servers.now() : new Map<string, ServerSight>();
    const hosts = areHostsRead ? this.#hosts.now() : new Map<string, HostSight>();
    return {
      observation: observationOf(servers, hosts, (key) => this.#departures.causeOf(key)),
      isRead,
      freshServers: [...servers.values()].filter(({ isFresh }) => isFresh).length,
    };
  }

  /** By Redis's clock, as it was carried on since that was asked. */
  #readMoment(): ReadMoment {
    return { redisMs: this.#time.inMs(0), monotonicMs: this.#source.clock.monotonicMs() };
  }

  async #attempt(failure: string, read: () => Promise<void>): Promise<boolean> {
    try {
      await read();
      this.#failures.clear(failure);
      return true;
    } catch (error) {
      if (error instanceof TooManyError) this.#failures.log(failure, error.message);
      else this.#failures.handle(failure, error);
      return false;
    }
  }
}

/** A stream with why it went, where it is missed. */
function withCause(one: IllSubject, cause: AlertCause | null): IllSubject {
  return cause !== null && one.reasons.some(isAbsence) ? { ...one, cause } : one;
}

/** What is seen of all of them together. */
function observationOf(
  servers: ReadonlyMap<string, ServerSight>,
  hosts: ReadonlyMap<string, HostSight>,
  causeOf: (key: string) => AlertCause | null,
): AlertObservation {
  const ill = new Map<string, IllSubject>();
  const add = (one: IllSubject | null): void => {
    if (one !== null) ill.set(subjectKey(one.subject), one);
  };
  for (const { ill: ofServer, streams } of servers.values()) {
    add(ofServer);
    for (const [key, one] of streams.ill) ill.set(key, withCause(one, causeOf(key)));
  }
  for (const { ill: ofHost } of hosts.values()) add(ofHost);
  return {
    ill,
    labelsOf: (server) => servers.get(server)?.labels ?? null,
    isSeen: (subject) => {
      if (subject.kind === 'host') return hosts.get(subject.host)?.isSeen === true;
      const server = servers.get(subject.server);
      if (server === undefined) return false;
      // What its collector said last of the server itself stays said; that nothing is wrong holds while new heads come.
      return subject.kind === 'server' ? server.isFresh : server.streams.isWhole;
    },
  };
}
