import type { List } from '../src/lists/list.ts';
import { cutPage, writePage } from '../src/lists/paging.ts';
import type { World } from '../src/world/model.ts';
import { get } from './get.ts';

/** A record of a list, as parsed. */
export type Item = Readonly<Record<string, unknown>>;

export interface ListBody {
  readonly itemCount: number;
  readonly pageCount: number;
  readonly items: readonly Item[];
}

/** Asks a simulator for a whole list. */
export async function listOf(url: string, list: 'paths' | 'srtconns'): Promise<ListBody> {
  const { status, body } = await get(`${url}/v3/${list}/list?itemsPerPage=2147483647`);
  if (status !== 200) throw new Error(`${list} answered ${status}: ${body}`);
  return JSON.parse(body) as ListBody;
}

/** A whole list of a world, without a server. */
export function itemsAt(world: World, list: List, nowMs: number): readonly Item[] {
  const page = cutPage(list.count(world), { itemsPerPage: 2 ** 31 - 1, page: 0 });
  return (JSON.parse(writePage(list, world, nowMs, page).toString()) as ListBody).items;
}

/** The item with a value in a member. */
export function itemWhere(items: readonly Item[], member: string, value: unknown): Item {
  const found = items.find((item) => item[member] === value);
  if (found === undefined) throw new Error(`no item whose ${member} is ${String(value)}`);
  return found;
}
