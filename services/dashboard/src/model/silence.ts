import type { Age } from '@mediamtx-monitor/client';
import { hostOf } from '@mediamtx-monitor/model';
import type { Silence as SilenceLevel } from '@mediamtx-monitor/types';
import type { Hearing } from '../data/feed.ts';
import { type Fleet, hostRecords } from '../data/fleet.ts';

/** No news of a server: nothing is known of its streams, and who is to blame is anyone between. */
export interface Silence {
  readonly level: Exclude<SilenceLevel, 'fresh'>;
  /** Its machine, where that has fallen silent too. */
  readonly host: string | null;
}

/**
 * Servers that nothing is heard of, whatever was heard last. One that can't be read isn't silent as long as its collector
 * says so, though its streams' data gets old.
 */
export function silencesOf(
  fleet: Fleet,
  hearings: ReadonlyMap<string, Hearing>,
  hostAges: ReadonlyMap<string, Age>,
): ReadonlyMap<string, Silence> {
  const hosts = hostRecords(fleet);
  return new Map(
    [...hearings].flatMap(([server, { silence: level }]): [string, Silence][] => {
      if (level === 'fresh') return [];
      const host = hostOf(server, fleet.servers.size, hosts)?.host;
      const isHostSilent = host !== undefined && hostAges.get(host)?.stale === true;
      return [[server, { level, host: isHostSilent ? host : null }]];
    }),
  );
}

/** Whether two tellings are the same, so that nothing is drawn anew while only seconds pass. */
export function areSameSilences(
  some: ReadonlyMap<string, Silence>,
  others: ReadonlyMap<string, Silence>,
): boolean {
  return (
    some.size === others.size &&
    [...some].every(([server, { level, host }]) => {
      const other = others.get(server);
      return other !== undefined && other.level === level && other.host === host;
    })
  );
}
