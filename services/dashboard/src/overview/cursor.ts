import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useRef } from 'preact/hooks';
import { useDashboard } from '../context.ts';
import { type KeyAction, movedIndex } from '../keyboard/key-action.ts';
import { useKeyboard } from '../keyboard/use-keyboard.ts';
import { SCROLLER_ID } from '../ui/visible-range.ts';

interface CursorOptions {
  /** The element whose top is that of the first row. */
  readonly list: RefObject<HTMLElement | null>;
  readonly rowHeightPx: number;
  readonly perRow: number;
  /** Height of what sticks to the upper edge. */
  readonly headPx: number;
}

/** Has arrow keys walk through the list: what they come to is scrolled into view and gets the focus. */
export function useCursor({ list, rowHeightPx, perRow, headPx }: CursorOptions): void {
  const { shown, cursor } = useDashboard();
  /** Coming back to the list, the focus is where it was. */
  const wanted = useRef(cursor.peek());

  const act = useCallback(
    (action: KeyAction): boolean => {
      if (typeof action === 'string') return false;
      const isSideways = action.move === 'left' || action.move === 'right';
      const rows = shown.peek();
      if (rows.length === 0 || (isSideways && perRow === 1)) return false;
      const from = rows.findIndex(({ key }) => key === cursor.peek());
      const to = movedIndex(from, action, rows.length, perRow);
      wanted.current = rows[to]?.key ?? null;
      cursor.value = wanted.current;
      bringIntoView(list.current, Math.floor(to / perRow) * rowHeightPx, rowHeightPx, headPx);
      return true;
    },
    [list, rowHeightPx, perRow, headPx],
  );
  useKeyboard(act);

  // The row may be drawn only after the list was scrolled to it, so this looks after each drawing.
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const rows = list.current?.querySelectorAll<HTMLElement>('[data-key]') ?? [];
    const row = Array.from(rows).find(({ dataset }) => dataset['key'] === wanted.current);
    if (row === undefined) return;
    wanted.current = null;
    row.querySelector('a')?.focus({ preventScroll: true });
  });
}

function bringIntoView(list: HTMLElement | null, topPx: number, heightPx: number, headPx: number): void {
  const scroller = document.getElementById(SCROLLER_ID);
  if (scroller === null || list === null) return;
  const listTop = list.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  const top = listTop + headPx + topPx;
  const bottom = top + heightPx;
  if (top < headPx) scroller.scrollTop += top - headPx;
  else if (bottom > scroller.clientHeight) scroller.scrollTop += bottom - scroller.clientHeight;
}
