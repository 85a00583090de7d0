import { type ReadonlySignal, signal } from '@preact/signals';
import { parseView, type ViewState, viewQuery } from '../model/view-state.ts';

/** What of the window is used. */
export interface RouterPorts {
  readonly location: Pick<Location, 'search'>;
  readonly history: Pick<History, 'pushState' | 'replaceState'>;
  readonly onPopState: (listener: () => void) => void;
}

/** The view as the URL says it, and the only way to change either. */
export interface Router {
  readonly view: ReadonlySignal<ViewState>;
  /** Another page: the back button returns from it. */
  readonly go: (change: Partial<ViewState>) => void;
  /** The same page, narrowed or sorted otherwise. */
  readonly adjust: (change: Partial<ViewState>) => void;
  /** Opens a link of this page, as it stands in `href`. */
  readonly open: (query: string) => void;
  /** The link of the view, changed like this. */
  readonly href: (change: Partial<ViewState>) => string;
}

export function createRouter({ location, history, onPopState }: RouterPorts): Router {
  const view = signal(parseView(location.search));
  onPopState(() => {
    view.value = parseView(location.search);
  });
  const changed = (change: Partial<ViewState>): ViewState => ({ ...view.peek(), ...change });
  return {
    view,
    go: (change) => {
      const next = changed(change);
      history.pushState(null, '', viewQuery(next));
      view.value = next;
    },
    adjust: (change) => {
      const next = changed(change);
      history.replaceState(null, '', viewQuery(next));
      view.value = next;
    },
    open: (query) => {
      history.pushState(null, '', query);
      view.value = parseView(query);
    },
    href: (change) => viewQuery({ ...view.value, ...change }),
  };
}
