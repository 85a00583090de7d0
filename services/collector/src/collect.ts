import type { Clock } from '@mediamtx-monitor/runtime';
import { derive, type Known, NOTHING_KNOWN, type Snapshot } from './derive/index.ts';
import type { Observation, PollResult } from './facts.ts';
import { normalise } from './normalise/index.ts';
import type { Publication, RedisPublisher, ScriptReply } from './publish/index.ts';

/** The stages of a tick, each already wired to its edge. */
export interface Stages {
  readonly poll: () => Promise<PollResult>;
  readonly publisher: RedisPublisher;
  /** Writes the JSON file; `null` = none is wanted. */
  readonly writeFile: ((text: string) => Promise<void>) | null;
  readonly clock: Clock;
  readonly server: string;
  readonly intervalMs: number;
}

/** What became of a tick. */
export interface TickReport {
  readonly snapshot: Snapshot;
  /** The script's verdict, or the error that kept the tick from Redis. */
  readonly redis: ScriptReply['verdict'] | Error;
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

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));

export function createCollect({ poll, publisher, writeFile, clock, server, intervalMs }: Stages): Collect {
  let known: Known = NOTHING_KNOWN;

  function publication(snapshot: Snapshot): Publication {
    const { collectedAtMs, simulated, source, missing, totals } = snapshot;
    const collectedAt = collectedAtMs === null ? null : new Date(collectedAtMs).toISOString();
    return { server, collectedAt, intervalMs, simulated, source, missing, totals };
  }

  /** Reads back what an earlier collector knew, on the first contact with Redis. */
  async function restore(): Promise<Error | null> {
    try {
      const stored = await publisher.prepare();
      if (stored !== null && known.collectedAtMs === null) known = stored;
      return null;
    } catch (error) {
      return asError(error);
    }
  }

  async function publish(snapshot: Snapshot, arrayJson: string): Promise<TickReport['redis']> {
    try {
      return (await publisher.publish(publication(snapshot), arrayJson)).verdict;
    } catch (error) {
      return asError(error);
    }
  }

  async function saveFile(arrayJson: string): Promise<TickReport['file']> {
    if (writeFile === null || arrayJson === '') return null;
    try {
      await writeFile(arrayJson);
      return 'written';
    } catch (error) {
      return asError(error);
    }
  }

  return {
    observe: async () => normalise(await poll()),
    store: async (observation) => {
      const observedAtMs = clock.wallMs();
      const unreachable = await restore();
      const snapshot = derive(known, observation, observedAtMs);
      known = snapshot;
      const arrayJson = snapshot.collectedAtMs === null ? '' : JSON.stringify(snapshot.streams);
      const [redis, file] = await Promise.all([
        unreachable ?? publish(snapshot, arrayJson),
        saveFile(arrayJson),
      ]);
      return { snapshot, redis, file };
    },
  };
}
