import { newListName } from '../protocols/index.ts';

/** MediaMTX 1.21 gave most of its lists other names in its URLs; so far the old ones answer, too. */
export type Naming = 'old' | 'new';

/** What a list is called in the URL. Everywhere else it keeps its old name. */
export function routeOf(list: string, naming: Naming): string {
  return naming === 'new' ? (newListName(list) ?? list) : list;
}

/** The ways to name a list, `first` first; one where its name never changed. */
export function namingsOf(list: string, first: Naming): readonly Naming[] {
  if (newListName(list) === null) return ['old'];
  return first === 'new' ? ['new', 'old'] : ['old', 'new'];
}

/** `v1.21.0`, `1.21`, `v1.21.0-rc1`. A fork or a build of one's own says something else, as `v0.0.0`. */
const RELEASE = /^v?([1-9]\d{0,5})\.(\d{1,6})(?!\d)/;

/**
 * Whether a version, as MediaMTX tells it, is that release of 1.x or a later one; `null` where it can't be told.
 */
export function isFrom(version: string | null, minor: number): boolean | null {
  const [, major, found] = RELEASE.exec(version ?? '') ?? [];
  if (major === undefined) return null;
  return Number(major) > 1 || Number(found) >= minor;
}

/** The release of MediaMTX 1.x from which on lists have their new names, and single static sources can be asked for. */
export const RENAMED_IN = 21;
/** The release of MediaMTX 1.x that brought forwards. */
export const FORWARDS_SINCE = 20;
