import type { MonitorApi, StreamsQuery } from '@mediamtx-monitor/client';
import type { StreamRecord } from '@mediamtx-monitor/types';
import type { After } from './api-link.ts';

/** More streams than that nobody looks through. */
export const MAX_FOUND = 200;
/** While somebody types, nothing is asked. */
const REST_MS = 300;
/** What was found is asked again after so many ms, as long as it is looked at. */
const AGAIN_MS = 5_000;

/** Streams of all servers that were found, as they were then. */
export interface FoundStreams {
  /** When that was (RFC 3339, UTC). */
  readonly at: string;
  readonly streams: readonly StreamRecord[];
  /** Whether there are more than these. */
  readonly isCut: boolean;
}

export interface FleetSearchPorts {
  readonly api: Pick<MonitorApi, 'streams'>;
  readonly after: After;
  /** Unix time in ms. */
  readonly now: () => number;
  /** Told of each answer; `null` where there was none. */
  readonly onAnswer: (found: FoundStreams | null) => void;
}

/** Asks the API for streams of all servers, again and again, until the returned function is called. */
export function searchFleet(
  question: StreamsQuery,
  { api, after, now, onAnswer }: FleetSearchPorts,
): () => void {
  let isOver = false;
  const ask = async (): Promise<void> => {
    const answer = await api.streams({ ...question, limit: MAX_FOUND + 1 }).catch(() => null);
    if (isOver) return;
    if (answer === null) onAnswer(null);
    else {
      const at = new Date(now()).toISOString();
      onAnswer({ at, streams: answer.slice(0, MAX_FOUND), isCut: answer.length > MAX_FOUND });
    }
    stop = after(AGAIN_MS, () => void ask());
  };
  let stop = after(REST_MS, () => void ask());
  return () => {
    isOver = true;
    stop();
  };
}
