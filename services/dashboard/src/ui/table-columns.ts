import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Preferences } from '../data/storage.ts';
import type { Router } from '../data/router.ts';
import { COLUMN_NAMES, type ColumnName } from '../data/view.ts';

const COLUMNS = 'columns';

/** Which columns the table has: as the URL says, else as was chosen in this browser, else all for which there is room. */
export class TableColumns {
  /** `null`: all for which there is room. */
  readonly chosen: ReadonlySignal<readonly ColumnName[] | null>;
  readonly #router: Router;
  readonly #preferences: Preferences;
  readonly #kept;

  constructor(router: Router, preferences: Preferences) {
    const kept = signal(parseColumns(preferences.get(COLUMNS)));
    this.#router = router;
    this.#preferences = preferences;
    this.#kept = kept;
    this.chosen = computed(() => router.view.value.columns ?? kept.value);
  }

  /** Keeps the choice, and has it in the URL. `null`: all. */
  readonly choose = (columns: readonly ColumnName[] | null): void => {
    this.#preferences.set(COLUMNS, columns?.join() ?? null);
    this.#kept.value = columns;
    this.#router.adjust({ columns });
  };
}

function parseColumns(text: string | null): readonly ColumnName[] | null {
  const names = text?.split(',');
  return names === undefined ? null : COLUMN_NAMES.filter((name) => names.includes(name));
}
