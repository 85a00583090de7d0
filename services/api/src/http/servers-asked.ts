import type { Feed, Fleet, Tick } from '../feed/index.ts';
import { RefusedError } from './refusal.ts';

/**
 * What is known of the server asked for, though it may be gone; or of all that aren't. Of one that isn't known it's
 * empty only while nothing is known of any server.
 */
export async function fleetFor(feed: Feed, server: string | undefined): Promise<Fleet> {
  const fleet = await feed.servers.current();
  if (server === undefined) return fleet;
  const all = feed.servers.all();
  const single = all.of(server);
  if (single.ticks.length > 0 || all.ticks.length === 0) return single;
  throw new RefusedError({
    code: 'unknown-server',
    detail: `There is no server "${server}"; there is: ${serverList(all.ticks)}.`,
  });
}

/** As `fleetFor`, where there is nothing to answer without data. */
export async function fleetWithData(feed: Feed, server: string | undefined): Promise<Fleet> {
  const fleet = await fleetFor(feed, server);
  if (!fleet.ticks.some((tick) => tick.hasData)) throw noData();
  return fleet;
}

/** Ids for people. */
export function serverList(ticks: readonly Tick[]): string {
  return ticks.map((tick) => tick.subject).join(', ');
}

/** Refuses an answer that would have to be made up. */
export function noData(): RefusedError {
  return new RefusedError({
    code: 'no-data',
    detail:
      'No collector has published a snapshot in the last day. Check that one runs and uses the same Redis.',
  });
}
