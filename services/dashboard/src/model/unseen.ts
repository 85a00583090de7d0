import type { MonitorEvent } from '@mediamtx-monitor/types';
import type { ChartSpan } from './chart-span.ts';

/**
 * Times of a span in which nobody looked at a server, as its events tell: they may be shorter than a step of history, which
 * says of it what else was seen in that step.
 * @param events in order
 * @param isStreams whether its streams are meant, of which nothing is known while it can't be read either
 */
export function unseenTimes(
  events: readonly MonitorEvent[],
  server: string,
  isStreams: boolean,
  span: ChartSpan,
): readonly ChartSpan[] {
  const found: ChartSpan[] = [];
  let unreadMs: number | null = null;
  for (const event of events.filter((one) => one.server === server)) {
    const { type, at, since, unseenSince } = event;
    const atMs = Date.parse(at);
    if (type === 'server.unobserved' && unseenSince !== null) {
      found.push({ fromMs: Date.parse(unseenSince), toMs: atMs });
    } else if (isStreams && type === 'server.unreachable') {
      unreadMs ??= Date.parse(unseenSince ?? since ?? at);
    } else if (isStreams && type === 'server.reachable') {
      found.push({ fromMs: unreadMs ?? atMs - (event.unreachableMs ?? 0), toMs: atMs });
      unreadMs = null;
    }
  }
  if (unreadMs !== null) found.push({ fromMs: unreadMs, toMs: span.toMs });
  return found
    .map(({ fromMs, toMs }) => ({
      fromMs: Math.max(fromMs, span.fromMs),
      toMs: Math.min(toMs, span.toMs),
    }))
    .filter(({ fromMs, toMs }) => fromMs < toMs);
}
