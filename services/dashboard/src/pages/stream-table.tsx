import type { RefObject } from 'preact';
import { COLUMN_NAMES, type ColumnName, type ViewSort, type ViewSortKey } from '../data/view.ts';
import { fittingColumns } from '../model/columns.ts';
import { GroupLine } from './group-line.tsx';
import { useCursor } from './list-cursor.ts';
import { tabStopOf, useDrawnRows } from './list-rows.ts';
import { StreamRow } from './stream-row.tsx';
import { useDashboard } from '../ui/context.ts';
import { Icon } from '../ui/icon.tsx';
import { useRowHeight, useVisibleRange, useWidthRem } from '../ui/layout.ts';
import { SPARK_LENGTHS } from '../ui/sparkline.tsx';
import { keyOfLine } from '../worker/exchange.ts';

/** What a click on a column's head sorts by; `null`: it doesn't sort. */
const SORTS: Readonly<Record<ColumnName, ViewSortKey | null>> = {
  state: 'state',
  health: 'attention',
  media: null,
  in: 'inboundMbps',
  out: 'outboundMbps',
  viewers: 'readers',
  rtt: 'rttMs',
  loss: 'linkLossPercent',
  since: 'since',
};
/** They stand at the right, and are sorted from the greatest first. */
const NUMBERS: ReadonlySet<ColumnName> = new Set(['in', 'out', 'viewers', 'rtt', 'loss', 'since']);

/** The more useful direction of a key. */
export function usualSort(key: ViewSortKey): ViewSort {
  return { key, descending: COLUMN_NAMES.some((name) => SORTS[name] === key && NUMBERS.has(name)) };
}

/** The same the other way round. */
export function reversed({ key, descending }: ViewSort): ViewSort {
  return { key, descending: !descending };
}

/** The streams, one a row; only rows that can be seen are in the page. */
export function StreamTable() {
  const { texts, shown, viewport } = useDashboard();
  const { count } = shown.list.value;
  const heightPx = useRowHeight();
  const { list, range, isMeasured } = useVisibleRange(heightPx, count);
  const onFocusIn = useCursor({ list, rowHeightPx: heightPx, perRow: 1, headPx: heightPx });
  const drawn = useDrawnRows({ range, perRow: 1, isMeasured, sparkLength: SPARK_LENGTHS.row });
  const { columns, className } = useColumns(list);
  const tabKey = tabStopOf(drawn, viewport.cursor.value);
  return (
    <div class="table-frame" ref={list} onFocusIn={onFocusIn}>
      <table
        class={className}
        aria-label={texts.value.table.label}
        aria-rowcount={count + 1}
        style={{ '--row-height': `${heightPx}px` }}
      >
        <TableHead columns={columns} />
        <tbody>
          <Spacer heightPx={drawn.first * heightPx} />
          {drawn.rows.map((row, index) => {
            const key = keyOfLine(row);
            // The head is the first row.
            const place = { rowIndex: drawn.first + index + 2, isTabStop: key === tabKey };
            return row.group === undefined ? (
              <StreamRow key={key} row={row} columns={columns} {...place} />
            ) : (
              <GroupLine key={key} group={row.group} {...place} />
            );
          })}
          <Spacer heightPx={(count - drawn.first - drawn.rows.length) * heightPx} />
        </tbody>
      </table>
    </div>
  );
}

/** The columns there are. Where none were chosen, table-columns.css leaves out those without room. */
function useColumns(list: RefObject<HTMLElement | null>) {
  const { tableColumns } = useDashboard();
  const chosen = tableColumns.chosen.value;
  const widthRem = useWidthRem(list, chosen !== null);
  if (chosen === null) return { columns: COLUMN_NAMES, className: 'streams streams-usual' };
  const columns = fittingColumns(chosen, widthRem);
  return {
    columns,
    className: columns.includes('state') ? 'streams' : 'streams streams-stateless',
  };
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
function TableHead({ columns }: { readonly columns: readonly ColumnName[] }) {
  const { texts } = useDashboard();
  return (
    <thead>
      <tr>
        <HeadCell name="stream" sort="name" />
        <th scope="col" class="col-star">
          <span class="visually-hidden">{texts.value.order.favourite}</span>
        </th>
        {columns.map((name) => (
          <HeadCell key={name} name={name} sort={SORTS[name]} isNumber={NUMBERS.has(name)} />
        ))}
      </tr>
    </thead>
  );
}

interface HeadCellProps {
  readonly name: ColumnName | 'stream';
  readonly sort: ViewSortKey | null;
  readonly isNumber?: boolean;
}

function HeadCell({ name, sort, isNumber = false }: HeadCellProps) {
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
