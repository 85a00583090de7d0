import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Preferences } from '../data/storage.ts';
import type { Router } from '../data/router.ts';
import { type Language, LANGUAGES, type Theme, THEMES } from '../data/view.ts';
import type { Texts } from '../i18n/en/index.ts';
import { createFormat, type Format } from '../i18n/format.ts';
import { languageOf, localeOf, TEXTS } from '../i18n/language.ts';

/** Language and theme: as the URL says, else as was chosen in this browser, else as the browser is set. */
export class Appearance {
  readonly language: ReadonlySignal<Language>;
  readonly theme: ReadonlySignal<Theme>;
  readonly texts: ReadonlySignal<Texts>;
  readonly format: ReadonlySignal<Format>;
  readonly #router: Router;
  readonly #preferences: Preferences;
  readonly #chosen;

  /** @param languages of the browser, the best first */
  constructor(router: Router, preferences: Preferences, languages: readonly string[]) {
    const chosen = signal({ lang: preferences.get('lang'), theme: preferences.get('theme') });
    const { view } = router;
    this.#router = router;
    this.#preferences = preferences;
    this.#chosen = chosen;
    this.language = computed(
      () => view.value.lang ?? LANGUAGES.find((one) => one === chosen.value.lang) ?? languageOf(languages),
    );
    this.theme = computed(
      () => view.value.theme ?? THEMES.find((one) => one === chosen.value.theme) ?? 'auto',
    );
    this.texts = computed(() => TEXTS[this.language.value]);
    this.format = computed(() => createFormat(localeOf(this.language.value, languages)));
  }

  /** Keeps the choice; what the URL says of it goes. */
  readonly chooseLanguage = (lang: Language): void => {
    this.#preferences.set('lang', lang);
    this.#chosen.value = { ...this.#chosen.value, lang };
    if (this.#router.view.value.lang !== null) this.#router.adjust({ lang: null });
  };

  /** Keeps the choice; what the URL says of it goes. */
  readonly chooseTheme = (theme: Theme): void => {
    this.#preferences.set('theme', theme);
    this.#chosen.value = { ...this.#chosen.value, theme };
    if (this.#router.view.value.theme !== null) this.#router.adjust({ theme: null });
  };
}
