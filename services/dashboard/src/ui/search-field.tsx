import { useDashboard } from './context.ts';
import { Icon } from './icon.tsx';
import { SEARCH_ID } from './keyboard.ts';

interface SearchFieldProps {
  /** Each letter counts at once; else what is looked for counts once it was typed. */
  readonly isImmediate?: boolean;
}

/** Which streams are looked for. */
export function SearchField({ isImmediate = false }: SearchFieldProps) {
  const { view, adjust, texts } = useDashboard();
  const label = texts.value.filter.search;
  const search = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }): void => {
    adjust({ q: currentTarget.value });
  };
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
        {...(isImmediate ? { onInput: search } : { onChange: search })}
      />
      <kbd aria-hidden="true">/</kbd>
    </div>
  );
}
