import { flowedMs, mediaSum } from './flow.ts';
import type { Connection } from './model.ts';

/** Media bytes that a connection has carried by a monotonic time in ms. */
export function mediaBytes({ flow, joinedMediaSum }: Connection, nowMs: number): number {
  return Math.floor(mediaSum(flow, flowedMs(flow, nowMs)) - joinedMediaSum);
}

/** How long media has flowed on a connection, in ms. */
export function openMs({ flow, joinedFlowedMs }: Connection, nowMs: number): number {
  return flowedMs(flow, nowMs) - joinedFlowedMs;
}

/** Frames, or packets, that were discarded because the client is too slow. */
export function discarded(connection: Connection, nowMs: number): number {
  const { discardedPerMs } = connection.link;
  return discardedPerMs === 0 ? 0 : Math.floor(discardedPerMs * openMs(connection, nowMs));
}
