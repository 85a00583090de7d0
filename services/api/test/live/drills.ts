import { type Topic, TOPIC_DECLARATIONS } from '@mediamtx-monitor/types';
import type { LoggedEvent } from '../../src/feed/event-log.ts';
import { filterOf, type LiveFilter } from '../../src/live/filter.ts';

/** A topic of events, as none is published. */
export const DRILLS = 'drills' as Topic;
export const TOPICS_WITH_DRILLS = {
  ...TOPIC_DECLARATIONS,
  [DRILLS]: { subject: 'server', kind: 'event' },
} as const;

/** The drill of this number. */
export function drillOf(n: number, { subject = 'main', stream = null as string | null } = {}): LoggedEvent {
  return { id: `${n}-0`, subject, stream, json: Buffer.from(JSON.stringify({ type: DRILLS, n })) };
}

/** Reads topics from a URL that may be drills, too. */
export function readDrills(url: string): LiveFilter {
  const parameters = new URL(url, 'http://localhost').searchParams;
  const topics = parameters.get('topics')?.split(',') as Topic[] | undefined;
  return filterOf({ ...(topics !== undefined && { topics }) });
}
