import { useDashboard } from '../context.ts';
import { NO_FILTER } from '../model/view-state.ts';

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
