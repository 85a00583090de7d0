import { useEffect, useRef } from 'preact/hooks';
import { isFiltered, isPinnedWall } from '../data/view.ts';
import { filterChoices, type FilterChoice } from './filter-choices.ts';
import { GroupChoice } from './order-menu.tsx';
import { FavouritesToggle, ShowAll } from './filter-buttons.tsx';
import { SortChoice } from './sort-choice.tsx';
import { useDashboard } from '../ui/context.ts';
import { CheckList } from '../ui/controls.tsx';
import { Icon } from '../ui/icon.tsx';
import { LabelChoice } from '../ui/label-menu.tsx';

/** All that narrows and orders the list, on a phone. @param onClose called once it is closed */
export function FilterSheet({ onClose }: { readonly onClose: () => void }) {
  const dashboard = useDashboard();
  const { view, adjust, texts, shown, format, labels } = dashboard;
  const { filter } = texts.value;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const close = (): void => {
    dialog.current?.close();
  };
  const { total } = shown.list.value;
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby="sheet-title"
      onClose={onClose}
      onClick={({ target }) => {
        // What is clicked beside it is its backdrop.
        if (target === dialog.current) close();
      }}
    >
      <div class="sheet-content">
        <div class="sheet-top">
          <h2 id="sheet-title">{filter.sheet}</h2>
          <button type="button" class="button button-icon" aria-label={filter.close} onClick={close}>
            <Icon name="close" />
          </button>
        </div>
        <FavouritesToggle />
        {filterChoices(dashboard).map((choice) => (
          <Chips key={choice.label} choice={choice} />
        ))}
        {labels.value.map((label) => (
          <LabelChoice
            key={label[0]}
            label={label}
            chosen={view.value.label}
            onChoose={(next) => {
              adjust({ label: next });
            }}
          />
        ))}
        {!isPinnedWall(view.value) && <SortChoice />}
        {view.value.view !== 'wall' && <GroupChoice />}
        <Looks onChosen={close} />
        <div class="sheet-end">
          {isFiltered(view.value) && <ShowAll />}
          <button type="button" class="button button-main" onClick={close}>
            {filter.show(total, format.value.count(total))}
          </button>
        </div>
      </div>
    </dialog>
  );
}

function Chips({ choice: { label, options, chosen, onChange } }: { readonly choice: FilterChoice }) {
  return (
    <div class="sheet-chips">
      <p class="muted" aria-hidden="true">
        {label}
      </p>
      <CheckList legend={label} options={options} chosen={chosen} onChange={onChange} />
    </div>
  );
}

/** Cards or a wall: a table has no room. */
function Looks({ onChosen }: { readonly onChosen: () => void }) {
  const { view, texts, href } = useDashboard();
  const isWall = view.value.view === 'wall';
  const { filter, wall } = texts.value;
  return (
    <nav class="sheet-looks" aria-label={filter.look}>
      <a
        class="button"
        href={href({ view: isWall ? 'streams' : view.value.view })}
        onClick={onChosen}
        aria-current={isWall ? undefined : 'true'}
      >
        <Icon name="cards" />
        {filter.cards}
      </a>
      <a
        class="button"
        href={href({ view: 'wall' })}
        onClick={onChosen}
        aria-current={isWall ? 'true' : undefined}
      >
        <Icon name="wall" />
        {wall.title}
      </a>
    </nav>
  );
}
