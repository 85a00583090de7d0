import { healthOf, type PolledServer } from './one-server.ts';
import type { SharingHealth } from './sharing/index.ts';

/** So many servers, in words. */
export const serverCount = (count: number): string => `${count} server${count === 1 ? '' : 's'}`;

/** How servers are, for the health port. */
export function factsOf(all: readonly PolledServer[]): Readonly<Record<string, unknown>> {
  const [only, ...others] = all;
  if (only?.config.listed === null && others.length === 0) return { ...healthOf(only) };
  return { servers: all.map(healthOf) };
}

/** So many servers are named in one line. */
const MAX_NAMED = 5;

/** How all servers are, in one line for people. */
export function statusOf(all: readonly PolledServer[], { standsBy }: SharingHealth): string {
  const [only, ...others] = all;
  if (only !== undefined && others.length === 0 && standsBy.length === 0) return only.collector.status;
  if (only === undefined) return `standing by: other collectors poll ${serverCount(standsBy.length)}`;
  const wrong = all.filter(({ collector }) => collector.health.error !== null);
  const named = wrong
    .slice(0, MAX_NAMED)
    .map(({ config: { server }, collector: { status } }) => `; ${server}: ${status}`);
  const standing = standsBy.length === 0 ? '' : `, standing by for ${standsBy.length}`;
  return `${serverCount(all.length)}${standing}, ${wrong.length} with something wrong${named.join('')}`;
}
