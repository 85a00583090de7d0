import { staleAfterMs, type StatusMessage, type StreamsMessage } from '@mediamtx-monitor/types';
import { WebSocket } from 'ws';

/** What a client of the API was sent, and what was wrong with it. */
export interface Heard {
  /** Streams messages, as they came. */
  readonly messages: readonly StreamsMessage[];
  /** What no client may ever be sent. */
  readonly violations: readonly string[];
  readonly stop: () => Promise<void>;
}

/** Listens to an API as a client does that comes back by itself, and looks at each message. */
export function listen(apiUrl: string): Heard {
  const messages: StreamsMessage[] = [];
  const violations: string[] = [];
  let isStopped = false;
  let socket: WebSocket | undefined;
  const open = (): void => {
    if (isStopped) return;
    socket = new WebSocket(`${apiUrl.replace('http', 'ws')}/ws?topics=streams`);
    socket.on('message', (data: Buffer) => {
      const parsed = JSON.parse(data.toString()) as StreamsMessage | StatusMessage;
      if (parsed.type !== 'streams') return;
      const message = parsed;
      const before = messages.findLast(({ server }) => server === message.server);
      messages.push(message);
      if (before === undefined) return;
      const isBackwards =
        message.epoch < before.epoch || (message.epoch === before.epoch && message.seq < before.seq);
      if (isBackwards)
        violations.push(`${message.seq} of ${message.epoch} behind ${before.seq} of ${before.epoch}`);
      // One that went off air is there, and isn't counted.
      const listed = message.streams.filter(({ state }) => state !== 'missing').length;
      const { streams: counted } = message.totals;
      // Without a path list, nothing is counted.
      if (counted !== null && listed !== counted) violations.push(`half a tick: ${message.seq}`);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      setTimeout(open, 200).unref();
    });
  };
  open();
  return {
    messages,
    violations,
    stop: () => {
      isStopped = true;
      socket?.close();
      return Promise.resolve();
    },
  };
}

/** What REST says of the snapshot that the API has. */
export async function snapshotOf(
  apiUrl: string,
): Promise<{ readonly isStale: boolean; readonly isHonest: boolean }> {
  const { headers } = await fetch(`${apiUrl}/api/streams/latest`);
  const ageMs = Number(headers.get('age')) * 1_000;
  const isStale = headers.get('x-snapshot-stale') === 'true';
  // The age is in whole seconds.
  return { isStale, isHonest: isStale || ageMs <= staleAfterMs(INTERVAL_MS) + 1_000 };
}

/** Time between two ticks of the collectors of these tests. */
export const INTERVAL_MS = 1_000;
