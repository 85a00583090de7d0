import { asError, type Clock, momentNow, type TickOutcome } from '@mediamtx-monitor/runtime';
import type { AddressPrivacy } from '@mediamtx-monitor/types';
import {
  derive,
  type Memory,
  NO_MEMORY,
  restoreMemory,
  type Settings,
  type Snapshot,
} from './derive/index.ts';
import type { Observation } from './facts.ts';
import { normalise } from './normalise.ts';
import { normaliseDetails } from './paths/index.ts';
import type { Poller } from './poll/index.ts';
import type { Publication, Published, RedisPublisher } from './publish/index.ts';

/** The stages of a tick, each already wired to its edge. */
export interface Stages {
  readonly poll: Poller;
  readonly publisher: RedisPublisher;
  /** Writes the JSON file; `null` = none is wanted. */
  readonly writeFile: ((text: string) => Promise<void>) | null;
  readonly clock: Clock;
  readonly derivation: Settings;
  readonly addressPrivacy: AddressPrivacy;
  readonly intervalMs: number;
}

/** What became of a tick. */
export interface TickReport {
  readonly snapshot: Snapshot;
  /** What Redis made of it, or the error that kept the tick from Redis. */
  readonly redis: TickOutcome | Error;
  /** Size of its messages in bytes; `null` when it did not get to Redis. */
  readonly messageBytes: Published['messageBytes'] | null;
  /** `null` = no file is wanted, or there is nothing to write yet. */
  readonly file: 'written' | Error | null;
}

/** One server's collector: what is known, and the two halves of a tick. */
export interface Collect {
  /** Asks MediaMTX. Never rejects. */
  readonly observe: () => Promise<Observation>;
  /** Derives from the observation, stores and tells. Never rejects. */
  readonly store: (observation: Observation) => Promise<TickReport>;
}

/** As JSON; an error where there is more than the longest text can hold. */
function jsonOf(streams: Snapshot['streams']): string | Error {
  try {
    return JSON.stringify(streams);
  } catch (error) {
    return asError(error);
  }
}

export function createCollect(stages: Stages): Collect {
  const { poll, publisher, writeFile, clock, derivation, addressPrivacy, intervalMs } = stages;
  let memory: Memory = NO_MEMORY;

  function publication(snapshot: Snapshot, { sourceError }: Observation): Publication {
    const { collectedAtMs, simulated, source, missing, totals, reasons, streams, connections } = snapshot;
    const collectedAt = collectedAtMs === null ? null : new Date(collectedAtMs).toISOString();
    const { server } = derivation;
    const said = sourceError === undefined ? {} : { sourceError };
    return {
      head: { server, collectedAt, intervalMs, simulated, source, ...said, missing, totals, reasons },
      streams,
      connections,
    };
  }

  /** Reads back what an earlier collector knew, on the first contact with Redis. */
  async function restore(): Promise<Error | null> {
    try {
      const stored = await publisher.prepare();
      if (stored !== null && memory.collectedAt === null) {
        const now = momentNow(clock);
        const wallMs = Math.max(now.wallMs, stored.redisNowMs);
        memory = restoreMemory(stored, { ...now, wallMs });
      }
      return null;
    } catch (error) {
      return asError(error);
    }
  }

  async function publish(content: Publication, streamsJson: string | Error): Promise<Published | Error> {
    if (streamsJson instanceof Error) return streamsJson;
    try {
      return await publisher.publish(content, streamsJson);
    } catch (error) {
      return asError(error);
    }
  }

  async function saveFile(
    collectedAtMs: number | null,
    streamsJson: string | Error,
  ): Promise<TickReport['file']> {
    if (writeFile === null || collectedAtMs === null) return null;
    if (streamsJson instanceof Error) return streamsJson;
    try {
      await writeFile(streamsJson);
      return 'written';
    } catch (error) {
      return asError(error);
    }
  }

  return {
    observe: async () => {
      const observation = normalise(await poll.askLists(), addressPrivacy);
      const answers = await poll.askPaths(observation.paths?.facts ?? null);
      return { ...observation, details: normaliseDetails(answers, addressPrivacy) };
    },
    store: async (observation) => {
      const observedAt = momentNow(clock);
      const unreachable = await restore();
      const derived = derive(memory, observation, derivation, observedAt);
      const { snapshot } = derived;
      memory = derived.memory;
      const streamsJson = jsonOf(snapshot.streams);
      const [published, file] = await Promise.all([
        unreachable ?? publish(publication(snapshot, observation), streamsJson),
        saveFile(snapshot.collectedAtMs, streamsJson),
      ]);
      if (published instanceof Error) return { snapshot, redis: published, messageBytes: null, file };
      return { snapshot, redis: published.outcome, messageBytes: published.messageBytes, file };
    },
  };
}
