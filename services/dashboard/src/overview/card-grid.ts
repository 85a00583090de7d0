import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { remPx } from '../ui/rem.ts';

/** Height of a row of cards, and least width of a card, in rem; both with the gap behind them. */
const ROW_REM = 8.75;
const CARD_REM = 16;

/** How many cards stand beside one another, and how high a row is. `measure` is the ref of the grid. */
export function useCardGrid() {
  const [perRow, setPerRow] = useState(4);
  const [rowHeightPx, setRowHeight] = useState(() => Math.round(ROW_REM * remPx()));
  const observer = useRef<ResizeObserver>(null);
  const measure = useCallback((grid: HTMLElement | null) => {
    observer.current?.disconnect();
    if (grid === null) return;
    observer.current = new ResizeObserver(() => {
      setPerRow(Math.max(1, Math.floor(grid.clientWidth / (CARD_REM * remPx()))));
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
  return { perRow, rowHeightPx, measure };
}
