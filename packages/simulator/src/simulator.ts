import { systemClock } from '@mediamtx-monitor/runtime';
import { createLists } from './lists/catalogue.ts';
import { type Fault, isStreamFault } from './faults/fault.ts';
import type { SimulatorOptions } from './options.ts';
import { openServer, type SimulatedServer } from './server.ts';
import { VERSIONS } from './versions/catalogue.ts';
import { contentOfWorld } from './world-content.ts';
import {
  addStream,
  publisherOf,
  removeStream,
  setForwardFailing,
  setLinkLoss,
  setStreamFrozen,
  setStreamLive,
} from './world/changes.ts';
import { episodesAt } from './world/episodes.ts';
import { createWorld } from './world/fleet.ts';
import type { PathConf, SourceType, World } from './world/model.ts';
import { mustBePossible, type OngoingFault, StreamFaults } from './world/stream-faults.ts';

/** A running simulator. */
export interface Simulator extends SimulatedServer {
  /** Names of the streams, in the list's order. */
  readonly streamNames: () => string[];
  /**
   * Adds a live stream; any name will do. Its source is an SRT publisher unless told otherwise, and it is configured
   * by name.
   */
  readonly addStream: (name: string, source?: SourceType, conf?: Partial<PathConf>) => void;
  /** Takes a stream out of the lists. */
  readonly removeStream: (name: string) => void;
  /** Stops a stream, or starts it anew: counters from 0, new ids, new `readyTime`. Readers come with it. */
  readonly setStreamLive: (name: string, live: boolean) => void;
  /** Lets the media of a live stream stop while it stays ready, or go on. */
  readonly setStreamFrozen: (name: string, frozen: boolean) => void;
  /** From now on the last of the places that a stream is sent on to can't be reached, or can again. */
  readonly setForwardFailing: (name: string, failing: boolean) => void;
  /**
   * From now on the link of a stream's SRT publisher loses this share of its packets, 0 to 100 %, until the
   * stream starts anew. 98 of 100 lost packets are repaired, 2 s later.
   */
  readonly setLinkLoss: (name: string, percent: number) => void;
  /** The id of the client that publishes a stream; `null` if none does, or MediaMTX pulls it. */
  readonly publisherId: (name: string) => string | null;
}

/** The world of a simulator, as it changes with time and by what is done to it. */
class SimulatedWorld {
  readonly #nowMs: () => number;
  /** What happens by itself at a time. */
  readonly #episodes: (nowMs: number) => readonly OngoingFault[];
  readonly #faults = new StreamFaults();
  #world: World;
  #switched: readonly OngoingFault[] = [];

  constructor(world: World, nowMs: () => number, episodes: (nowMs: number) => readonly OngoingFault[]) {
    this.#world = world;
    this.#nowMs = nowMs;
    this.#episodes = episodes;
  }

  /** As it was left by the last change. */
  get last(): World {
    return this.#world;
  }

  /** As it is now, with all that happens to its streams. */
  present(): World {
    const nowMs = this.#nowMs();
    const faults = [...this.#episodes(nowMs), ...this.#switched];
    this.#world = this.#faults.applyTo(this.#world, faults, nowMs);
    return this.#world;
  }

  change(changed: (world: World, nowMs: number) => World): void {
    this.#world = changed(this.#world, this.#nowMs());
  }

  /** @throws {@link SimulatorError} for a fault of a stream that can't have it */
  switchTo(fault: Fault | null): void {
    if (isStreamFault(fault)) mustBePossible(this.#world, fault);
    this.#switched = isStreamFault(fault) ? [{ ...fault, sinceMs: this.#nowMs() }] : [];
  }
}

/**
 * Starts a simulator.
 * @throws StartError of the runtime, `not-listening`, if the address or port can't be had
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { host = '127.0.0.1', port = 0, nowMs = systemClock.monotonicMs } = options;
  const { eventful = false } = options;
  const version = VERSIONS[options.version ?? '1.20'];
  const startedMs = nowMs();
  const atStart = createWorld({
    seed: options.seed ?? 1,
    streams: options.streams ?? 12,
    audience: {
      readersPerStream: options.readersPerStream ?? 2,
      moq: version.lists.moqsessions !== undefined,
      hlsSessions: version.hlsReader === 'session',
    },
    eventful,
    nowMs: startedMs,
    wallMs: options.wallMs ?? systemClock.wallMs(),
  });
  const world = new SimulatedWorld(atStart, nowMs, (now) => (eventful ? episodesAt(now, startedMs) : []));
  const server = await openServer({
    host,
    port,
    version,
    contentOf: contentOfWorld(version, createLists(version), () => world.present(), nowMs),
    onFault: (fault) => {
      world.switchTo(fault);
    },
    credentials: version.auth ? (options.credentials ?? null) : null,
    delayAuth401Ms: options.delayAuth401Ms ?? 0,
  });
  return {
    ...server,
    streamNames: () => world.last.streams.map(({ name }) => name),
    addStream: (name, source = 'srtConn', conf = {}) => {
      world.change((before, now) => addStream(before, name, source, now, conf));
    },
    removeStream: (name) => {
      world.change((before) => removeStream(before, name));
    },
    setStreamLive: (name, live) => {
      world.change((before, now) => setStreamLive(before, name, live, now));
    },
    setStreamFrozen: (name, frozen) => {
      world.change((before, now) => setStreamFrozen(before, name, frozen, now));
    },
    setForwardFailing: (name, failing) => {
      world.change((before, now) => setForwardFailing(before, name, failing, now));
    },
    setLinkLoss: (name, percent) => {
      world.change((before, now) => setLinkLoss(before, name, percent, now));
    },
    publisherId: (name) => publisherOf(world.last, name)?.id ?? null,
  };
}
