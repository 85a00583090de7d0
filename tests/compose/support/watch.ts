import { connectMonitor } from '@mediamtx-monitor/client';
import { WebSocket } from 'ws';

const ASK_MS = 50;
const PATIENCE_MS = 10_000;

/** What someone saw who asked all the time. */
export interface RestSeen {
  readonly asked: number;
  /** What went wrong, as it was told. */
  readonly failures: readonly string[];
  readonly slowestMs: number;
}

/** Asks every 50 ms until it is told to stop. */
export function watchRest(url: string): () => Promise<RestSeen> {
  const over = new AbortController();
  const seen = { asked: 0, failures: [] as string[], slowestMs: 0 };
  const ask = async (): Promise<void> => {
    const beganMs = performance.now();
    seen.asked += 1;
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
      await response.arrayBuffer();
      if (!response.ok) seen.failures.push(`HTTP ${response.status}`);
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      seen.failures.push(String(cause));
    }
    seen.slowestMs = Math.max(seen.slowestMs, performance.now() - beganMs);
  };
  const all = (async () => {
    while (!over.signal.aborted) {
      await ask();
      await new Promise((resolve) => setTimeout(resolve, ASK_MS));
    }
  })();
  return async () => {
    over.abort();
    await all;
    return seen;
  };
}

/** What a subscriber saw. */
export interface LiveSeen {
  readonly ticks: number;
  /** Ticks that were published and never came, by the numbers of those that did. */
  readonly missedTicks: number;
  readonly disconnects: number;
  /** The longest time without a connection. */
  readonly longestAwayMs: number;
}

/** Subscribes through `packages/client`, over WebSocket, until it is told to stop. */
export function watchLive(url: string): { readonly seen: LiveSeen; readonly stop: () => LiveSeen } {
  const seen = { ticks: 0, missedTicks: 0, disconnects: 0, longestAwayMs: 0 };
  let last: { readonly epoch: number; readonly seq: number } | undefined;
  let lostMs: number | undefined;
  const monitor = connectMonitor({
    url,
    webSocket: WebSocket,
    onStreams: ({ epoch, seq }) => {
      if (last?.epoch === epoch && seq <= last.seq) return;
      if (last?.epoch === epoch) seen.missedTicks += seq - last.seq - 1;
      seen.ticks += 1;
      last = { epoch, seq };
    },
    onState: ({ state }) => {
      if (state === 'open' && lostMs !== undefined) {
        seen.longestAwayMs = Math.max(seen.longestAwayMs, performance.now() - lostMs);
        lostMs = undefined;
      }
      if (state === 'waiting' && lostMs === undefined) {
        seen.disconnects += 1;
        lostMs = performance.now();
      }
    },
  });
  const stop = (): LiveSeen => {
    if (lostMs !== undefined) seen.longestAwayMs = performance.now() - lostMs;
    monitor.close();
    return seen;
  };
  return { seen, stop };
}
