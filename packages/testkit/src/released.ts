import { readFileSync } from 'node:fs';

/** What the last release published; `schemas`: what it took. See the README beside the files. */
export type ReleasedName =
  | 'streams'
  | 'streams.list-missing'
  | 'streams.down'
  | 'connections'
  | 'connections.down'
  | 'head'
  | 'schemas';

const folder = new URL('../fixtures/releases/0.1.0/', import.meta.url);

/** A message as release 0.1.0 published it: JSON without white space. */
export function releasedMessage(name: ReleasedName): string {
  return JSON.stringify(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')));
}
