import { HEALTHS, PROTOCOLS, STREAM_STATES } from '@mediamtx-monitor/types';
import { useMemo } from 'preact/hooks';
import { isFiltered, isPinnedWall, NO_FILTER, SORT_KEYS, type ViewName } from '../data/view.ts';
import { protocolName } from '../model/protocol.ts';
import { OrderMenu } from './order-menu.tsx';
import { reversed, usualSort } from './stream-table.tsx';
import { useDashboard } from '../ui/context.ts';
import { CheckList, Menu } from '../ui/controls.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { SEARCH_ID } from '../ui/keyboard.ts';

/** Narrows the list. */
export function FilterBar() {
  const { view, adjust, texts, serverIds } = useDashboard();
  const text = texts.value.filter;
  const { q, state, health, server, protocol, favourites } = view.value;
  // A link may name a server that isn't there.
  const servers = [...new Set([...serverIds.value, ...server])];
  return (
    <search class="filter-bar" aria-label={text.label}>
      <div class="search-field">
        <Icon name="search" />
        <input
          id={SEARCH_ID}
          type="search"
          value={q}
          placeholder={text.search}
          aria-label={text.search}
          aria-keyshortcuts="/"
          autocomplete="off"
          spellcheck={false}
          onInput={({ currentTarget }) => {
            adjust({ q: currentTarget.value });
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <FilterMenu
        label={text.health}
        // What is at rest is there, too.
        options={HEALTHS.map((value) => ({
          value,
          label: value === 'ok' ? text.noProblem : texts.value.healths[value],
        }))}
        chosen={health}
        onChange={(chosen) => {
          adjust({ health: chosen });
        }}
      />
      <FilterMenu
        label={text.state}
        options={STREAM_STATES.map((value) => ({ value, label: texts.value.states[value] }))}
        chosen={state}
        onChange={(chosen) => {
          adjust({ state: chosen });
        }}
      />
      <FilterMenu
        label={text.protocol}
        options={PROTOCOLS.map((value) => ({ value, label: protocolName(value) }))}
        chosen={protocol}
        onChange={(chosen) => {
          adjust({ protocol: chosen });
        }}
      />
      {(servers.length > 1 || server.length > 0) && (
        <FilterMenu
          label={text.server}
          options={servers.map((value) => ({ value, label: value }))}
          chosen={server}
          onChange={(chosen) => {
            adjust({ server: chosen });
          }}
        />
      )}
      <button
        type="button"
        class="button toggle"
        aria-pressed={favourites}
        onClick={() => {
          adjust({ favourites: !favourites });
        }}
      >
        <Icon name="star" />
        <span class="toggle-text">{texts.value.order.favourites}</span>
      </button>
      <ShownCount />
      {isFiltered(view.value) && <ShowAll />}
      <div class="layout">
        {!isPinnedWall(view.value) && <SortChoice />}
        {view.value.view === 'streams' && <OrderMenu />}
        <LayoutLink view="streams" icon="table" label={text.table} />
        <LayoutLink view="cards" icon="cards" label={text.cards} />
        <LayoutLink view="wall" icon="wall" label={texts.value.wall.title} />
      </div>
    </search>
  );
}

/** How many are left. It alone changes with the ticks, so that the menus needn't be drawn anew. */
function ShownCount() {
  const { view, texts, shown, format } = useDashboard();
  const { count } = format.value;
  const { total, filter } = shown.list.value;
  const text = texts.value.filter.shown(count(total), count(shown.streamCount.value));
  // It is read out when the filter changes, not with each tick.
  const announced = useMemo(() => text, [JSON.stringify(filter), texts.value]);
  const isNarrowed = isFiltered(view.value);
  return (
    <>
      {isNarrowed && <p class="shown">{text}</p>}
      <p class="visually-hidden" role="status">
        {isNarrowed && announced}
      </p>
    </>
  );
}

interface LayoutLinkProps {
  readonly view: ViewName;
  readonly icon: IconName;
  readonly label: string;
}

function LayoutLink({ view, icon, label }: LayoutLinkProps) {
  const { href, view: current } = useDashboard();
  return (
    <a
      class="button button-icon"
      href={href({ view })}
      aria-label={label}
      aria-current={current.value.view === view ? 'true' : undefined}
      title={label}
    >
      <Icon name={icon} />
    </a>
  );
}

interface FilterMenuProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly chosen: readonly T[];
  readonly onChange: (chosen: readonly T[]) => void;
}

function FilterMenu<T extends string>({ label, options, chosen, onChange }: FilterMenuProps<T>) {
  const { all } = useDashboard().texts.value.filter;
  const labels = options.flatMap((option) => (chosen.includes(option.value) ? [option.label] : []));
  return (
    <Menu label={label} value={labels.length === 0 ? all : labels.join(', ')}>
      <CheckList legend={label} options={options} chosen={chosen} onChange={onChange} />
    </Menu>
  );
}

/** Sorts where there is no head to click on. */
function SortChoice() {
  const { view, adjust, texts } = useDashboard();
  const text = texts.value.filter;
  const { sort } = view.value;
  const direction = sort.descending ? text.descending : text.ascending;
  return (
    <div class={`sort-choice sort-choice-${view.value.view}`}>
      <label>
        <span class="muted">{text.sortBy}</span>
        <select
          class="button"
          value={sort.key}
          onChange={({ currentTarget }) => {
            const key = SORT_KEYS.find((one) => one === currentTarget.value);
            if (key !== undefined) adjust({ sort: usualSort(key) });
          }}
        >
          {SORT_KEYS.map((key) => (
            <option key={key} value={key}>
              {texts.value.columns[key]}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        class="button button-icon"
        aria-label={direction}
        title={direction}
        onClick={() => {
          adjust({ sort: reversed(sort) });
        }}
      >
        <Icon name={sort.descending ? 'down' : 'up'} />
      </button>
    </div>
  );
}

/** Takes off all that narrows the list. */
export function ShowAll() {
  const { texts, adjust } = useDashboard();
  return (
    <button
      type="button"
      class="button"
      onClick={() => {
        adjust(NO_FILTER);
      }}
    >
      {texts.value.filter.clear}
    </button>
  );
}
