import { useDashboard } from '../context.ts';
import { SORT_KEYS, type Sort, type SortKey } from '../model/select.ts';

/** Keys that are most useful from the greatest on. */
const GREATEST_FIRST: ReadonlySet<SortKey> = new Set([
  'inboundMbps',
  'outboundMbps',
  'readers',
  'rttMs',
  'linkLossPercent',
]);

/** Sorts where there are no heads to click on. */
export function SortChoice() {
  const { view, adjust, texts } = useDashboard();
  const words = texts.value.filter;
  const { sort } = view.value;
  return (
    <label class="sort-choice">
      <span class="muted">{words.sortBy}</span>
      <select
        class="button"
        value={sort.key}
        onChange={({ currentTarget }) => {
          adjust({ sort: sortBy(currentTarget.value) });
        }}
      >
        {SORT_KEYS.map((key) => (
          <option key={key} value={key}>
            {texts.value.columns[key]}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The more useful direction of a key. */
function sortBy(name: string): Sort {
  const key = SORT_KEYS.find((one) => one === name) ?? 'attention';
  return { key, descending: GREATEST_FIRST.has(key) };
}
