import { useDashboard } from '../context.ts';
import { SORT_KEYS } from '../model/select.ts';
import { Icon } from '../ui/icon.tsx';
import { reversed, usualSort } from './columns.ts';

/** Sorts where there is no head to click on. */
export function SortChoice() {
  const { view, adjust, texts } = useDashboard();
  const words = texts.value.filter;
  const { sort } = view.value;
  const direction = sort.descending ? words.descending : words.ascending;
  return (
    <div class={`sort-choice sort-choice-${view.value.view}`}>
      <label>
        <span class="muted">{words.sortBy}</span>
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
