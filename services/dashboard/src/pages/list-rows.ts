import { useLayoutEffect } from 'preact/hooks';
import { useDashboard } from '../ui/context.ts';
import type { RowRange } from '../ui/layout.ts';
import type { ListCursor } from '../ui/viewport.ts';
import { keyOfLine, type ListLine, type ListPart } from '../worker/exchange.ts';

/** Rows that are drawn, one after the other. */
export interface DrawnRows {
  /** Place of the first, from 0. */
  readonly first: number;
  readonly rows: readonly ListLine[];
}

/** So many rows are there beyond those that are drawn, so that scrolling finds them, and in such steps. */
const SPARE_ROWS = 20;

interface DrawnRowsOptions {
  /** What can be seen of the list, in rows of so many streams; `isMeasured`: not only guessed. */
  readonly range: RowRange;
  readonly perRow: number;
  readonly isMeasured: boolean;
  /** So many values have their lines. */
  readonly sparkLength: number;
}

/** What of the list is drawn; asks the worker for it, and for what is next to it. For a moment some may not be here. */
export function useDrawnRows({ range, perRow, isMeasured, sparkLength }: DrawnRowsOptions): DrawnRows {
  const { shown, viewport } = useDashboard();
  const seen = { first: range.first * perRow, last: range.last * perRow };
  const part = partAround(seen);
  useLayoutEffect(() => {
    if (isMeasured) viewport.part.value = part;
  }, [isMeasured, JSON.stringify(part)]);
  useLayoutEffect(() => {
    viewport.sparkLength.value = sparkLength;
  }, [sparkLength]);

  const list = shown.list.value;
  const begin = Math.ceil(Math.max(seen.first, list.first) / perRow) * perRow;
  // A list that got shorter may end before it.
  const first = Math.min(begin, list.count);
  return { first, rows: list.rows.slice(first - list.first, Math.max(0, seen.last - list.first)) };
}

function partAround({ first, last }: RowRange): ListPart {
  return {
    kind: 'rows',
    first: Math.max(0, Math.floor(first / SPARE_ROWS - 1) * SPARE_ROWS),
    last: Math.ceil(last / SPARE_ROWS + 1) * SPARE_ROWS,
  };
}

/** Key of the row at which the tab key stops. */
export function tabStopOf({ rows }: DrawnRows, cursor: ListCursor | null): string | undefined {
  const keys = rows.map(keyOfLine);
  return keys.find((key) => key === cursor?.key) ?? keys[0];
}
