import { useMemo } from 'preact/hooks';
import { HEALTHS, STREAM_STATES } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import { FILTER_PROTOCOLS, protocolName } from '../model/protocol.ts';
import { isFiltered, type View } from '../model/view-state.ts';
import { CheckList } from '../ui/check-list.tsx';
import { SEARCH_ID } from '../keyboard/use-keyboard.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { ShowAll } from './show-all.tsx';
import { SortChoice } from './sort-choice.tsx';

/** Narrows the list. */
export function FilterBar() {
  const { view, adjust, texts, serverIds } = useDashboard();
  const words = texts.value.filter;
  const { q, state, health, server, protocol } = view.value;
  // A link may name a server that isn't there.
  const servers = [...new Set([...serverIds.value, ...server])];
  return (
    <search class="filter-bar" aria-label={words.label}>
      <div class="search-field">
        <Icon name="search" />
        <input
          id={SEARCH_ID}
          type="search"
          value={q}
          placeholder={words.search}
          aria-label={words.search}
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
        label={words.health}
        // What is at rest is there, too.
        options={HEALTHS.map((value) => ({
          value,
          label: value === 'ok' ? words.noTrouble : texts.value.healths[value],
        }))}
        chosen={health}
        onChange={(chosen) => {
          adjust({ health: chosen });
        }}
      />
      <FilterMenu
        label={words.state}
        options={STREAM_STATES.map((value) => ({ value, label: texts.value.states[value] }))}
        chosen={state}
        onChange={(chosen) => {
          adjust({ state: chosen });
        }}
      />
      <FilterMenu
        label={words.protocol}
        options={FILTER_PROTOCOLS.map((value) => ({ value, label: protocolName(value) }))}
        chosen={protocol}
        onChange={(chosen) => {
          adjust({ protocol: chosen });
        }}
      />
      {(servers.length > 1 || server.length > 0) && (
        <FilterMenu
          label={words.server}
          options={servers.map((value) => ({ value, label: value }))}
          chosen={server}
          onChange={(chosen) => {
            adjust({ server: chosen });
          }}
        />
      )}
      <ShownCount />
      {isFiltered(view.value) && <ShowAll />}
      <div class="layout">
        <SortChoice />
        <LayoutLink view="streams" icon="table" label={words.table} />
        <LayoutLink view="cards" icon="cards" label={words.cards} />
      </div>
    </search>
  );
}

/** How many are left. It alone changes with the ticks, so that the menus needn't be drawn anew. */
function ShownCount() {
  const { view, texts, list, shown, format } = useDashboard();
  const { count } = format.value;
  const text = texts.value.filter.shown(count(shown.value.length), count(list.value.length));
  const { q, state, health, server, protocol } = view.value;
  // Readers are told when the filter changes, not with each tick.
  const told = useMemo(() => text, [q, state, health, server, protocol, texts.value]);
  const isNarrowed = isFiltered(view.value);
  return (
    <>
      {isNarrowed && <p class="shown">{text}</p>}
      <p class="visually-hidden" role="status">
        {isNarrowed && told}
      </p>
    </>
  );
}

interface LayoutLinkProps {
  readonly view: View;
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
