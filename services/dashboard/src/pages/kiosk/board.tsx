import { readersOf } from '@mediamtx-monitor/model';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { ViewName } from '../../data/view.ts';
import { boardShape, filledShape } from '../../model/board.ts';
import { lookOf } from '../../model/streams.ts';
import { useDashboard } from '../../ui/context.ts';
import { remPx, useSize } from '../../ui/layout.ts';
import { known } from '../../ui/values.tsx';
import { type ListRow, streamRows } from '../../worker/exchange.ts';
import { StreamName } from '../stream-cells.tsx';
import { figure } from '../wall/figure.tsx';
import { useNight } from './night.ts';

/** How long a page stays. */
const TURN_MS = 15_000;

/** What its items look like, by the view: least size in rem, and how many times as wide as high they are best. */
interface ItemShape {
  readonly name: 'line' | 'card' | 'tile';
  readonly leastWidthRem: number;
  readonly leastHeightRem: number;
  readonly aspect: number;
}

const LINE: ItemShape = { name: 'line', leastWidthRem: 40, leastHeightRem: 3.25, aspect: 14 };
const CARD: ItemShape = { name: 'card', leastWidthRem: 22, leastHeightRem: 7.5, aspect: 2.5 };
const TILE: ItemShape = { name: 'tile', leastWidthRem: 18, leastHeightRem: 8, aspect: 16 / 9 };
/** Where more tiles are asked for than fit, there are fewer: they have to be read. */
const LEAST_TILE_REM = { width: 11, height: 7 };
/** What a line needs where it has no room for all in one. */
const TWO_LINES_REM = 5.75;

/** The streams on a screen that nobody touches: as many as fit fill it, and it turns its pages by itself. */
export function Board() {
  const { shown, view, viewport, texts, format } = useDashboard();
  const room = useSize();
  const turn = useTurn();
  useNight();
  const list = shown.list.value;
  const item = shapeOf(view.value.view);
  const { columns, rows } = useShape(item, room, list.total);
  const size = columns * rows;
  useLayoutEffect(() => {
    viewport.part.value = { kind: 'turn', turn, size };
  }, [turn, size]);
  const { count } = format.value;
  const places = list.turn;
  return (
    <>
      <ul
        ref={room.measure}
        class={`board board-${item.name}s`}
        aria-label={texts.value.table.label}
        style={{ '--columns': columns, '--rows': rows }}
      >
        {streamRows(list.rows)
          .slice(0, size)
          .map((row, index) => (
            <BoardItem key={row.listed.key} row={row} shape={item} isTabStop={index === 0} />
          ))}
      </ul>
      <p class="kiosk-position">
        {places !== null &&
          list.total > size &&
          texts.value.table.position(count(places.first), count(places.last), count(list.total))}
      </p>
    </>
  );
}

function shapeOf(view: ViewName): ItemShape {
  if (view === 'wall') return TILE;
  return view === 'cards' ? CARD : LINE;
}

/** How often the page was turned. */
function useTurn(): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      setTurn((last) => last + 1);
    }, TURN_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return turn;
}

function useShape(item: ItemShape, { widthPx, heightPx }: ReturnType<typeof useSize>, total: number) {
  const { tiles } = useDashboard().view.value;
  const { leastWidthRem, leastHeightRem, aspect } = item;
  const rem = remPx();
  const size = { widthPx, heightPx, aspect };
  if (item === TILE && tiles !== null) {
    const fitting = (wanted: number, roomPx: number, leastRem: number): number =>
      roomPx === 0 ? wanted : Math.max(1, Math.min(wanted, Math.floor(roomPx / (leastRem * rem))));
    const columns = fitting(tiles.columns, widthPx, LEAST_TILE_REM.width);
    const rows = fitting(tiles.rows, heightPx, LEAST_TILE_REM.height);
    return filledShape(total, { columns, rows }, size);
  }
  const isNarrow = item === LINE && widthPx < leastWidthRem * rem;
  const leastHeightPx = rem * (isNarrow ? TWO_LINES_REM : leastHeightRem);
  return boardShape(total, { ...size, leastWidthPx: leastWidthRem * rem, leastHeightPx });
}

interface BoardItemProps {
  readonly row: ListRow;
  readonly shape: ItemShape;
  readonly isTabStop: boolean;
}

function BoardItem({ row, shape, isTabStop }: BoardItemProps) {
  const dashboard = useDashboard();
  const { texts, format } = dashboard;
  const { stream, health, stale, key } = row.listed;
  const look = lookOf(health, stream.state);
  return (
    <li class={stale ? `board-item board-${look} stale` : `board-item board-${look}`} data-key={key}>
      <div class="board-inner">
        <p class="board-name">
          <StreamName server={stream.server} name={stream.name} look={look} isTabStop={isTabStop} />
        </p>
        {figure(row.listed, dashboard)}
        {shape !== TILE && (
          <p class="board-viewers">
            {known(format.value.count(readersOf(stream)), texts.value.unknown)}{' '}
            <span class="unit">{texts.value.totals.readers}</span>
          </p>
        )}
      </div>
    </li>
  );
}
