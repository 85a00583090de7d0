import { useLayoutEffect, useState } from 'preact/hooks';
import { isFiltered, isPinnedWall, MAX_CHOSEN, TILES, type Tiles } from '../../data/view.ts';
import { filledShape } from '../../model/board.ts';
import { useDashboard } from '../../ui/context.ts';
import { PHONE_MEDIA, remPx, useMedia, useSize } from '../../ui/layout.ts';
import { type ListRow, type ListShown, streamRows } from '../../worker/exchange.ts';
import { CutName } from '../stream-cells.tsx';
import { usePlayed } from './played.ts';
import { Tile } from './tile.tsx';
import { WallBar } from './wall-bar.tsx';

/** What a tile looks best as, and what a wall is taken for before it is measured. */
const ASPECT = 16 / 9;
/** Where fewer tiles of this width stand side by side than are asked for, there are fewer: their names have to be read. */
const LEAST_WIDTH_REM = 13;
/** On a phone it is scrolled. */
const PHONE_COLUMNS = 2;
/** Where more streams are than any layout has. */
const USUAL: Tiles = { columns: 4, rows: 3 };

/** The streams as tiles that fill the screen, and play when someone looks at them or has them play. */
export function Wall() {
  const { shown, view, viewport, adjust, texts } = useDashboard();
  const { pins, chosen, tiles } = view.value;
  const room = useSize();
  const isPhone = useMedia(PHONE_MEDIA);
  const [page, setPage] = useState(0);
  const list = shown.list.value;
  // What is pinned has its place, also while it isn't there; narrowed further, who knows what is missing.
  const isPinned = isPinnedWall(view.value) && !isFiltered({ ...view.value, pins: [] });
  const total = isPinned ? pins.length : list.total;
  const layout = tiles ?? TILES.find(({ columns, rows }) => columns * rows >= total) ?? USUAL;
  const most = isPhone ? PHONE_COLUMNS : Math.max(1, Math.floor(room.widthPx / (LEAST_WIDTH_REM * remPx())));
  const fitting = room.widthPx === 0 ? layout.columns : Math.min(layout.columns, most);
  const { columns, rows } = filledShape(
    total,
    { ...layout, columns: fitting },
    {
      widthPx: room.widthPx || ASPECT,
      heightPx: room.heightPx || 1,
      aspect: ASPECT,
    },
  );
  const size = columns * rows;
  const lastPage = Math.max(0, Math.ceil(total / size) - 1);
  const shownPage = Math.min(page, lastPage);
  // The last page is full, too.
  const first = Math.max(0, Math.min(shownPage * size, total - size));
  const part = isPinned ? { first: 0, last: pins.length } : { first, last: first + size };
  useLayoutEffect(() => {
    viewport.part.value = { kind: 'rows', ...part };
  }, [part.first, part.last]);

  const places = isPinned
    ? pins.slice(first, first + size).map((key) => ({ key, row: rowOf(list, key) }))
    : rowsAt(list, first, size).map((row) => ({ key: row.listed.key, row }));
  const played = usePlayed(
    chosen,
    places.map(({ key }) => key),
  );
  const choose = (key: string, isChosen: boolean): void => {
    const others = chosen.filter((one) => one !== key);
    adjust({ chosen: isChosen ? [...others, key].slice(0, MAX_CHOSEN) : others });
  };
  return (
    <>
      <WallBar
        position={{ first, last: Math.min(first + size, total), total }}
        onTurn={(by) => {
          setPage(Math.max(0, Math.min(shownPage + by, lastPage)));
        }}
        played={played}
      />
      <ul
        ref={room.measure}
        class="wall"
        aria-label={texts.value.table.label}
        style={{ '--columns': columns, '--rows': rows }}
      >
        {places.map(({ key, row }) =>
          row === undefined ? (
            <Missing key={key} streamKey={key} />
          ) : (
            <Tile
              key={key}
              listed={row.listed}
              isChosen={chosen.includes(key)}
              mayBeChosen={chosen.length < MAX_CHOSEN && !(played.areChosen && played.isFull)}
              onChoose={(isChosen) => {
                choose(key, isChosen);
              }}
              isAsked={played.isAsked(key)}
              isOfChosen={played.areChosen && chosen.includes(key)}
              mayPlay={!played.isFull}
              onPlay={(isPlayed) => {
                played.ask(key, isPlayed);
                // It would begin again as one of those that play.
                if (!isPlayed && played.areChosen && chosen.includes(key)) choose(key, false);
              }}
            />
          ),
        )}
      </ul>
    </>
  );
}

function rowOf(list: ListShown, key: string): ListRow | undefined {
  return streamRows(list.rows).find(({ listed }) => listed.key === key);
}

/** Those that are here already. */
function rowsAt({ first, rows }: ListShown, from: number, size: number): readonly ListRow[] {
  return streamRows(rows.slice(Math.max(0, from - first), Math.max(0, from - first + size)));
}

/** Stands for a pinned stream that nobody lists. */
function Missing({ streamKey }: { readonly streamKey: string }) {
  const { texts } = useDashboard();
  const name = streamKey.slice(streamKey.indexOf('/') + 1);
  return (
    <li class="tile tile-rest">
      <div class="tile-picture">
        <p class="figure figure-text">{texts.value.wall.notListed}</p>
      </div>
      <p class="tile-foot" title={name}>
        <CutName name={name} />
      </p>
    </li>
  );
}
