import { streamGlob } from '@mediamtx-monitor/runtime';
import type { StatusEntry } from './status-file.ts';

/** What an entry selects. */
export interface StreamSelection {
  /** Whether it stands for a stream of a server. */
  readonly selects: (server: string, stream: string) => boolean;
  /** The name that it is about; `null` for a glob. */
  readonly name: string | null;
}

/** Reads what an entry selects; once for each, since a glob is work. */
export function selectionOf({ match, servers }: Pick<StatusEntry, 'match' | 'servers'>): StreamSelection {
  const isGlob = /[*?{\\]/.test(match);
  const matches = isGlob ? streamGlob(match) : (stream: string) => stream === match;
  return {
    selects: (server, stream) => (servers === null || servers.includes(server)) && matches(stream),
    name: isGlob ? null : match,
  };
}
