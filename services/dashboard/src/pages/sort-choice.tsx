import { SORT_KEYS } from '../data/view.ts';
import { reversed, usualSort } from './stream-table.tsx';
import { useDashboard } from '../ui/context.ts';
import { Icon } from '../ui/icon.tsx';

/** Sorts where there is no head to click on. */
export function SortChoice() {
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
