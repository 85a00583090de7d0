import { useEffect, useState } from 'preact/hooks';
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
  const { total, turn: places } = shown.list.value;
  const { count } = format.value;
  return (
    <>
      <div class="kiosk-streams" ref={room.measure}>
        <div ref={grid.measure}>
          {isCards ? <StreamCards turn={{ turn, size }} /> : <StreamTable turn={{ turn, size }} />}
        </div>
      </div>
      <p class="kiosk-position">
        {places !== null &&
          total > size &&
          texts.value.table.position(count(places.first), count(places.last), count(total))}
      </p>
    </>
  );
}
