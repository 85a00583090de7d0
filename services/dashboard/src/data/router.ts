import { type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { changedView, type ViewState } from './view.ts';
import { parseView, viewQuery } from './view-query.ts';

/** What of the window is used. */
export interface RouterPorts {
  readonly location: Pick<Location, 'search'>;
  readonly history: Pick<History, 'pushState' | 'replaceState'>;
  readonly onPopState: (listener: () => void) => void;
}

/** The view as the URL says it, and the only way to change either. What it does may be taken from it one by one. */
export class Router {
  readonly #ports: RouterPorts;
  readonly #languages: readonly string[];
  readonly #view: Signal<ViewState>;
  readonly view: ReadonlySignal<ViewState>;

  /** @param languages codes of those that the page speaks */
  constructor(ports: RouterPorts, languages: readonly string[]) {
    this.#ports = ports;
    this.#languages = languages;
    this.#view = signal(parseView(ports.location.search, languages));
    this.view = this.#view;
    ports.onPopState(() => {
      this.#view.value = parseView(ports.location.search, languages);
    });
  }

  /** Another page: the back button returns from it. */
  readonly go = (change: Partial<ViewState>): void => {
    const next = this.#changed(change);
    this.#ports.history.pushState(null, '', viewQuery(next));
    this.#view.value = next;
  };

  /** The same page, narrowed or sorted otherwise. */
  readonly adjust = (change: Partial<ViewState>): void => {
    const next = this.#changed(change);
    this.#ports.history.replaceState(null, '', viewQuery(next));
    this.#view.value = next;
  };

  /** Opens a link of this page, as it stands in `href`. */
  readonly open = (query: string): void => {
    this.#ports.history.pushState(null, '', query);
    this.#view.value = parseView(query, this.#languages);
  };

  /** The link of the view, changed like this. */
  readonly href = (change: Partial<ViewState>): string => viewQuery(changedView(this.#view.value, change));

  #changed(change: Partial<ViewState>): ViewState {
    return changedView(this.#view.peek(), change);
  }
}
