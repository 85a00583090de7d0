import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { SPARK_LENGTHS } from './sparkline.tsx';
import type { ListPart, ListShown } from '../worker/exchange.ts';

/** Where the keyboard has come to in the list. */
export interface ListCursor {
  /** `null` while nobody knows which stream is there. */
  readonly key: string | null;
  /** Its place when it was last there; -1: it isn't in the list. */
  readonly index: number;
}

/** Before anything was measured: about a screen. */
const FIRST_PART: ListPart = { kind: 'rows', first: 0, last: 60 };
/** Viewers that a stream's page shows at first, and how many more each time. */
export const VIEWERS_STEP = 100;

/** Where people look, beyond what the URL says: what the worker sends follows it. */
export class Viewport {
  readonly part = signal<ListPart>(FIRST_PART);
  /** So many values have the lines of streams. */
  readonly sparkLength = signal<number>(SPARK_LENGTHS.row);
  readonly cursor = signal<ListCursor | null>(null);
  /** How the worker is asked for it. */
  readonly wantedCursor: ReadonlySignal<string | number | null> = computed(() => {
    const cursor = this.cursor.value;
    return cursor === null ? null : (cursor.key ?? cursor.index);
  });
  readonly viewers = signal(VIEWERS_STEP);

  constructor(list: ReadonlySignal<ListShown>) {
    effect(() => {
      const found = list.value.cursor;
      if (found !== null && found.wanted === this.wantedCursor.peek()) {
        this.cursor.value = { key: found.key, index: found.index };
      }
    });
  }
}
