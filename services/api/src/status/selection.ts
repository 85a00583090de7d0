import { streamGlob } from '@mediamtx-monitor/runtime';
import type { StatusEntry } from './status-file.ts';

/** What an entry selects. */
export interface StreamSelection {
  /** The same for all entries that select the same. */
  readonly key: string;
  /** Whether it stands for a stream of a server. */
  readonly selects: (server: string, stream: string) => boolean;
  /** The name that it is about; `null` for a glob. */
  readonly name: string | null;
}

type EntrySelection = Pick<StatusEntry, 'match' | 'servers'>;

/** Reads what an entry selects; once for each, since a glob is work. */
export function selectionOf({ match, servers }: EntrySelection): StreamSelection {
  const special = match.search(/[*?{\\]/);
  const isGlob = special !== -1;
  const matches = isGlob ? beginning(match.slice(0, special), streamGlob(match)) : isName(match);
  return {
    key: selectionKey({ match, servers }),
    selects: (server, stream) => (servers === null || servers.includes(server)) && matches(stream),
    name: isGlob ? null : match,
  };
}

/** What tells a selection from others. */
export function selectionKey({ match, servers }: EntrySelection): string {
  return JSON.stringify([match, servers]);
}

const isName = (name: string) => (stream: string) => stream === name;

/** Most names don't even begin as a glob does. Of `a/**` the slash may be missing. */
function beginning(literal: string, matches: (stream: string) => boolean): (stream: string) => boolean {
  const start = literal.replace(/\/$/, '');
  return (stream) => stream.startsWith(start) && matches(stream);
}
