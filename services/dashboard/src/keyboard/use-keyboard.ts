import { useEffect } from 'preact/hooks';
import { keyAction, type KeyAction, type KeyPress } from './key-action.ts';

/** Id of the search field, which `/` leads to. */
export const SEARCH_ID = 'search';

/** Has keys act on the page, wherever the focus is. @param act tells whether it did something with it */
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
