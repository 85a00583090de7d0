import { MAX_CHOSEN, NO_FILTER, TILES } from '../../data/view.ts';
import { useDashboard } from '../../ui/context.ts';
import { Icon } from '../../ui/icon.tsx';
import type { PlayedTiles } from './played.ts';

interface WallBarProps {
  /** Places of the tiles that are shown, from 0, `last` excluded. */
  readonly position: { readonly first: number; readonly last: number; readonly total: number };
  readonly onTurn: (by: 1 | -1) => void;
  readonly played: PlayedTiles;
}

/** How many tiles, which of the pages, and what is done with those that are chosen. */
export function WallBar({ position, onTurn, played }: WallBarProps) {
  const { texts, format, view, adjust } = useDashboard();
  const { wall, table } = texts.value;
  const { count } = format.value;
  const { tiles, chosen } = view.value;
  const { first, last, total } = position;
  return (
    <div class="wall-bar">
      <label>
        <span class="muted">{wall.tiles}</span>
        <select
          class="button"
          value={tiles === null ? '' : nameOf(tiles)}
          onChange={({ currentTarget }) => {
            adjust({ tiles: TILES.find((one) => nameOf(one) === currentTarget.value) ?? null });
          }}
        >
          <option value="">{wall.asSuits}</option>
          {TILES.map((one) => (
            <option key={nameOf(one)} value={nameOf(one)}>
              {`${one.columns} × ${one.rows}`}
            </option>
          ))}
        </select>
      </label>
      {played.isAny && (
        <button type="button" class="button" onClick={played.stop}>
          <Icon name="close" />
          {wall.stop}
        </button>
      )}
      {chosen.length === 0 ? (
        <p class="muted wall-hint">{wall.hint}</p>
      ) : (
        <>
          {!played.areChosen && (
            <button type="button" class="button" onClick={played.playChosen}>
              <Icon name="play" />
              {wall.playChosen}
            </button>
          )}
          <button
            type="button"
            class="button"
            onClick={() => {
              adjust({ ...NO_FILTER, pins: chosen });
            }}
          >
            {wall.only}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => {
              played.stop();
              adjust({ chosen: [] });
            }}
          >
            {wall.clear}
          </button>
          <p class="muted">{wall.chosen(count(chosen.length), count(MAX_CHOSEN))}</p>
        </>
      )}
      {last - first < total && (
        <div class="wall-pages">
          <button
            type="button"
            class="button button-icon"
            aria-label={wall.previous}
            title={wall.previous}
            disabled={first === 0}
            onClick={() => {
              onTurn(-1);
            }}
          >
            <Icon name="back" />
          </button>
          <span>{table.position(count(first + 1), count(last), count(total))}</span>
          <button
            type="button"
            class="button button-icon"
            aria-label={wall.next}
            title={wall.next}
            disabled={last === total}
            onClick={() => {
              onTurn(1);
            }}
          >
            <Icon name="right" />
          </button>
        </div>
      )}
    </div>
  );
}

function nameOf({ columns, rows }: (typeof TILES)[number]): string {
  return `${columns}x${rows}`;
}
