import { useDashboard } from '../context.ts';
import type { Sort, SortKey } from '../model/select.ts';
import { Icon } from '../ui/icon.tsx';
import { type Column, COLUMNS } from './columns.ts';

/** Heads that sort: the first click as is most useful there, the next the other way round. */
export function TableHead() {
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
          adjust({ sort: nextSort(current, sort, isNumber) });
        }}
      >
        {texts.value.columns[sort]}
        {isCurrent && <Icon name={current.descending ? 'down' : 'up'} />}
      </button>
    </th>
  );
}

/** What a click on a column's head sorts by. */
export function nextSort(current: Sort, key: SortKey, greatestFirst: boolean): Sort {
  return { key, descending: current.key === key ? !current.descending : greatestFirst };
}
