import { useDashboard } from '../context.ts';
import { Icon } from '../ui/icon.tsx';
import { type Column, COLUMNS, reversed, usualSort } from './columns.ts';

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
          adjust({ sort: isCurrent ? reversed(current) : usualSort(sort) });
        }}
      >
        {texts.value.columns[sort]}
        {isCurrent && <Icon name={current.descending ? 'down' : 'up'} />}
      </button>
    </th>
  );
}
