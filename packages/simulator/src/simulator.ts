import { systemClock } from '@mediamtx-monitor/runtime';
import { createLists } from './lists/catalogue.ts';
import { contentOfWorld } from './lists/content.ts';
import type { SimulatorOptions } from './options.ts';
import { openServer, type SimulatedServer } from './server.ts';
import { VERSIONS } from './versions/catalogue.ts';
import {
  addStream,
  publisherOf,
  removeStream,
  setLinkLoss,
  setStreamFrozen,
  setStreamLive,
} from './world/changes.ts';
import { createWorld } from './world/fleet.ts';
import type { SourceType } from './world/model.ts';

/** A running simulator. */
export interface Simulator extends SimulatedServer {
  /** Names of the streams, in the list's order. */
  readonly streamNames: () => string[];
  /** Adds a live stream; any name will do. Its source is an SRT publisher unless told otherwise. */
  readonly addStream: (name: string, source?: SourceType) => void;
  /** Takes a stream out of the lists. */
  readonly removeStream: (name: string) => void;
  /** Stops a stream, or starts it anew: counters from 0, new ids, new `readyTime`. Readers come with it. */
  readonly setStreamLive: (name: string, live: boolean) => void;
  /** Lets the media of a live stream stop while it stays ready, or go on. */
  readonly setStreamFrozen: (name: string, frozen: boolean) => void;
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
  const version = VERSIONS[options.version ?? '1.20'];
  let world = createWorld({
    seed: options.seed ?? 1,
    streams: options.streams ?? 12,
    audience: {
      readersPerStream: options.readersPerStream ?? 2,
      moq: version.lists.moqsessions !== undefined,
      hlsSessions: version.hlsReader === 'session',
    },
    nowMs: nowMs(),
    wallMs: options.wallMs ?? systemClock.wallMs(),
  });
  const server = await openServer({
    host,
    port,
    version,
    contentOf: contentOfWorld(version, createLists(version), () => world, nowMs),
    credentials: version.auth ? (options.credentials ?? null) : null,
    delayAuth401Ms: options.delayAuth401Ms ?? 0,
  });
  return {
    ...server,
    streamNames: () => world.streams.map(({ name }) => name),
    addStream: (name, source = 'srtConn') => {
      world = addStream(world, name, source, nowMs());
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
    setLinkLoss: (name, percent) => {
      world = setLinkLoss(world, name, percent, nowMs());
    },
    publisherId: (name) => publisherOf(world, name)?.id ?? null,
  };
}
