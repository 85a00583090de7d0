import { systemClock } from '@mediamtx-monitor/runtime';
import { createLists } from './lists/catalogue.ts';
import { isStreamFault } from './faults/fault.ts';
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
import { createFaults, mustBePossible, type OngoingFault } from './world/stream-faults.ts';

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

/**
 * Starts a simulator.
 * @throws StartError of the runtime, `not-listening`, if the address or port can't be had
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { host = '127.0.0.1', port = 0, nowMs = systemClock.monotonicMs } = options;
  const { eventful = false } = options;
  const version = VERSIONS[options.version ?? '1.20'];
  const startedMs = nowMs();
  let world = createWorld({
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
  const withFaults = createFaults();
  let faulty: readonly OngoingFault[] = [];
  const present = (): World => {
    const now = nowMs();
    world = withFaults(world, [...(eventful ? episodesAt(now, startedMs) : []), ...faulty], now);
    return world;
  };
  const server = await openServer({
    host,
    port,
    version,
    contentOf: contentOfWorld(version, createLists(version), present, nowMs),
    onFault: (fault) => {
      if (isStreamFault(fault)) mustBePossible(world, fault);
      faulty = isStreamFault(fault) ? [{ ...fault, sinceMs: nowMs() }] : [];
    },
    credentials: version.auth ? (options.credentials ?? null) : null,
    delayAuth401Ms: options.delayAuth401Ms ?? 0,
  });
  return {
    ...server,
    streamNames: () => world.streams.map(({ name }) => name),
    addStream: (name, source = 'srtConn', conf = {}) => {
      world = addStream(world, name, source, nowMs(), conf);
    },
    removeStream: (name) => {
      world = removeStream(world, name);
    },
    setStreamLive: (name, live) => {
      world = setStreamLive(world, name, live, nowMs());
    },
    setStreamFrozen: (name, frozen) => {
      world = setStreamFrozen(world, name, frozen, nowMs());
    },
    setForwardFailing: (name, failing) => {
      world = setForwardFailing(world, name, failing, nowMs());
    },
    setLinkLoss: (name, percent) => {
      world = setLinkLoss(world, name, percent, nowMs());
    },
    publisherId: (name) => publisherOf(world, name)?.id ?? null,
  };
}
