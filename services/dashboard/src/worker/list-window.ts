import type { StreamHistory } from '../data/history.ts';
import type { ViewFilter } from '../data/view.ts';
import { isGroup, type ListItem } from '../model/groups.ts';
import { kioskPage } from '../model/selection.ts';
import { sparkPath } from '../model/spark-path.ts';
import type { ListedStream } from '../model/streams.ts';
import { type ListLine, type ListSent, type ListShown, NOTHING_SHOWN, type Wanted } from './exchange.ts';

type WantedWindow = Pick<Wanted, 'part' | 'sparkLength' | 'cursor'>;

/** The whole list. */
export interface WholeList {
  readonly filter: ViewFilter;
  readonly list: readonly ListedStream[];
  /** The same with what stands over groups, and without the streams of those that are closed. */
  readonly items: readonly ListItem[];
}

/** Takes out of the list what is looked at. */
export class ListWindow {
  readonly #history: Pick<StreamHistory, 'tail'>;
  #items: readonly ListItem[] = [];
  #look = '';
  #last = NOTHING_SHOWN.list;

  /** @param history changes with the list only */
  constructor(history: Pick<StreamHistory, 'tail'>) {
    this.#history = history;
  }

  /** @param whole its items are the same array as long as nothing in them has changed */
  at({ filter, list, items }: WholeList, { part, sparkLength, cursor }: WantedWindow): ListShown {
    const look = `${sparkLength} ${part.kind === 'turn' ? `${part.turn} of ${part.size}` : 'rows'}`;
    const isSame = items === this.#items && look === this.#look;
    const version = isSame ? this.#last.version : this.#last.version + 1;
    this.#items = items;
    this.#look = look;
    const page = part.kind === 'turn' ? kioskPage(list, part.turn, part.size) : null;
    const lines: readonly ListItem[] = page?.streams ?? items;
    const { first, last } = part.kind === 'rows' ? part : { first: 0, last: part.size };
    this.#last = {
      version,
      filter,
      total: list.length,
      count: lines.length,
      turn: page === null ? null : { first: page.first, last: page.last },
      first,
      rows: lines
        .slice(first, last)
        .map((item, index) => rowAt(this.#last, version, first + index) ?? this.#row(item, sparkLength)),
      cursor: cursor === null ? null : placeOf(cursor, lines),
    };
    return this.#last;
  }

  #row(item: ListItem, sparkLength: number): ListLine {
    if (isGroup(item)) return { group: item };
    const { server, name } = item.stream;
    const tail = this.#history.tail(server, name, 'inboundMbps', sparkLength);
    return { listed: item, spark: sparkPath(tail, sparkLength) };
  }
}

function placeOf(wanted: string | number, items: readonly ListItem[]): ListShown['cursor'] {
  if (typeof wanted === 'number') return { wanted, key: items[wanted]?.key ?? null, index: wanted };
  return { wanted, key: wanted, index: items.findIndex(({ key }) => key === wanted) };
}

/** The row at a place of a list of that version, if it is here. */
function rowAt(known: ListShown, version: number, place: number): ListLine | undefined {
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
