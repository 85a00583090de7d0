import { useEffect } from 'preact/hooks';

/** Where a movement goes. */
type Move = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

/** What a key asks for. */
export type KeyAction = 'search' | 'help' | 'back' | { readonly move: Move };

/** What of a key press counts. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** Where it was pressed: in the field for searching, in another control that uses keys itself, or elsewhere. */
  readonly place: 'search' | 'control' | 'elsewhere';
}

const MOVES: ReadonlyMap<string, Move> = new Map<string, Move>([
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
  ['Home', 'first'],
  ['End', 'last'],
]);

/** What a key press means on this page; `undefined`: it is the browser's own. */
export function keyAction({ key, ctrlKey, metaKey, altKey, place }: KeyPress): KeyAction | undefined {
  if (ctrlKey || metaKey || altKey || place === 'control') return undefined;
  if (place === 'search') return key === 'ArrowDown' ? { move: 'down' } : undefined;
  if (key === '/') return 'search';
  if (key === '?') return 'help';
  if (key === 'Escape') return 'back';
  const move = MOVES.get(key);
  return move === undefined ? undefined : { move };
}

/** The item that a movement leads to, in a list with so many items a row. @param from -1: none yet */
export function movedIndex(
  from: number,
  { move }: Exclude<KeyAction, string>,
  count: number,
  perRow: number,
): number {
  const last = count - 1;
  if (move === 'first' || from < 0) return move === 'last' ? last : 0;
  if (move === 'last') return last;
  const step = move === 'up' || move === 'down' ? perRow : 1;
  const to = move === 'up' || move === 'left' ? from - step : from + step;
  return to < 0 || to > last ? from : to;
}

/** Id of the search field, which `/` leads to. */
export const SEARCH_ID = 'search';

/** Has keys act on the page, wherever the focus is. @param act says whether it did something with it */
export function useKeyboard(act: (action: KeyAction) => boolean): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
      const { key, ctrlKey, metaKey, altKey } = event;
      const action = keyAction({ key, ctrlKey, metaKey, altKey, place: placeOf(event.target) });
      if (action !== undefined && act(action)) event.preventDefault();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [act]);
}

function placeOf(target: EventTarget | null): KeyPress['place'] {
  if (!(target instanceof Element)) return 'elsewhere';
  if (target.id === SEARCH_ID) return 'search';
  return target.closest('input, select, textarea, video, .scroll-sideways, .menu[open]') === null
    ? 'elsewhere'
    : 'control';
}
