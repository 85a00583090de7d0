import { useDashboard } from '../../ui/context.ts';
import { Icon } from '../../ui/icon.tsx';
import { SEARCH_ID } from '../../ui/keyboard.ts';

/** Which streams are looked for; it is told once somebody has typed it. */
export function SearchField() {
  const { view, adjust, texts } = useDashboard();
  const label = texts.value.filter.search;
  return (
    <div class="search-field">
      <Icon name="search" />
      <input
        id={SEARCH_ID}
        type="search"
        value={view.value.q}
        placeholder={label}
        aria-label={label}
        aria-keyshortcuts="/"
        autocomplete="off"
        spellcheck={false}
        onChange={({ currentTarget }) => {
          adjust({ q: currentTarget.value });
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </div>
  );
}
