import { COLUMN_NAMES, type ColumnName, MAX_GROUP_DEPTH } from '../data/view.ts';
import type { Texts } from '../i18n/en/index.ts';
import { ALL_GROUPS } from '../model/groups.ts';
import { useDashboard } from '../ui/context.ts';
import { CheckList, Choice, Menu } from '../ui/controls.tsx';
import { Icon } from '../ui/icon.tsx';

const DEPTHS = Array.from({ length: MAX_GROUP_DEPTH + 1 }, (_, depth) => depth);

/** How the list is put in order: its groups and, of a table, its columns. */
export function OrderMenu() {
  const { texts, view } = useDashboard();
  const { order } = texts.value;
  const isTable = view.value.view === 'streams';
  return (
    <Menu label={isTable ? order.title : order.groups} icon={<Icon name="view" />} align="end">
      <GroupChoice />
      {isTable && <Columns />}
    </Menu>
  );
}

/** By how many parts of their names streams are put together, and all groups closed or open. */
export function GroupChoice() {
  const { texts, view, adjust } = useDashboard();
  const { order } = texts.value;
  const { grouping } = view.value;
  const closeAll = (closed: readonly string[]): void => {
    if (grouping !== null) adjust({ grouping: { ...grouping, closed } });
  };
  return (
    <>
      <Choice
        legend={order.groups}
        options={DEPTHS.map((depth) => ({ value: String(depth), label: order.depths(depth) }))}
        chosen={String(grouping?.depth ?? 0)}
        onChoose={(value) => {
          adjust({ grouping: value === '0' ? null : { depth: Number(value), closed: [] } });
        }}
      />
      {grouping !== null && (
        <div class="order-all">
          <button
            type="button"
            class="button"
            onClick={() => {
              closeAll([ALL_GROUPS]);
            }}
          >
            {order.closeAll}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => {
              closeAll([]);
            }}
          >
            {order.openAll}
          </button>
        </div>
      )}
    </>
  );
}

function Columns() {
  const { texts, tableColumns } = useDashboard();
  const { order } = texts.value;
  const chosen = tableColumns.chosen.value;
  return (
    <div class="order-columns">
      <p class="muted" aria-hidden="true">
        {order.columns}
      </p>
      <CheckList
        legend={order.columns}
        options={COLUMN_NAMES.map((value) => ({ value, label: columnName(value, texts.value) }))}
        chosen={chosen ?? COLUMN_NAMES}
        onChange={(columns) => {
          // All of them are as many as there is room for.
          tableColumns.choose(columns.length === COLUMN_NAMES.length ? null : columns);
        }}
      />
      {chosen !== null && (
        <button
          type="button"
          class="button"
          onClick={() => {
            tableColumns.choose(null);
          }}
        >
          {order.usualColumns}
        </button>
      )}
    </div>
  );
}

function columnName(name: ColumnName, { columns, table }: Texts): string {
  const names: Readonly<Record<ColumnName, string>> = {
    state: columns.state,
    health: columns.attention,
    media: table.media,
    in: columns.inboundMbps,
    out: columns.outboundMbps,
    viewers: columns.readers,
    rtt: columns.rttMs,
    loss: columns.linkLossPercent,
    since: columns.since,
  };
  return names[name];
}
