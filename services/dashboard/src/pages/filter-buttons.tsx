import { NO_FILTER } from '../data/view.ts';
import { useDashboard } from '../ui/context.ts';
import { Icon } from '../ui/icon.tsx';

/** Only streams with a star, or all. */
export function FavouritesToggle() {
  const { view, adjust, texts } = useDashboard();
  const { favourites } = view.value;
  return (
    <button
      type="button"
      class="button toggle"
      aria-pressed={favourites}
      onClick={() => {
        adjust({ favourites: !favourites });
      }}
    >
      <Icon name="star" />
      {texts.value.order.favourites}
    </button>
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
