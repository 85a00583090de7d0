import { createLists } from '../src/lists/catalogue.ts';
import { itemsOf } from '../src/lists/content.ts';
import type { SimulatedListName } from '../src/lists/names.ts';
import { cutPage, writePage } from '../src/lists/paging.ts';
import { VERSIONS, type VersionName } from '../src/versions/catalogue.ts';
import { createWorld, type FleetSettings } from '../src/world/fleet.ts';
import type { Audience, World } from '../src/world/model.ts';
import { get } from './get.ts';

/** A record of a list, as parsed. */
export type ListedItem = Readonly<Record<string, unknown>>;

export interface ParsedList {
  readonly itemCount: number;
  readonly pageCount: number;
  readonly items: readonly ListedItem[];
}

export const VERSION_NAMES = Object.keys(VERSIONS) as VersionName[];

/** Everything that MediaMTX 1.20 lists. */
export const ALL_LISTS = (Object.keys(VERSIONS['1.20'].lists) as SimulatedListName[]).filter(
  (name) => name !== 'info',
);

/** Asks a simulator for a whole list. */
export async function listOf(url: string, list: SimulatedListName): Promise<ParsedList> {
  const { status, body } = await get(`${url}/v3/${list}/list?itemsPerPage=2147483647`);
  if (status !== 200) throw new Error(`${list} answered ${status}: ${body}`);
  return JSON.parse(body) as ParsedList;
}

/** A world for tests, with everything 1.20 can have. */
export function worldOf(
  settings: Partial<Omit<FleetSettings, 'audience'>> = {},
  audience: Partial<Audience> = {},
): World {
  return createWorld({
    seed: 1,
    streams: 12,
    nowMs: 1_000,
    wallMs: 1_800_000_000_000,
    ...settings,
    audience: { readersPerStream: 2, moq: true, hlsSessions: true, ...audience },
  });
}

/** A whole list of a world, without a server. */
export function itemsAt(
  world: World,
  name: SimulatedListName,
  nowMs: number,
  versionName: VersionName = '1.20',
): readonly ListedItem[] {
  const version = VERSIONS[versionName];
  const list = createLists(version)[name];
  if (list === undefined) throw new Error(`${versionName} has no ${name}`);
  const items = itemsOf(list, world, nowMs);
  const page = cutPage(items.count, { itemsPerPage: 2 ** 31 - 1, page: 0 }, version);
  return (JSON.parse(writePage(items, page).toString()) as ParsedList).items;
}

/** The item with a value in a member. */
export function itemWhere(items: readonly ListedItem[], member: string, value: unknown): ListedItem {
  const found = items.find((item) => item[member] === value);
  if (found === undefined) throw new Error(`no item whose ${member} is ${String(value)}`);
  return found;
}
