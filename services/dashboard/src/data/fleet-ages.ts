import type { Age, LiveMonitor } from '@mediamtx-monitor/client';
import type { Silence } from '@mediamtx-monitor/types';
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { FleetSnapshot } from './fleet.ts';

/** For how long nothing has been heard of a server, and what that says. Its data may be older: it may be unreadable. */
export interface SilenceAge {
  /** Since its newest message was made, in ms; `null` when that isn't known. */
  readonly silentMs: number | null;
  readonly level: Silence;
}

/** How old what is known is, as it was measured last. */
export class FleetAges {
  readonly #stale = signal<ReadonlySet<string>>(new Set());
  readonly #staleStreams = signal<ReadonlySet<string>>(new Set());
  readonly #ages = signal<ReadonlyMap<string, Age>>(new Map());
  readonly #silenceAges = signal<ReadonlyMap<string, SilenceAge>>(new Map());
  readonly #hostAges = signal<ReadonlyMap<string, Age>>(new Map());
  /** Servers whose data is too old to be believed. */
  readonly stale: ReadonlySignal<ReadonlySet<string>> = this.#stale;
  /** Those of whose streams that is so: they may come over a connection of their own. */
  readonly staleStreams: ReadonlySignal<ReadonlySet<string>> = this.#staleStreams;
  /** Age of each server's data, measured with what comes, else each second. */
  readonly ages: ReadonlySignal<ReadonlyMap<string, Age>> = this.#ages;
  /** For how long nothing has been heard of each server, measured likewise. */
  readonly silenceAges: ReadonlySignal<ReadonlyMap<string, SilenceAge>> = this.#silenceAges;
  /** Age of each host's data, measured likewise. */
  readonly hostAges: ReadonlySignal<ReadonlyMap<string, Age>> = this.#hostAges;

  /**
   * Measures all of them anew.
   * @param isOldStream whether what came of a server's streams is older than the server's own data
   */
  measure(
    monitor: LiveMonitor,
    { servers, messages, hosts }: FleetSnapshot,
    isOldStream: (server: string) => boolean,
  ): void {
    const isOld = (server: string): boolean => monitor.isStale(server);
    batch(() => {
      this.#ages.value = mapKeys(servers, (server) => ({
        ageMs: monitor.ageMs(server),
        stale: isOld(server),
      }));
      this.#silenceAges.value = mapKeys(servers, (server) => ({
        silentMs: monitor.silentMs(server),
        level: monitor.silence(server),
      }));
      this.#hostAges.value = mapKeys(hosts, (host) => ({
        ageMs: monitor.hostAgeMs(host),
        stale: monitor.isHostStale(host),
      }));
      setMembers(this.#stale, [...servers.keys()].filter(isOld));
      setMembers(
        this.#staleStreams,
        [...messages.keys()].filter((server) => isOld(server) || isOldStream(server)),
      );
    });
  }
}

/** Changes a set only with its members. */
function setMembers(set: Signal<ReadonlySet<string>>, members: readonly string[]): void {
  const before = set.peek();
  if (members.length !== before.size || !members.every((one) => before.has(one))) {
    set.value = new Set(members);
  }
}

function mapKeys<T>(map: ReadonlyMap<string, unknown>, valueOf: (key: string) => T): ReadonlyMap<string, T> {
  return new Map([...map.keys()].map((key) => [key, valueOf(key)]));
}
