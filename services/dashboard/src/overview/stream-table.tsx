import { useDashboard } from '../context.ts';
import type { Listed } from '../model/listed.ts';
import { useRowShape } from '../ui/row-shape.ts';
import { useVisibleRange } from '../ui/visible-range.ts';
import { useCursor } from './cursor.ts';
import { StreamRow } from './stream-row.tsx';
import { TableHead } from './table-head.tsx';

/** The streams, one a row; only rows that can be seen are in the page. */
export function StreamTable({ streams: rows }: { readonly streams: readonly Listed[] }) {
  const { texts, cursor } = useDashboard();
  const { heightPx, isNarrow } = useRowShape();
  const { list, range } = useVisibleRange(heightPx, rows.length);
  const onFocusIn = useCursor({ list, rowHeightPx: heightPx, perRow: 1, headPx: heightPx });
  const drawn = rows.slice(range.first, range.last);
  const tabKey = drawn.some(({ key }) => key === cursor.value) ? cursor.value : drawn[0]?.key;
  return (
    <div class="table-frame" ref={list} onFocusIn={onFocusIn}>
      <table
        class="streams"
        aria-label={texts.value.table.label}
        aria-rowcount={rows.length + 1}
        style={{ '--row-height': `${heightPx}px` }}
      >
        <TableHead />
        <tbody>
          <Spacer heightPx={range.first * heightPx} />
          {drawn.map((listed, index) => (
            <StreamRow
              key={listed.key}
              listed={listed}
              // The head is the first row.
              rowIndex={range.first + index + 2}
              isNarrow={isNarrow}
              isTabStop={listed.key === tabKey}
            />
          ))}
          <Spacer heightPx={(rows.length - range.last) * heightPx} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the rows that can't be seen. */
function Spacer({ heightPx }: { readonly heightPx: number }) {
  if (heightPx <= 0) return null;
  return (
    <tr aria-hidden="true" class="spacer">
      <td style={{ height: `${heightPx}px` }} />
    </tr>
  );
}
