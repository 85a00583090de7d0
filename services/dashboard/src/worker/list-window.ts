import type { StreamHistory } from '../data/history.ts';
import type { ViewFilter } from '../data/view.ts';
import { kioskPage } from '../model/selection.ts';
import { sparkPath } from '../model/spark-path.ts';
import type { ListedStream } from '../model/streams.ts';
import { type ListRow, type ListSent, type ListShown, NOTHING_SHOWN, type Wanted } from './exchange.ts';

type WantedWindow = Pick<Wanted, 'part' | 'sparkLength' | 'cursor'> & { readonly filter: ViewFilter };

/** Takes out of the list what is looked at. */
export class ListWindow {
  readonly #history: Pick<StreamHistory, 'tail'>;
  #list: readonly ListedStream[] = [];
  #look = '';
  #last = NOTHING_SHOWN.list;

  /** @param history changes with the list only */
  constructor(history: Pick<StreamHistory, 'tail'>) {
    this.#history = history;
  }

  /** @param list the same array as long as nothing in it has changed */
  at(list: readonly ListedStream[], { filter, part, sparkLength, cursor }: WantedWindow): ListShown {
    const look = `${sparkLength} ${part.kind === 'turn' ? `${part.turn} of ${part.size}` : 'rows'}`;
    const isSame = list === this.#list && look === this.#look;
    const version = isSame ? this.#last.version : this.#last.version + 1;
    this.#list = list;
    this.#look = look;
    const page = part.kind === 'turn' ? kioskPage(list, part.turn, part.size) : null;
    const streams = page?.streams ?? list;
    const { first, last } = part.kind === 'rows' ? part : { first: 0, last: part.size };
    this.#last = {
      version,
      filter,
      total: list.length,
      count: streams.length,
      turn: page === null ? null : { first: page.first, last: page.last },
      first,
      rows: streams
        .slice(first, last)
        .map((listed, index) => rowAt(this.#last, version, first + index) ?? this.#row(listed, sparkLength)),
      cursor: cursor === null ? null : placeOf(cursor, streams),
    };
    return this.#last;
  }

  #row(listed: ListedStream, sparkLength: number): ListRow {
    const { server, name } = listed.stream;
    const tail = this.#history.tail(server, name, 'inboundMbps', sparkLength);
    return { listed, spark: sparkPath(tail, sparkLength) };
  }
}

function placeOf(wanted: string | number, streams: readonly ListedStream[]): ListShown['cursor'] {
  if (typeof wanted === 'number') return { wanted, key: streams[wanted]?.key ?? null, index: wanted };
  return { wanted, key: wanted, index: streams.findIndex(({ key }) => key === wanted) };
}

/** The row at a place of a list of that version, if it is here. */
function rowAt(known: ListShown, version: number, place: number): ListRow | undefined {
  return known.version === version ? known.rows[place - known.first] : undefined;
}

/** What is sent of it to a page that has what was shown before: while the list is scrolled, only the rows that are new. */
export function withoutKnownRows(known: ListShown, next: ListShown): ListSent {
  const { version, first, rows } = next;
  return {
    ...next,
    rows: rows.map((row, index) => (rowAt(known, version, first + index) === undefined ? row : null)),
  };
}

/** What came, with the rows that are there already as they are: they needn't be drawn anew. */
export function withKnownRows(known: ListShown, next: ListSent): ListShown {
  const { version, first, rows } = next;
  return { ...next, rows: rows.flatMap((row, index) => row ?? rowAt(known, version, first + index) ?? []) };
}
