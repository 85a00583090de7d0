import { useEffect, useState } from 'preact/hooks';
import { kioskPage } from '../model/selection.ts';
import { StreamCards } from './stream-cards.tsx';
import { StreamTable } from './stream-table.tsx';
import { useDashboard } from '../ui/context.ts';
import { useCardGrid, useHeight, useRowShape } from '../ui/layout.ts';

/** How long a page stays. */
const TURN_MS = 15_000;

/** The streams on a screen that nobody touches: as many as fit, and it turns its pages by itself. */
export function KioskStreams() {
  const { shown, view, texts, format } = useDashboard();
  const room = useHeight();
  const row = useRowShape();
  const grid = useCardGrid();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      setTurn((last) => last + 1);
    }, TURN_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);

  const isCards = view.value.view === 'cards';
  // The head of the table takes a row.
  const fitting = isCards
    ? Math.floor((room.heightPx + grid.gapPx) / grid.rowHeightPx) * grid.perRow
    : Math.floor(room.heightPx / row.heightPx) - 1;
  const size = Math.max(1, fitting);
  const { streams, first, last } = kioskPage(shown.value, turn, size);
  const { count } = format.value;
  return (
    <>
      <div class="kiosk-streams" ref={room.measure}>
        <div ref={grid.measure}>
          {isCards ? <StreamCards streams={streams} /> : <StreamTable streams={streams} />}
        </div>
      </div>
      <p class="kiosk-position">
        {shown.value.length > size &&
          texts.value.table.position(count(first), count(last), count(shown.value.length))}
      </p>
    </>
  );
}
