import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { RestAnswer, WatchedClient, WatchedTick } from './seen.ts';

/** A client that writes down all that it is sent. */
export interface WatchingClient extends WatchedClient {
  readonly stop: () => Promise<void>;
}

/** As a page does, but sooner. */
const RECONNECT_MS = 200;
const ASK_MS = 250;
const ASK_PATIENCE_MS = 2_000;

interface StreamsBody {
  readonly type: string;
  readonly epoch: number;
  readonly seq: number;
  readonly publishedAt: string;
  readonly collectedAt: string | null;
  readonly intervalMs: number;
  readonly source: { readonly status: string };
  readonly totals: { readonly streams: number | null };
  readonly streams: readonly { readonly state: string }[];
}

function tickOf(body: StreamsBody): WatchedTick {
  return {
    atMs: Date.now(),
    epoch: body.epoch,
    seq: body.seq,
    publishedMs: Date.parse(body.publishedAt),
    collectedMs: body.collectedAt === null ? null : Date.parse(body.collectedAt),
    intervalMs: body.intervalMs,
    source: body.source.status,
    live: body.streams.filter(({ state }) => state === 'live').length,
    listed: body.streams.length,
    promised: body.totals.streams,
  };
}

/** Follows the streams over WebSocket, and connects anew whenever it is cut off. */
export function watch(name: string, apiUrl: string): WatchingClient {
  const connections: WatchedTick[][] = [];
  let isOver = false;
  let socket: WebSocket | null = null;
  let again: NodeJS.Timeout | undefined;
  const open = (): void => {
    const connection: WatchedTick[] = [];
    connections.push(connection);
    socket = new WebSocket(`${apiUrl.replace('http', 'ws')}/ws`);
    socket.on('message', (data: Buffer) => {
      const body = JSON.parse(data.toString()) as StreamsBody;
      if (body.type === 'streams') connection.push(tickOf(body));
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (!isOver) again = setTimeout(open, RECONNECT_MS);
    });
  };
  open();
  return {
    name,
    connections,
    stop: () => {
      isOver = true;
      clearTimeout(again);
      socket?.terminate();
      return Promise.resolve();
    },
  };
}

/** Asks REST for the servers again and again. */
export function ask(apiUrl: string): {
  readonly answers: readonly RestAnswer[];
  readonly stop: () => Promise<void>;
} {
  const answers: RestAnswer[] = [];
  const ending = new AbortController();
  const asking = (async () => {
    while (!ending.signal.aborted) {
      answers.push(await answerOf(apiUrl));
      await delay(ASK_MS);
    }
  })();
  return {
    answers,
    stop: () => {
      ending.abort();
      return asking;
    },
  };
}

async function answerOf(apiUrl: string): Promise<RestAnswer> {
  const askedMs = Date.now();
  try {
    const answer = await fetch(`${apiUrl}/api/servers`, { signal: AbortSignal.timeout(ASK_PATIENCE_MS) });
    const body = (await answer.json()) as {
      readonly items?: readonly { readonly source: { readonly status: string }; readonly stale: boolean }[];
    };
    const [server] = body.items ?? [];
    const said = { source: server?.source.status ?? null, stale: server?.stale ?? null };
    return { askedMs, atMs: Date.now(), status: answer.status, ...said };
  } catch {
    return { askedMs, atMs: Date.now(), status: 0, source: null, stale: null };
  }
}
