import type { Age } from '@mediamtx-monitor/client';
import { type Silence as SilenceLevel, silenceOf } from '@mediamtx-monitor/types';
import type { Fleet } from '../data/fleet.ts';
import { hostOf } from './host-of.ts';

/** No news of a server that was answering: nothing is known of its streams, and who is to blame is anyone between. */
export interface Silence {
  readonly level: Exclude<SilenceLevel, 'fresh'>;
  /** Its machine, where that has fallen silent too. */
  readonly host: string | null;
}

/**
 * Servers that nothing is heard of. One that the collector goes on to tell of isn't silent, though its streams' data gets
 * old: it can't be read.
 */
export function silencesOf(
  fleet: Fleet,
  stale: ReadonlySet<string>,
  ages: ReadonlyMap<string, Age>,
  hostAges: ReadonlyMap<string, Age>,
): ReadonlyMap<string, Silence> {
  return new Map(
    [...stale].flatMap((server): [string, Silence][] => {
      if (fleet.servers.get(server)?.source.status !== 'up') return [];
      const host = hostOf(server, fleet)?.host;
      const isHostSilent = host !== undefined && hostAges.get(host)?.stale === true;
      // While it could be read, its data are as old as the news of it.
      const level = silenceOf(ages.get(server)?.ageMs ?? null, true);
      return level === 'fresh' ? [] : [[server, { level, host: isHostSilent ? host : null }]];
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
