import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useRef } from 'preact/hooks';
import { keyOfLine } from '../worker/exchange.ts';
import { useDashboard } from '../ui/context.ts';
import { type KeyAction, movedIndex, useKeyboard } from '../ui/keyboard.ts';
import { SCROLLER_ID } from '../ui/layout.ts';

interface CursorOptions {
  /** The element whose top is that of the first row. */
  readonly list: RefObject<HTMLElement | null>;
  readonly rowHeightPx: number;
  readonly perRow: number;
  /** Height of what sticks to the upper edge. */
  readonly headPx: number;
}

/**
 * Has arrow keys walk through the list: what they come to is scrolled into view and gets the focus.
 * @returns the list's listener of focusin: arrows walk on from wherever the focus went
 */
export function useCursor({ list, rowHeightPx, perRow, headPx }: CursorOptions): (event: FocusEvent) => void {
  const { shown, viewport, view } = useDashboard();
  const { cursor } = viewport;
  /** Place whose row is to get the focus, which waits on the scroller until the row is drawn. */
  const wanted = useRef<number>(null);

  const goTo = (index: number): void => {
    bringIntoView(list.current, Math.floor(index / perRow) * rowHeightPx, rowHeightPx, headPx);
    wanted.current = index;
  };

  const act = useCallback(
    (action: KeyAction): boolean => {
      if (typeof action === 'string' || view.peek().kiosk) return false;
      const isSideways = action.move === 'left' || action.move === 'right';
      const { count, first, rows } = shown.list.peek();
      if (count === 0 || (isSideways && perRow === 1)) return false;
      const to = movedIndex(cursor.peek()?.index ?? -1, action, count, perRow);
      const line = rows[to - first];
      const key = line === undefined ? null : keyOfLine(line);
      cursor.value = { key, index: to };
      goTo(to);
      if (!focusRow(list.current, key)) focusScroller();
      return true;
    },
    [list, rowHeightPx, perRow, headPx],
  );
  useKeyboard(act);

  // Coming back to the list, the focus is where it was.
  useLayoutEffect(() => {
    const index = cursor.peek()?.index ?? -1;
    if (index >= 0) goTo(index);
  }, []);

  // The row may be drawn only after the list was scrolled to it, so this looks after each drawing. It may come to be
  // elsewhere than it was when it was last seen.
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const { key, index } = cursor.peek() ?? { key: null, index: -1 };
    const isWaiting = document.activeElement === document.getElementById(SCROLLER_ID);
    if (!isWaiting || focusRow(list.current, key)) wanted.current = null;
    else if (index >= 0 && index !== wanted.current) goTo(index);
  });

  return useCallback(({ target }) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-key]') : null;
    const key = row?.dataset['key'];
    if (key === undefined) return;
    const { first, rows } = shown.list.peek();
    cursor.value = { key, index: first + rows.findIndex((line) => keyOfLine(line) === key) };
  }, []);
}

/** Focuses a row's link, or what opens its group; says whether the row is there. */
function focusRow(list: HTMLElement | null, key: string | null): boolean {
  const rows = list?.querySelectorAll<HTMLElement>('[data-key]') ?? [];
  const link = Array.from(rows)
    .find(({ dataset }) => dataset['key'] === key)
    ?.querySelector<HTMLElement>('a, .group-toggle');
  link?.focus({ preventScroll: true });
  return link !== undefined;
}

function focusScroller(): void {
  document.getElementById(SCROLLER_ID)?.focus({ preventScroll: true });
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
