import { benchRest } from './api/rest.ts';
import { benchSockets } from './api/sockets.ts';
import { benchWaiting } from './api/waiting.ts';
import { benchRedis } from './collector/redis.ts';
import { benchRequests } from './collector/requests.ts';
import { benchTicks } from './collector/ticks.ts';
import { benchFirstRows } from './dashboard/first-rows.ts';
import { benchScroll } from './dashboard/scroll.ts';
import { benchPageGroups, benchPageTicks } from './dashboard/ticks.ts';
import type { Readings } from './figures.ts';
import { benchReads } from './history/reads.ts';
import { benchStorage } from './history/storage.ts';
import { benchHistoryTicks } from './history/ticks.ts';
import { benchIdleAlerter } from './idle/alerter.ts';
import { benchIdle } from './idle/cost.ts';
import { benchInstalled } from './idle/installed.ts';
import { benchStarts } from './idle/starts.ts';
import type { Pace } from './pace.ts';
import type { Ending } from './rig/ending.ts';

/** Measures something: all that it starts is in `ending`. Rejects when it can't be measured. */
type MeasuredPart = (ending: Ending, pace: Pace) => Promise<Readings>;

/** What can be measured alone, by name; the first word of a name stands for all that begin with it. */
export const PARTS: ReadonlyMap<string, MeasuredPart> = new Map<string, MeasuredPart>([
  ['collector-100', (ending, pace) => benchTicks(ending, pace, 100)],
  ['collector-1000', (ending, pace) => benchTicks(ending, pace, 1_000)],
  ['collector-10000', (ending, pace) => benchTicks(ending, pace, 10_000)],
  ['collector-requests', benchRequests],
  ['redis-ticks', benchRedis],
  ['history-100', (ending) => benchStorage(ending, 100)],
  ['history-500', (ending) => benchStorage(ending, 500)],
  ['history-2000', (ending) => benchStorage(ending, 2_000)],
  ['history-reads', benchReads],
  ['history-ticks', benchHistoryTicks],
  ['idle-cost', benchIdle],
  ['idle-alerter', benchIdleAlerter],
  ['idle-starts', benchStarts],
  ['idle-installed', benchInstalled],
  ['api-rest-1', (ending, pace) => benchRest(ending, pace, 1)],
  ['api-rest-100', (ending, pace) => benchRest(ending, pace, 100)],
  ['api-rest-1000', (ending, pace) => benchRest(ending, pace, 1_000)],
  ['api-sockets', benchSockets],
  ['api-waiting', benchWaiting],
  ['page-ticks', benchPageTicks],
  ['page-groups', benchPageGroups],
  ['page-scroll', benchScroll],
  ['page-first', benchFirstRows],
]);

/**
 * The names of the parts that are meant.
 * @param only names of parts, or their beginnings up to a dash, with commas between them; all parts when it is empty
 * @throws when one means no part
 */
export function chosenParts(only: string): readonly string[] {
  const names = [...PARTS.keys()];
  const wanted = only.split(',').filter((word) => word !== '');
  const means = (word: string, name: string): boolean => name === word || name.startsWith(`${word}-`);
  const unknown = wanted.filter((word) => !names.some((name) => means(word, name)));
  if (unknown.length > 0) {
    throw new Error(`ONLY: there is no "${unknown.join('", "')}"; there are ${names.join(', ')}`);
  }
  return wanted.length === 0 ? names : names.filter((name) => wanted.some((word) => means(word, name)));
}
