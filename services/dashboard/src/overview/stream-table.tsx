import { useDashboard } from '../context.ts';
import { useRowHeight } from '../ui/row-height.ts';
import { useVisibleRange } from '../ui/visible-range.ts';
import { StreamRow } from './stream-row.tsx';
import { TableHead } from './table-head.tsx';

/** The streams, one a row; only rows that can be seen are in the page. */
export function StreamTable() {
  const { shown, texts, feed } = useDashboard();
  const rows = shown.value;
  const rowHeight = useRowHeight();
  const { list, range } = useVisibleRange(rowHeight, rows.length);
  const hasManyServers = feed.fleet.value.servers.size > 1;
  return (
    <div class="table-frame" ref={list}>
      <table
        class="streams"
        aria-label={texts.value.table.label}
        aria-rowcount={rows.length + 1}
        style={{ '--row-height': `${rowHeight}px` }}
      >
        <TableHead />
        <tbody>
          <Spacer heightPx={range.first * rowHeight} />
          {rows.slice(range.first, range.last).map((listed, index) => (
            <StreamRow
              key={listed.key}
              listed={listed}
              // The head is the first row.
              rowIndex={range.first + index + 2}
              hasManyServers={hasManyServers}
            />
          ))}
          <Spacer heightPx={(rows.length - range.last) * rowHeight} />
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
