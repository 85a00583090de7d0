import { setTimeout as delay } from 'node:timers/promises';
import { connectMonitor } from '@mediamtx-monitor/client';
import { eventually } from '@mediamtx-monitor/testkit';
import { WebSocket } from 'ws';
import { saw } from '../../support/say.ts';

const ASK_MS = 50;
const PATIENCE_MS = 10_000;
const LATEST = '/api/streams/latest';
/** Time that is watched on afterwards. */
const AFTERWARDS_MS = 3_000;

/** What someone saw who asked all the time. */
interface RestSeen {
  readonly asked: number;
  /** What went wrong, as it was told. */
  readonly failures: readonly string[];
  readonly slowestMs: number;
}

/** Asks every 50 ms until it is told to stop. */
function watchRest(url: string): () => Promise<RestSeen> {
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
interface LiveSeen {
  readonly ticks: number;
  /** Ticks that were published and never came, by the numbers of those that did. */
  readonly missedTicks: number;
  readonly disconnects: number;
  /** The longest time without a connection. */
  readonly longestAwayMs: number;
}

/** Subscribes through `packages/client`, over WebSocket, until it is told to stop. */
function watchLive(url: string): { readonly seen: LiveSeen; readonly stop: () => LiveSeen } {
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

/** What both saw. */
export interface Seen {
  readonly rest: RestSeen;
  readonly live: LiveSeen;
}

/** Runs something while one client asks all the time and another one is subscribed, and tells what they saw. */
export async function watch(url: string, act: () => Promise<void>): Promise<Seen> {
  const stopRest = watchRest(`${url}${LATEST}`);
  const subscriber = watchLive(url);
  await eventually(() => {
    if (subscriber.seen.ticks === 0) throw new Error('no tick has come yet');
  });
  await act();
  await delay(AFTERWARDS_MS);
  const rest = await stopRest();
  const live = subscriber.stop();
  saw(`REST ${JSON.stringify({ ...rest, slowestMs: Math.round(rest.slowestMs) })}`);
  saw(`WebSocket ${JSON.stringify({ ...live, longestAwayMs: Math.round(live.longestAwayMs) })}`);
  return { rest, live };
}
