import { useEffect, useState } from 'preact/hooks';

/** Heights of a row in rem: one line of text, or two where there is no room for columns. */
const LINE_REM = 1.75;
const TWO_LINES_REM = 3.25;
/** As in table.css. */
const NARROW = '(max-width: 40rem)';

/** Height of a row in px: every row has it, so that it's known where a row is without drawing those above. */
export function useRowHeight(): number {
  const [height, setHeight] = useState(rowHeight);
  useEffect(() => {
    const narrow = matchMedia(NARROW);
    const update = (): void => {
      setHeight(rowHeight());
    };
    update();
    narrow.addEventListener('change', update);
    return () => {
      narrow.removeEventListener('change', update);
    };
  }, []);
  return height;
}

function rowHeight(): number {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return Math.round(rem * (matchMedia(NARROW).matches ? TWO_LINES_REM : LINE_REM));
}
