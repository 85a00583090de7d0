import { useMemo, useState } from 'preact/hooks';
import { isFiltered, isPinnedWall } from '../data/view.ts';
import { FavouritesToggle, ShowAll } from './filter-buttons.tsx';
import { filterChoices } from './filter-choices.ts';
import { LAYOUTS, LayoutLink } from './layout-link.tsx';
import { OrderMenu } from './order-menu.tsx';
import { SortChoice } from './sort-choice.tsx';
import { ChoiceMenu } from '../ui/choice-menu.tsx';
import { useDashboard } from '../ui/context.ts';
import { Icon } from '../ui/icon.tsx';
import { PHONE_MEDIA, useMedia } from '../ui/layout.ts';
import { lazily } from '../ui/loaded.tsx';
import { SearchField } from '../ui/search-field.tsx';

const LabelMenus = lazily(async () => (await import('../ui/label-menu.tsx')).LabelMenus);
const FilterSheet = lazily(async () => (await import('./filter-sheet.tsx')).FilterSheet);

/** Narrows the list; on a phone all but the search is in a sheet. */
export function FilterBar() {
  const { view, texts } = useDashboard();
  const isPhone = useMedia(PHONE_MEDIA);
  return (
    <search class="filter-bar" aria-label={texts.value.filter.label}>
      <SearchField isImmediate />
      {isPhone ? <SheetButton /> : <Menus />}
      <ShownCount />
      {isFiltered(view.value) && <ShowAll />}
      {!isPhone && <Layout />}
    </search>
  );
}

function Menus() {
  return (
    <>
      {filterChoices(useDashboard()).map((choice) => (
        <ChoiceMenu key={choice.label} {...choice} />
      ))}
      <Labels />
      <FavouritesToggle />
    </>
  );
}

function Labels() {
  const { view, adjust, labels } = useDashboard();
  if (labels.value.length === 0) return null;
  return (
    <LabelMenus
      chosen={view.value.label}
      onChoose={(label) => {
        adjust({ label });
      }}
    />
  );
}

/** How the list is put in order, and looked at. */
function Layout() {
  const { view } = useDashboard();
  return (
    <div class="layout">
      {!isPinnedWall(view.value) && <SortChoice />}
      {view.value.view !== 'wall' && <OrderMenu />}
      {LAYOUTS.map((layout) => (
        <LayoutLink key={layout.view} layout={layout} />
      ))}
    </div>
  );
}

/** Opens the sheet, and says how many choices narrow the list. */
function SheetButton() {
  const dashboard = useDashboard();
  const { view, texts } = dashboard;
  const [isOpen, setOpen] = useState(false);
  const chosen = filterChoices(dashboard).map((choice) => choice.chosen.length);
  const { favourites, label } = view.value;
  const count = chosen.reduce((sum, length) => sum + length, label.length + (favourites ? 1 : 0));
  return (
    <>
      <button
        type="button"
        class="button filter-open"
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true);
        }}
      >
        <Icon name="settings" />
        {texts.value.filter.open}
        {count > 0 && <b class="filter-count">{count}</b>}
      </button>
      {isOpen && (
        <FilterSheet
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
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
