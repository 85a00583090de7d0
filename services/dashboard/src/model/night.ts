import type { Night } from '../data/view.ts';

/** Whether it is night at an hour of the local day. */
export function isNight({ fromHour, toHour }: Night, hour: number): boolean {
  return fromHour < toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour;
}
