import { useEffect, useState } from 'preact/hooks';
import { remPx } from './rem.ts';

/** What a row looks like: every row has this height, so that it's known where it is without drawing those above. */
export interface RowShape {
  readonly heightPx: number;
  /** Two lines, where there is no room for all columns. */
  readonly isNarrow: boolean;
}

/** Heights of one and two lines in rem. */
const LINE_REM = 1.75;
const TWO_LINES_REM = 3.25;
/** As in table.css. */
const NARROW = '(max-width: 40rem)';

export function useRowShape(): RowShape {
  const [shape, setShape] = useState(rowShape);
  useEffect(() => {
    // On a wall the size of letters follows that of the window.
    const update = (): void => {
      setShape((last) => {
        const next = rowShape();
        return last.heightPx === next.heightPx && last.isNarrow === next.isNarrow ? last : next;
      });
    };
    update();
    addEventListener('resize', update);
    return () => {
      removeEventListener('resize', update);
    };
  }, []);
  return shape;
}

function rowShape(): RowShape {
  const isNarrow = matchMedia(NARROW).matches;
  return { heightPx: Math.round(remPx() * (isNarrow ? TWO_LINES_REM : LINE_REM)), isNarrow };
}
