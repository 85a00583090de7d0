/** How many tiles stand beside and below one another. */
export interface BoardShape {
  readonly columns: number;
  readonly rows: number;
}

interface BoardRoom {
  readonly widthPx: number;
  readonly heightPx: number;
  /** A tile is at least as large, … */
  readonly leastWidthPx: number;
  readonly leastHeightPx: number;
  /** … and at best so many times as wide as high. */
  readonly aspect: number;
}

/** At most this share of a screen may stay empty, if there is a way. */
const MAX_EMPTY = 0.2;

/** As many tiles as fit; where there are fewer streams, such that the screen is full of them. */
export function boardShape(count: number, room: BoardRoom): BoardShape {
  const most = {
    columns: Math.max(1, Math.floor(room.widthPx / room.leastWidthPx)),
    rows: Math.max(1, Math.floor(room.heightPx / room.leastHeightPx)),
  };
  return filledShape(count, most, room);
}

/** A board of at most so many columns and rows that is full of so many tiles, as far as that goes. */
export function filledShape(
  count: number,
  most: BoardShape,
  { widthPx, heightPx, aspect }: Pick<BoardRoom, 'widthPx' | 'heightPx' | 'aspect'>,
): BoardShape {
  if (count >= most.columns * most.rows) return most;
  const shapes: { readonly shape: BoardShape; readonly empty: number; readonly off: number }[] = [];
  for (let columns = 1; columns <= most.columns; columns += 1) {
    const rows = Math.max(1, Math.ceil(count / columns));
    if (rows > most.rows) continue;
    const off = Math.abs(Math.log(widthPx / columns / (heightPx / rows) / aspect));
    shapes.push({ shape: { columns, rows }, empty: 1 - count / (columns * rows), off });
  }
  const full = shapes.filter(({ empty }) => empty <= MAX_EMPTY);
  const [best] =
    full.length > 0 ? full.sort((a, b) => a.off - b.off) : shapes.sort((a, b) => a.empty - b.empty);
  return best?.shape ?? most;
}
