import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** How many pixels a rem is: on a wall, the size of letters follows that of the window. */
export function remPx(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

/** What has no more room is a phone, as in the styles: cards instead of tables, and the pages at the lower edge. */
export const PHONE_MEDIA = '(max-width: 40rem)';

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const update = (): void => {
      setMatches(list.matches);
    };
    update();
    list.addEventListener('change', update);
    return () => {
      list.removeEventListener('change', update);
    };
  }, [query]);
  return matches;
}

/** Size of an element as it is now, in whole pixels. `measure` is the element's ref. */
export function useSize() {
  const [size, setSize] = useState({ widthPx: 0, heightPx: 0 });
  const observer = useRef<ResizeObserver>(null);
  const measure = useCallback((element: HTMLElement | null) => {
    observer.current?.disconnect();
    if (element === null) return;
    observer.current = new ResizeObserver(() => {
      setSize({ widthPx: element.clientWidth, heightPx: element.clientHeight });
    });
    observer.current.observe(element);
  }, []);
  return { ...size, measure };
}

/** Width of an element in rem, followed as long as that is wanted; 0 before it is known. */
export function useWidthRem(element: RefObject<HTMLElement | null>, isWanted: boolean): number {
  const [widthRem, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (!isWanted || element.current === null) return undefined;
    const { current } = element;
    const look = (): void => {
      setWidth(current.clientWidth / remPx());
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(current);
    return () => {
      observer.disconnect();
    };
  }, [isWanted]);
  return widthRem;
}

/** Every row has this height, so that it's known where it is without drawing those above; in rem. */
const ROW_LINE_REM = 1.75;

/** How high a row of the table is. */
export function useRowHeight(): number {
  const [heightPx, setHeight] = useState(rowHeightPx);
  useEffect(() => {
    // On a wall the size of letters follows that of the window.
    const update = (): void => {
      setHeight(rowHeightPx());
    };
    update();
    addEventListener('resize', update);
    return () => {
      removeEventListener('resize', update);
    };
  }, []);
  return heightPx;
}

function rowHeightPx(): number {
  return Math.round(remPx() * ROW_LINE_REM);
}

/** Height of a row of cards, and least width of a card, in rem; both with the gap behind them. */
const ROW_REM = 9.5;
const CARD_REM = 16;
/** That gap, as in cards.css: the last row needs none. */
const GAP_REM = 0.75;
/** What the page keeps free on both sides, as in base.css. */
const MARGINS_REM = 2;

/** How many cards stand beside one another, and how high a row is. `measure` is the ref of the grid. */
export function useCardGrid() {
  const [perRow, setPerRow] = useState(likelyPerRow);
  const [rowHeightPx, setRowHeight] = useState(() => Math.round(ROW_REM * remPx()));
  const observer = useRef<ResizeObserver>(null);
  const measure = useCallback((grid: HTMLElement | null) => {
    observer.current?.disconnect();
    if (grid === null) return;
    observer.current = new ResizeObserver(() => {
      setPerRow(perRowIn(grid.clientWidth));
      setRowHeight(Math.round(ROW_REM * remPx()));
    });
    observer.current.observe(grid);
  }, []);
  useEffect(
    () => () => {
      observer.current?.disconnect();
    },
    [],
  );
  return { perRow, rowHeightPx, gapPx: GAP_REM * remPx(), measure };
}

/** Before the grid is there, so that the list has its height at once and is found again where it was left. */
function likelyPerRow(): number {
  const pageWidthPx = document.getElementById(SCROLLER_ID)?.clientWidth ?? innerWidth;
  return perRowIn(pageWidthPx - MARGINS_REM * remPx());
}

function perRowIn(widthPx: number): number {
  return Math.max(1, Math.floor(widthPx / (CARD_REM * remPx())));
}

/** Rows of a list, `last` excluded. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** Rows that are there above and below what is seen, so that scrolling finds them drawn. */
const SPARE_ROWS = 4;
/** The range moves in steps, so that not every pixel scrolled draws anew. */
const STEP_ROWS = 5;
/** Before anything was measured. */
const FIRST_RANGE: RowRange = { first: 0, last: 40 };
/** Id of the element that scrolls. */
export const SCROLLER_ID = 'content';

/**
 * Which rows of a long list can be seen: only they are put into the page. All rows have the same height.
 * @returns the range, whether it was measured already, and the ref of the element whose top is that of the first row
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
  return { list, range: { first, last: Math.min(range.last, count) }, isMeasured: range !== FIRST_RANGE };
}

/** The range that is seen when the list's first row is `topPx` above the upper edge. */
export function rangeAt(topPx: number, heightPx: number, rowHeightPx: number): RowRange {
  const first = Math.floor(topPx / rowHeightPx) - SPARE_ROWS;
  const last = Math.ceil((topPx + heightPx) / rowHeightPx) + SPARE_ROWS;
  return {
    first: Math.max(0, Math.floor(first / STEP_ROWS) * STEP_ROWS),
    last: Math.max(0, Math.ceil(last / STEP_ROWS) * STEP_ROWS),
  };
}
