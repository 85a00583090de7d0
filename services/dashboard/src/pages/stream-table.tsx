import type { ViewSort, ViewSortKey } from '../data/view.ts';
import { useCursor } from './list-cursor.ts';
import { tabStopOf, useDrawnRows } from './list-rows.ts';
import { StreamRow } from './stream-row.tsx';
import { useDashboard } from '../ui/context.ts';
import { Icon } from '../ui/icon.tsx';
import { useRowShape, useVisibleRange } from '../ui/layout.ts';
import type { ListTurn } from '../worker/exchange.ts';

/** A column of the table. */
interface Column {
  readonly name: string;
  /** What a click on its head sorts by; `null`: it doesn't sort. */
  readonly sort: ViewSortKey | null;
  /** Numbers stand at the right, and are sorted from the greatest first. */
  readonly isNumber: boolean;
}

/** Columns of the table from left to right; their widths are in table.css. */
const COLUMNS: readonly Column[] = [
  { name: 'stream', sort: 'name', isNumber: false },
  { name: 'state', sort: 'state', isNumber: false },
  { name: 'health', sort: 'attention', isNumber: false },
  { name: 'media', sort: null, isNumber: false },
  { name: 'in', sort: 'inboundMbps', isNumber: true },
  { name: 'out', sort: 'outboundMbps', isNumber: true },
  { name: 'viewers', sort: 'readers', isNumber: true },
  { name: 'rtt', sort: 'rttMs', isNumber: true },
  { name: 'loss', sort: 'linkLossPercent', isNumber: true },
  { name: 'since', sort: 'since', isNumber: true },
];

/** The more useful direction of a key. */
export function usualSort(key: ViewSortKey): ViewSort {
  return { key, descending: COLUMNS.some(({ sort, isNumber }) => sort === key && isNumber) };
}

/** The same the other way round. */
export function reversed({ key, descending }: ViewSort): ViewSort {
  return { key, descending: !descending };
}

/** The streams, one a row; only rows that can be seen are in the page. @param turn of those that take turns */
export function StreamTable({ turn }: { readonly turn?: ListTurn }) {
  const { texts, shown, viewport } = useDashboard();
  const { count } = shown.list.value;
  const { heightPx, isNarrow } = useRowShape();
  const { list, range, isMeasured } = useVisibleRange(heightPx, count);
  const onFocusIn = useCursor({ list, rowHeightPx: heightPx, perRow: 1, headPx: heightPx });
  const drawn = useDrawnRows({ range, perRow: 1, isMeasured, turn });
  const tabKey = tabStopOf(drawn, viewport.cursor.value);
  return (
    <div class="table-frame" ref={list} onFocusIn={onFocusIn}>
      <table
        class="streams"
        aria-label={texts.value.table.label}
        aria-rowcount={count + 1}
        style={{ '--row-height': `${heightPx}px` }}
      >
        <TableHead />
        <tbody>
          <Spacer heightPx={drawn.first * heightPx} />
          {drawn.rows.map((row, index) => (
            <StreamRow
              key={row.listed.key}
              row={row}
              // The head is the first row.
              rowIndex={drawn.first + index + 2}
              isNarrow={isNarrow}
              isTabStop={row.listed.key === tabKey}
            />
          ))}
          <Spacer heightPx={(count - drawn.first - drawn.rows.length) * heightPx} />
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

/** Heads that sort: the first click as is most useful there, the next the other way round. */
function TableHead() {
  return (
    <thead>
      <tr>
        {COLUMNS.map((column) => (
          <HeadCell key={column.name} column={column} />
        ))}
      </tr>
    </thead>
  );
}

function HeadCell({ column: { name, sort, isNumber } }: { readonly column: Column }) {
  const { texts, view, adjust } = useDashboard();
  const current = view.value.sort;
  const className = `col-${name}${isNumber ? ' number' : ''}`;
  if (sort === null) {
    return (
      <th scope="col" class={className}>
        {texts.value.table.media}
      </th>
    );
  }
  const isCurrent = current.key === sort;
  return (
    <th
      scope="col"
      class={className}
      aria-sort={isCurrent ? (current.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        onClick={() => {
          adjust({ sort: isCurrent ? reversed(current) : usualSort(sort) });
        }}
      >
        {texts.value.columns[sort]}
        {isCurrent && <Icon name={current.descending ? 'down' : 'up'} />}
      </button>
    </th>
  );
}
