import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Rows of a list, `last` excluded. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** Rows that are there above and below what is seen, so that scrolling finds them drawn. */
const SPARE_ROWS = 4;
/** The range moves in steps, so that not every pixel scrolled draws anew. */
const STEP_ROWS = 5;
/** Before anything was measured. */
const FIRST_RANGE: Range = { first: 0, last: 40 };
/** Id of the element that scrolls. */
export const SCROLLER_ID = 'content';

/**
 * Which rows of a long list can be seen: only they are put into the page. All rows have the same height.
 * @returns the range, and the ref of the element whose top is that of the first row
 */
export function useVisibleRange(rowHeightPx: number, count: number) {
  const list = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState(FIRST_RANGE);

  useLayoutEffect(() => {
    const scroller = document.getElementById(SCROLLER_ID);
    if (scroller === null) return undefined;
    function look(): void {
      if (list.current === null || scroller === null) return;
      const top = scroller.getBoundingClientRect().top - list.current.getBoundingClientRect().top;
      const next = rangeAt(top, scroller.clientHeight, rowHeightPx);
      setRange((last) => (last.first === next.first && last.last === next.last ? last : next));
    }
    look();
    const observer = new ResizeObserver(look);
    observer.observe(scroller);
    scroller.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      scroller.removeEventListener('scroll', look);
    };
  }, [rowHeightPx]);

  const first = Math.max(0, Math.min(range.first, count - 1));
  return { list, range: { first, last: Math.min(range.last, count) } };
}

/** The range that is seen when the list's first row is `topPx` above the upper edge. */
export function rangeAt(topPx: number, heightPx: number, rowHeightPx: number): Range {
  const first = Math.floor(topPx / rowHeightPx) - SPARE_ROWS;
  const last = Math.ceil((topPx + heightPx) / rowHeightPx) + SPARE_ROWS;
  return {
    first: Math.max(0, Math.floor(first / STEP_ROWS) * STEP_ROWS),
    last: Math.max(0, Math.ceil(last / STEP_ROWS) * STEP_ROWS),
  };
}
