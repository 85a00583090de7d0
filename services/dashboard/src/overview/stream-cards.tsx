import { useDashboard } from '../context.ts';
import type { Listed } from '../model/listed.ts';
import { useVisibleRange } from '../ui/visible-range.ts';
import { useCardGrid } from './card-grid.ts';
import { useCursor } from './cursor.ts';
import { StreamCard } from './stream-card.tsx';

/** The streams as cards; only rows that can be seen are in the page. */
export function StreamCards({ streams: cards }: { readonly streams: readonly Listed[] }) {
  const { texts, cursor } = useDashboard();
  const { rowHeightPx, perRow, measure } = useCardGrid();
  const rowCount = Math.ceil(cards.length / perRow);
  const { list, range } = useVisibleRange(rowHeightPx, rowCount);
  const onFocusIn = useCursor({ list, rowHeightPx, perRow, headPx: 0 });
  const drawn = cards.slice(range.first * perRow, range.last * perRow);
  const tabKey = drawn.some(({ key }) => key === cursor.value) ? cursor.value : drawn[0]?.key;
  return (
    <div ref={list} onFocusIn={onFocusIn} style={{ height: `${rowCount * rowHeightPx}px` }}>
      <ul
        ref={measure}
        class="cards"
        aria-label={texts.value.table.label}
        style={{
          transform: `translateY(${range.first * rowHeightPx}px)`,
          gridTemplateColumns: `repeat(${perRow}, minmax(0, 1fr))`,
          gridAutoRows: `${rowHeightPx}px`,
        }}
      >
        {drawn.map((listed, index) => (
          <StreamCard
            key={listed.key}
            listed={listed}
            index={range.first * perRow + index}
            count={cards.length}
            isTabStop={listed.key === tabKey}
          />
        ))}
      </ul>
    </div>
  );
}
