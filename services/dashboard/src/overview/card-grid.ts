import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { remPx } from '../ui/rem.ts';
import { SCROLLER_ID } from '../ui/visible-range.ts';

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
